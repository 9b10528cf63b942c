package io.jstorage.near;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import io.jstorage.memory.LruStorage;
import io.jstorage.testkit.StalenessHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two openers, each with a memory of its own, see the changes of each other. */
@Timeout(300)
class NearHistoriesTest {
  private static final int KEYS = 6;
  private static final int CALLS = 20_000;

  /** How long a report may take on a machine that has much else to do. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private static StalenessHistory recorded(List<Storage<String>> openers, int calls)
      throws InterruptedException {
    StalenessHistory history = StalenessHistory.of(openers, KEYS, 1);
    Thread ending = new Thread(() -> stopAfter(history, calls));
    ending.start();
    history.record();
    ending.join();
    return history;
  }

  private static void stopAfter(StalenessHistory history, int calls) {
    try {
      while (history.answered() < calls) {
        Thread.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      history.stop();
    }
  }

  private static Storage<String> slow(Storage<String> far) {
    return SlowReads.of(far);
  }

  /** Memory reports a change before the call that makes it returns. */
  @Test
  void nothingOldIsReadIfReportsTakeNoTime() throws Exception {
    try (Storage<String> far = LruStorage.ofLimit(1_000);
        Storage<String> one = NearStorage.over(slow(far), 100);
        Storage<String> other = NearStorage.over(slow(far), 4)) {
      recorded(List.of(one, other, far), CALLS).assertBounded(Duration.ZERO);
    }
  }

  @Test
  void aNearCacheWithoutGenerationsIsRejected() throws Exception {
    try (Storage<String> far = LruStorage.ofLimit(1_000);
        Storage<String> one = NaiveNear.over(slow(far));
        Storage<String> other = NaiveNear.over(slow(far))) {
      StalenessHistory history = recorded(List.of(one, other), CALLS);
      assertThatThrownBy(() -> history.assertBounded(Duration.ZERO))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("older than it may be");
      assertThatThrownBy(() -> history.assertBounded(PATIENT))
          .as("its own writes are not read, however long a report may take")
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void nothingIsOlderThanTheStalenessWithoutReports() throws Exception {
    Duration staleness = Duration.ofMillis(50);
    try (Storage<String> far = LruStorage.ofLimit(1_000);
        Storage<String> one = byAge(slow(far), staleness);
        Storage<String> other = byAge(slow(far), staleness)) {
      StalenessHistory history = recorded(List.of(one, other), CALLS);
      history.assertBounded(staleness);
      assertThatThrownBy(() -> history.assertBounded(Duration.ZERO))
          .as("old values were read, but not too old")
          .isInstanceOf(AssertionError.class);
    }
  }

  private static Storage<String> byAge(Storage<String> far, Duration staleness) {
    return NearStorage.builder(far).watch(false).staleness(staleness).negative(staleness).build();
  }

  @Test
  void overFilesNothingGoesBackInTime(@TempDir Path directory) throws Exception {
    try (Storage<String> far = files(directory);
        Storage<String> one = NearStorage.builder(files(directory)).owned().build();
        Storage<String> other = NearStorage.builder(files(directory)).owned().build()) {
      StalenessHistory history = recorded(List.of(one, other), CALLS / 4);
      history.assertBounded(PATIENT);
      Converged.await(List.of(one, other), far, KEYS);
    }
  }

  private static Storage<String> files(Path directory) {
    return FileStore.at(directory).durability(Durability.NONE).storage(Codecs.text());
  }
}
