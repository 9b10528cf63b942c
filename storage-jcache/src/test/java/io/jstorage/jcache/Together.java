package io.jstorage.jcache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Threads that do something at once. */
final class Together {
  private Together() {}

  /** Lets threads of these numbers work, and fails if one of them does. */
  static void run(int threads, IntConsumer work) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int number = t;
        calls.add(
            () -> {
              work.accept(number);
              return null;
            });
      }
      for (Future<Void> end : pool.invokeAll(calls)) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a thread failed", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
