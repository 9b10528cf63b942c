package io.jstorage.jvm;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other processes and threads do in their own time. */
public final class Polling {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private Polling() {}

  /** Waits until a condition holds, and fails after half a minute. */
  public static void until(String condition, BooleanSupplier check) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!check.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it never came about that " + condition);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
