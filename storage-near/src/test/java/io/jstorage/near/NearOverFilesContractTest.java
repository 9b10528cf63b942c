package io.jstorage.near;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import io.jstorage.spi.Keys;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over files, whose changes are reported or, in a subclass, are not asked for. */
class NearOverFilesContractTest extends StorageContract {
  private static final Duration LIFE = Duration.ofDays(1);

  @TempDir private Path directory;
  private Path place = Path.of("");

  /** Begins a storage over another one. */
  <V> NearStorage.Builder<V> builder(Storage<V> far) {
    return NearStorage.builder(far);
  }

  private Storage<String> over(Path path, SettableClock clock) {
    Storage<String> far =
        FileStore.at(path)
            .durability(Durability.NONE)
            .expiration(LIFE)
            .clock(clock)
            .storage(Codecs.text());
    return builder(far).clock(clock).owned().build();
  }

  @Override
  public Storage<String> open(SettableClock clock) throws IOException {
    place = Files.createTempDirectory(directory, "near");
    return over(place, clock);
  }

  @Override
  public Optional<Storage<String>> reopen(SettableClock clock) {
    return Optional.of(over(place, clock));
  }

  @Override
  public Optional<Storage<String>> openNeighbour(SettableClock clock) {
    Storage<String> far =
        FileStore.at(place)
            .suffix(".neighbour")
            .durability(Durability.NONE)
            .expiration(LIFE)
            .clock(clock)
            .storage(Codecs.text());
    return Optional.of(builder(far).clock(clock).owned().build());
  }

  @Override
  public Optional<Duration> expiration() {
    return Optional.of(LIFE);
  }

  @Override
  public int maxKeyBytes() {
    return Keys.MAX_BYTES;
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
    return 200;
  }

  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(this).histories(30).check();
  }
}
