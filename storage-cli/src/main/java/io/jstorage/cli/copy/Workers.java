package io.jstorage.cli.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Some threads that do the same until there is no more to do. */
public final class Workers {
  private Workers() {}

  /** One piece of work. */
  @FunctionalInterface
  public interface Piece {
    /** Does one piece; false if there is no other. */
    boolean next();
  }

  /**
   * Does all pieces and returns when the last is done. After a failure no thread begins another
   * piece, and the first failure is thrown.
   */
  public static void run(int threads, Piece piece) {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Runnable loop =
        () -> {
          try {
            boolean more = true;
            while (more && failure.get() == null) {
              more = piece.next();
            }
          } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
          }
        };
    List<Thread> started = new ArrayList<>();
    for (int i = 1; i < threads; i++) {
      Thread thread = new Thread(loop, "jstorage-worker-" + i);
      thread.setDaemon(true);
      thread.start();
      started.add(thread);
    }
    loop.run();
    started.forEach(Workers::join);
    Throwable first = failure.get();
    if (first instanceof Error error) {
      throw error;
    }
    if (first instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
