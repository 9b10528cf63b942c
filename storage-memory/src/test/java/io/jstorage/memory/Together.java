package io.jstorage.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Daemon threads that start tasks together, over and over, and fail where a task fails. */
final class Together implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "together");
            thread.setDaemon(true);
            return thread;
          });

  /** The work of one thread, which is given its number. */
  @FunctionalInterface
  interface Task {
    void run(int number) throws Exception;
  }

  void run(int count, Task task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(count);
    List<Future<?>> futures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      futures.add(
          start(
              () -> {
                start.await();
                task.run(number);
                return number;
              }));
    }
    for (Future<?> future : futures) {
      finish(future);
    }
  }

  <T> Future<T> start(Callable<T> task) {
    return threads.submit(task);
  }

  static <T> T finish(Future<T> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
