package io.jstorage.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads that start together, over and over. A thread that hangs fails the test and is left. */
final class Race implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int size;
  private final ExecutorService threads;

  /** What one of the threads does. */
  @FunctionalInterface
  interface Task<T> {
    T run(int number) throws Exception;
  }

  Race(int size) {
    this.size = size;
    this.threads = Executors.newFixedThreadPool(size, Race::daemon);
  }

  static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "contract");
    thread.setDaemon(true);
    return thread;
  }

  /** Runs the task once in every thread, and returns the results in the order of their numbers. */
  <T> List<T> run(Task<T> task) {
    CyclicBarrier start = new CyclicBarrier(size);
    List<Future<T>> futures = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int number = i;
      futures.add(
          threads.submit(
              () -> {
                start.await();
                return task.run(number);
              }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(resultOf(future));
    }
    return results;
  }

  static <T> T resultOf(Future<T> future) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("a thread failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("a thread hangs", e);
    } catch (InterruptedException e) {
      throw new AssertionError("the test was interrupted", e);
    }
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("what the test waits for does not happen");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("the test was interrupted", e);
    }
  }

  static void sleep(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      throw new AssertionError("the test was interrupted", e);
    }
  }

  /** Waits until a thread waits for something itself. */
  static void awaitBlocked(Thread thread) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      switch (thread.getState()) {
        case BLOCKED, WAITING, TIMED_WAITING, TERMINATED -> {
          return;
        }
        default -> {
          if (System.nanoTime() > deadline) {
            throw new AssertionError("the thread neither waits nor ends: " + thread);
          }
          Thread.onSpinWait();
        }
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
