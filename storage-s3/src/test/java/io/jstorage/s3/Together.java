package io.jstorage.s3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Threads that begin a task at the same time, over and over. */
final class Together implements AutoCloseable {
  private final int size;
  private final Duration patience;
  private final ExecutorService threads;

  Together(int size) {
    this(size, Duration.ofMinutes(1));
  }

  /** {@code patience} is how long each result is waited for. */
  Together(int size, Duration patience) {
    this.size = size;
    this.patience = patience;
    this.threads = Executors.newFixedThreadPool(size);
  }

  /** Runs a task for each number, and returns the results in the order of the numbers. */
  <T> List<T> run(IntFunction<Callable<T>> task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(size);
    List<Future<T>> futures = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Callable<T> mine = task.apply(i);
      futures.add(
          threads.submit(
              () -> {
                start.await();
                return mine.call();
              }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      try {
        results.add(future.get(patience.toNanos(), TimeUnit.NANOSECONDS));
      } catch (ExecutionException e) {
        throw new AssertionError("a thread failed: " + e.getCause(), e.getCause());
      }
    }
    return results;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
