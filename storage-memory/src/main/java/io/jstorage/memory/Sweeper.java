package io.jstorage.memory;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A daemon thread that purges a storage from time to time. It knows the storage by a weak reference
 * only, and ends when that is all that is left of it: an unclosed storage is not kept alive.
 */
final class Sweeper {
  private static final Logger LOGGER = System.getLogger(Sweeper.class.getName());

  private final WeakReference<VolatileStorage<?>> storage;
  private final long intervalNanos;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private Sweeper(VolatileStorage<?> storage, Duration interval) {
    this.storage = new WeakReference<>(storage);
    this.intervalNanos = EpochNanos.length(interval);
  }

  static Sweeper start(VolatileStorage<?> storage, Duration interval) {
    Sweeper sweeper = new Sweeper(storage, interval);
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
      while (!stopped.await(intervalNanos, TimeUnit.NANOSECONDS) && sweep(storage.get())) {}
    } catch (InterruptedException e) {
      LOGGER.log(Level.DEBUG, "the sweep was interrupted and ends");
    }
  }

  private boolean sweep(@Nullable VolatileStorage<?> swept) {
    if (swept == null) {
      return false;
    }
    try {
      swept.sweep();
    } catch (RuntimeException e) {
      if (stopped.getCount() > 0) {
        LOGGER.log(Level.WARNING, "a sweep failed; the next one comes all the same", e);
      }
    }
    return true;
  }
}
