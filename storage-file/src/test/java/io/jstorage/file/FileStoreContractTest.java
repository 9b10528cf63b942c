package io.jstorage.file;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.ByteStore;
import io.jstorage.testkit.ByteStoreContract;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreContractTest extends ByteStoreContract {
  @TempDir Path disk;
  private int opened;

  /** The place of the directories; on the disk, as the engine's own contract is met there. */
  Path root() {
    return disk;
  }

  /** Begins to open a store; the tests of expiring stores add an expiration. */
  FileStore.Builder builder(SettableClock clock) {
    return FileStore.at(directory()).clock(clock).durability(Durability.NONE);
  }

  private Path directory() {
    return root().resolve("store" + opened);
  }

  @Override
  public ByteStore openStore(SettableClock clock) {
    opened++;
    return builder(clock).open();
  }

  @Override
  public Optional<Storage<String>> openAgain(SettableClock clock) {
    return Optional.of(builder(clock).storage(Codecs.text()));
  }

  @Override
  public Optional<Storage<String>> openNeighbour(SettableClock clock) {
    return Optional.of(builder(clock).suffix(".neighbour").storage(Codecs.text()));
  }

  @Override
  public Duration writeTimeGranularity() throws IOException {
    return Granularity.of(root());
  }

  @Override
  public int rounds() {
    return 20;
  }

  @Override
  public int many() {
    return 300;
  }

  @Override
  public boolean breakAccess() {
    move(directory(), root().resolve("elsewhere"));
    return true;
  }

  @Override
  public void mendAccess() {
    move(root().resolve("elsewhere"), directory());
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
    ModelSuite.of(this).histories(100).check();
  }
}
