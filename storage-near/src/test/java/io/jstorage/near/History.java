package io.jstorage.near;

import io.jstorage.Storage;
import io.jstorage.jvm.Polling;
import io.jstorage.testkit.StalenessHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The use of two near storages and of what is far, all at once, while something breaks. */
final class History {
  static final int KEYS = 9;

  /** How long a report may take on a machine that has much else to do. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private History() {}

  /** Something that breaks and is mended. */
  interface Break {
    void once(StalenessHistory history);
  }

  /** Records a history, in an empty place, and checks it. */
  static void whileUsed(
      List<? extends Storage<String>> near, Storage<String> far, int times, Break breaking)
      throws Exception {
    List<Storage<String>> openers = new ArrayList<>(near);
    openers.add(far);
    StalenessHistory history = StalenessHistory.of(openers, KEYS, 1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> recording = thread.submit(history::record);
      try {
        awaitUse(history);
        for (int i = 0; i < times; i++) {
          breaking.once(history);
          awaitUse(history);
        }
      } finally {
        history.stop();
        recording.get();
      }
    } finally {
      thread.shutdownNow();
    }
    history.assertBounded(PATIENT);
    Converged.await(near, far, KEYS);
  }

  static void awaitUse(StalenessHistory history) {
    long before = history.answered();
    Polling.until("it is used", () -> history.answered() > before + 1_000);
  }
}
