package io.jstorage.jvm;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Calls of an object that is closed while they run. */
public final class Callers {
  private Callers() {}

  /**
   * Makes calls in turn until one throws an {@code IllegalStateException} that says that the object
   * is closed, and counts down a latch after each call. A call may also throw an exception of the
   * given type; any other exception is thrown on.
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
