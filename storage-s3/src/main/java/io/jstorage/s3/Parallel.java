package io.jstorage.s3;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Runs the requests of batches and the parts of uploads, a limited number at once for all callers
 * together, on threads that end when they have had nothing to do for a while. Thread-safe.
 */
final class Parallel implements AutoCloseable {
  private static final long IDLE_SECONDS = 5;

  private final int most;
  private final ThreadPoolExecutor threads;

  /** Tasks that run or wait for a thread. */
  private final AtomicInteger tasks = new AtomicInteger();

  Parallel(int most, String name) {
    this.most = most;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            // Closed since the batch or the upload began: the caller runs it.
            (task, closed) -> task.run());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Returns how many requests are under way at most. */
  int most() {
    return most;
  }

  /** The work on one item. */
  @FunctionalInterface
  interface Task<K> {
    void run(K item) throws IOException;
  }

  /**
   * Does something with every item and returns the failures. An interrupt does not shorten the
   * wait; the flag is set afterwards.
   */
  <K> Map<K, IOException> run(List<K> items, Task<K> task) {
    Batch<K> batch = new Batch<>(items, task);
    // Also a single item: no interrupt reaches it there.
    for (int i = Math.min(most, items.size()); i > 0; i--) {
      tasks.incrementAndGet();
      execute(batch::run, () -> {});
    }
    return batch.await();
  }

  /**
   * Runs a task on a thread of its own if one is free, so that it never waits for others.
   *
   * @param task what throws nothing
   * @param then runs after it, when the thread counts as free again
   * @return false if none is free
   */
  boolean tryRun(Runnable task, Runnable then) {
    int before = tasks.getAndUpdate(n -> n < most ? n + 1 : n);
    if (before >= most) {
      return false;
    }
    execute(task, then);
    return true;
  }

  private void execute(Runnable task, Runnable then) {
    boolean begun = false;
    try {
      threads.execute(
          () -> {
            try {
              task.run();
            } finally {
              tasks.decrementAndGet();
              then.run();
            }
          });
      begun = true;
    } finally {
      // The system may have no more threads.
      if (!begun) {
        tasks.decrementAndGet();
      }
    }
  }

  /** Items that several threads take one after the other. */
  private static final class Batch<K> {
    private static final Object DONE = new Object();

    private final List<K> items;
    private final Task<K> task;
    private final AtomicInteger begun = new AtomicInteger();

    /** {@link #DONE} or what was thrown; null until then. */
    private final AtomicReferenceArray<Object> outcomes;

    private final CountDownLatch left;

    Batch(List<K> items, Task<K> task) {
      this.items = items;
      this.task = task;
      this.outcomes = new AtomicReferenceArray<>(items.size());
      this.left = new CountDownLatch(items.size());
    }

    void run() {
      int i;
      while ((i = begun.getAndIncrement()) < items.size()) {
        Object outcome = DONE;
        try {
          task.run(items.get(i));
        } catch (IOException | RuntimeException | Error e) {
          outcome = e;
        }
        outcomes.set(i, outcome);
        left.countDown();
      }
    }

    Map<K, IOException> await() {
      awaitLast();
      Map<K, IOException> failures = new LinkedHashMap<>();
      for (int i = 0; i < items.size(); i++) {
        Object outcome = outcomes.get(i);
        if (outcome instanceof IOException failure) {
          failures.put(items.get(i), failure);
        } else if (outcome instanceof RuntimeException defect) {
          throw defect;
        } else if (outcome instanceof Error error) {
          throw error;
        }
      }
      return failures;
    }

    private void awaitLast() {
      boolean interrupted = false;
      while (true) {
        try {
          left.await();
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

  @Override
  public void close() {
    threads.shutdown();
  }
}
