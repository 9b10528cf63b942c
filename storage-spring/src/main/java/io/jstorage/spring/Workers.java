package io.jstorage.spring;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Daemon threads for calls that wait for a storage or a loader: as many as are needed, as a load
 * may wait for another one. They end ten seconds after the last call. They have the class loader of
 * the thread that made the cache, as those of the common pool see nothing of a jar of jars.
 */
final class Workers implements Executor {
  private static final int IDLE_SECONDS = 10;

  private final ThreadPoolExecutor pool;

  Workers(String cache) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    AtomicLong number = new AtomicLong();
    this.pool =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> thread(task, cache, number.incrementAndGet(), loader));
  }

  private static Thread thread(
      Runnable task, String cache, long number, @Nullable ClassLoader loader) {
    Thread thread = new Thread(null, task, "jstorage-cache-" + cache + "-" + number, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    return thread;
  }

  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }
}
