package io.jstorage.jvm;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Callers of something that is closed meanwhile. */
public final class Callers {
  private Callers() {}

  /**
   * Makes calls in turns until one is refused by an {@code IllegalStateException} that says that
   * something is closed, and counts down a latch after each. A call may also fail in the given way;
   * any other failure is thrown.
   */
  public static void untilClosed(
      List<Work> calls, Class<? extends RuntimeException> failure, CountDownLatch called)
      throws Exception {
    for (int i = 0; true; i++) {
      try {
        calls.get(i % calls.size()).run();
      } catch (RuntimeException e) {
        if (e instanceof IllegalStateException && e.toString().endsWith(" is closed")) {
          return;
        }
        if (!failure.isInstance(e)) {
          throw e;
        }
      } finally {
        called.countDown();
      }
    }
  }
}
