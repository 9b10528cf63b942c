package io.jstorage.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /**
   * Makes a call that a pause of the machine may fail, until no failure of that kind is thrown, and
   * returns its result; fails after half a minute.
   */
  public static <T> T result(Class<? extends RuntimeException> failure, Supplier<T> call) {
    List<T> results = new ArrayList<>();
    until(
        "a call succeeds",
        () -> {
          try {
            return results.add(call.get());
          } catch (RuntimeException e) {
            if (failure.isInstance(e)) {
              return false;
            }
            throw e;
          }
        });
    return results.get(0);
  }
}
