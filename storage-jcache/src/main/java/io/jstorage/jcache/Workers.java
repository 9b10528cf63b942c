package io.jstorage.jcache;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a cache manager: for loads and listeners in the background, and for deadlines.
 * They are daemons with the manager's class loader, start when there is work and end without it.
 */
final class Workers {
  private static final int MAX_THREADS = 32;

  private final ThreadPoolExecutor pool;
  private final ScheduledThreadPoolExecutor timer;

  Workers(ClassLoader loader) {
    ThreadFactory threads =
        task -> {
          Thread thread = new Thread(task, "jstorage-jcache");
          thread.setDaemon(true);
          thread.setContextClassLoader(loader);
          return thread;
        };
    // If all threads are busy, or gone, the caller does the work: no task is ever dropped.
    this.pool =
        new ThreadPoolExecutor(
            0,
            MAX_THREADS,
            5,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads,
            (task, full) -> task.run());
    this.timer =
        new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(5, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  Executor executor() {
    return pool;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  /** Starts nothing more; what runs may end. */
  void close() {
    timer.shutdownNow();
    pool.shutdown();
  }
}
