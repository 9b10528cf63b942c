package io.jstorage.policy;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Two daemon threads for reloads, which exist while there is something to do. */
final class RefreshThreads implements Executor, AutoCloseable {
  private static final int THREADS = 2;
  private static final int WAITING = 1_000;
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor pool;

  RefreshThreads() {
    pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(null, task, "jstorage-refresh", 0, false);
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  /** Lets the loaders that run come to their end: an interrupt might harm what they work with. */
  @Override
  public void close() {
    pool.shutdown();
    pool.getQueue().clear();
  }
}
