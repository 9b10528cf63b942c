package io.jstorage.memory;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, for the expiring storage over files, which go by their write times. */
class VolatileOverFilesContractTest extends StorageContract {
  static final Duration EXPIRATION = Duration.ofMinutes(5);

  @TempDir Path root;
  private int opened;

  /** Begins to open the store underneath; the tests over expiring files add an expiration. */
  FileStore.Builder files(SettableClock clock) {
    return FileStore.at(root.resolve("store" + opened)).clock(clock).durability(Durability.NONE);
  }

  private Storage<String> over(FileStore.Builder files, SettableClock clock) {
    return VolatileStorage.builder(files.storage(Codecs.text()))
        .owned()
        .clock(clock)
        .expiration(EXPIRATION)
        .build();
  }

  @Override
  public Storage<String> open(SettableClock clock) {
    opened++;
    return over(files(clock), clock);
  }

  @Override
  public Optional<Storage<String>> openAgain(SettableClock clock) {
    return Optional.of(over(files(clock), clock));
  }

  @Override
  public Optional<Storage<String>> openNeighbour(SettableClock clock) {
    return Optional.of(over(files(clock).suffix(".neighbour"), clock));
  }

  @Override
  public Optional<Duration> expiration() {
    return Optional.of(EXPIRATION);
  }

  @Override
  public int maxKeyBytes() {
    return 1024;
  }

  @Override
  public int rounds() {
    return 10;
  }

  /** Thousands are tried without a service or a policy in front. */
  @Override
  public int fuzzedKeys() {
    return 300;
  }

  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(this).histories(60).check();
  }
}
