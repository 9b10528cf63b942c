package io.jstorage.policy;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, for a policy over files. */
abstract class FilesPolicyContract extends StorageContract {
  @TempDir Path root;
  private int opened;

  /** Puts the policy, which owns what it is given, in front of files. */
  abstract Storage<String> over(Storage<String> files, SettableClock clock);

  Path directory() {
    return root.resolve("store" + opened);
  }

  /** Begins to open the files behind the policy. */
  FileStore.Builder builder(SettableClock clock) {
    return FileStore.at(directory()).clock(clock).durability(Durability.NONE);
  }

  private Storage<String> files(SettableClock clock, String suffix) {
    return builder(clock).suffix(suffix).storage(Codecs.text());
  }

  @Override
  public Storage<String> open(SettableClock clock) {
    opened++;
    return over(files(clock, ".entry"), clock);
  }

  @Override
  public Optional<Storage<String>> openAgain(SettableClock clock) {
    return Optional.of(over(files(clock, ".entry"), clock));
  }

  @Override
  public Optional<Storage<String>> openNeighbour(SettableClock clock) {
    return Optional.of(over(files(clock, ".neighbour"), clock));
  }

  @Override
  public int maxKeyBytes() {
    return 1024;
  }

  @Override
  public int rounds() {
    return 10;
  }

  @Override
  public int many() {
    return 300;
  }

  /** Thousands are tried without a policy in front. */
  @Override
  public int fuzzedKeys() {
    return 300;
  }

  final void hideDirectory() {
    move(directory(), root.resolve("elsewhere"));
  }

  final void showDirectory() {
    move(root.resolve("elsewhere"), directory());
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(this).histories(60).check();
  }
}
