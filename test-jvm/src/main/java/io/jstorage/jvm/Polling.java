package io.jstorage.jvm;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

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
      pause();
    }
  }

  /**
   * Makes a call that a pause of the machine may fail, until it succeeds, and returns its result.
   * Throws a failure that no pause explains at once, and any after half a minute.
   */
  public static <T> T result(Predicate<RuntimeException> passing, Supplier<T> call) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        return call.get();
      } catch (RuntimeException e) {
        if (!passing.test(e) || System.nanoTime() > deadline) {
          throw e;
        }
      }
      pause();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
  }
}
