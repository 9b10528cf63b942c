package io.jstorage.jvm;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what other threads have done, also where no exception may be declared. */
public final class Latches {
  private Latches() {}

  /** Waits until a latch is released, and fails after a minute or an interrupt. */
  public static void await(CountDownLatch latch) {
    try {
      if (!latch.await(1, TimeUnit.MINUTES)) {
        throw new AssertionError("it was not released within a minute: " + latch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted before the release of " + latch, e);
    }
  }
}
