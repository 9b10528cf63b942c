package io.jstorage.jvm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Threads that begin a task at the same time. The first failure, or a thread that is not done in
 * time, is an {@link AssertionError}; the other threads are interrupted then.
 */
public final class Together {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private Together() {}

  /** The work of one thread. */
  @FunctionalInterface
  public interface Action {
    /** Works as the thread of this number, from 0 on. */
    void run(int number) throws Exception;
  }

  /** The work of one thread, with a result. */
  @FunctionalInterface
  public interface Task<T> {
    /** Works as the thread of this number, from 0 on. */
    T call(int number) throws Exception;
  }

  /** Runs an action in {@code threads} threads, for five minutes at most. */
  public static void run(int threads, Action action) throws InterruptedException {
    call(
        threads,
        number -> {
          action.run(number);
          return number;
        });
  }

  /** Calls a task as {@link #call(int, Duration, Task)} does, with a limit of five minutes. */
  public static <T> List<T> call(int threads, Task<T> task) throws InterruptedException {
    return call(threads, LIMIT, task);
  }

  /**
   * Calls a task in {@code threads} threads, for {@code limit} at most, and returns the results in
   * the order of the threads' numbers.
   */
  public static <T> List<T> call(int threads, Duration limit, Task<T> task)
      throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads, Together::daemon);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      CompletionService<T> ended = new ExecutorCompletionService<>(pool);
      List<Future<T>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        calls.add(
            ended.submit(
                () -> {
                  start.await();
                  return task.call(number);
                }));
      }
      long deadline = System.nanoTime() + limit.toNanos();
      for (int i = 0; i < threads; i++) {
        Future<T> next = ended.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (next == null) {
          throw new AssertionError(
              "%d of %d threads are not done after %s".formatted(threads - i, threads, limit));
        }
        next.get();
      }
      List<T> results = new ArrayList<>();
      for (Future<T> call : calls) {
        results.add(call.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("a thread failed: " + e.getCause(), e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "together");
    thread.setDaemon(true);
    return thread;
  }
}
