package io.jstorage.resilience;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The contract, for retries over files. */
class ResilientOverFilesContractTest extends StorageContract {
  @TempDir Path root;
  private int opened;

  private Path directory() {
    return root.resolve("store" + opened);
  }

  private Storage<String> files(SettableClock clock, String suffix) {
    return ResilientStorage.builder(
            FileStore.at(directory())
                .suffix(suffix)
                .clock(clock)
                .durability(Durability.NONE)
                .storage(Codecs.text()))
        .owned()
        .pauses(Duration.ofMillis(1), Duration.ofMillis(1))
        .breaker(0, 1, Duration.ofSeconds(1))
        .build();
  }

  @Override
  public Storage<String> open(SettableClock clock) {
    opened++;
    return files(clock, ".entry");
  }

  @Override
  public Optional<Storage<String>> openAgain(SettableClock clock) {
    return Optional.of(files(clock, ".entry"));
  }

  @Override
  public Optional<Storage<String>> openNeighbour(SettableClock clock) {
    return Optional.of(files(clock, ".neighbour"));
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

  @Override
  public int fuzzedKeys() {
    return 300;
  }

  @Override
  public boolean breakAccess() {
    move(directory(), root.resolve("elsewhere"));
    return true;
  }

  @Override
  public void mendAccess() {
    move(root.resolve("elsewhere"), directory());
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
