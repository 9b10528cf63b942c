package io.jstorage.near;

import io.jstorage.Storage;
import io.jstorage.file.FileStore;
import io.jstorage.file.contract.OverFilesContract;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Over files, whose changes are reported or, in a subclass, are not asked for. */
class NearOverFilesContractTest extends OverFilesContract {
  private static final Duration LIFE = Duration.ofDays(1);

  /** Begins a storage over another one. */
  <V> NearStorage.Builder<V> near(Storage<V> far) {
    return NearStorage.builder(far);
  }

  @Override
  protected FileStore.Builder builder(SettableClock clock) {
    return super.builder(clock).expiration(LIFE);
  }

  @Override
  protected Storage<String> over(Storage<String> files, SettableClock clock) {
    return near(files).clock(clock).owned().build();
  }

  /** None, as one near storage may see the writes of another only after a while. */
  @Override
  public Optional<Storage<String>> openAgain(SettableClock clock) {
    return Optional.empty();
  }

  @Override
  public Optional<Duration> expiration() {
    return Optional.of(LIFE);
  }

  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(this).histories(30).check();
  }
}
