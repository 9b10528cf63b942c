package io.jstorage.memory;

import io.jstorage.spi.Store;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A daemon thread that purges a store from time to time. It refers to the store weakly, and ends
 * when there is no other reference: a storage that is never closed is not kept alive.
 */
final class Sweeper {
  private static final Logger LOGGER = System.getLogger(Sweeper.class.getName());

  private final WeakReference<Store<?>> store;
  private final long intervalNanos;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private Sweeper(Store<?> store, Duration interval) {
    this.store = new WeakReference<>(store);
    this.intervalNanos = EpochNanos.length(interval);
  }

  static Sweeper start(Store<?> store, Duration interval) {
    Sweeper sweeper = new Sweeper(store, interval);
    Thread thread = new Thread(null, sweeper::run, "jstorage-sweep", 0, false);
    thread.setDaemon(true);
    thread.start();
    return sweeper;
  }

  /** Lets the thread end, after the sweep that it may be at. */
  void stop() {
    stopped.countDown();
  }

  private void run() {
    try {
      while (!stopped.await(intervalNanos, TimeUnit.NANOSECONDS) && sweep(store.get())) {}
    } catch (InterruptedException e) {
      LOGGER.log(Level.DEBUG, "the sweep was interrupted and ends");
    }
  }

  private boolean sweep(@Nullable Store<?> swept) {
    if (swept == null) {
      return false;
    }
    try {
      swept.purgeExpired();
    } catch (IOException | RuntimeException e) {
      if (stopped.getCount() > 0) {
        LOGGER.log(Level.WARNING, "a sweep failed; the next one comes anyway", e);
      }
    }
    return true;
  }
}
