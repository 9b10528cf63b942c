package io.jstorage.policy;

import io.jstorage.spi.Keys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts reloads, one at a time for each key and not more often than once a second. */
final class Reloads {
  /**
   * A loader that fails, or an entry that is due as soon as it is written, is not tried at once.
   */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final int REMEMBERED = 1_000;

  private final RareLog log = new RareLog(RefreshStorage.class);
  private final ConcurrentMap<String, Instant> ended = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Boolean> running = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final String place;
  private final Executor executor;
  private final InstantSource clock;
  private final @Nullable RefreshListener listener;

  Reloads(
      String place, Executor executor, InstantSource clock, @Nullable RefreshListener listener) {
    this.place = place;
    this.executor = executor;
    this.clock = clock;
    this.listener = listener;
  }

  /** One reload. */
  interface Reload {
    /** Returns whether its value was stored. */
    boolean run() throws Exception;
  }

  void start(String key, Reload reload) {
    if (endedJustNow(key) || closed.get() || running.putIfAbsent(key, true) != null) {
      return;
    }
    try {
      executor.execute(() -> run(key, reload));
    } catch (RuntimeException e) {
      // Rejected, mostly. The value that is there is served, and the next call tries again.
      end(key);
      failed(key, e);
    }
  }

  private boolean endedJustNow(String key) {
    Instant last = ended.get(key);
    if (last == null) {
      return false;
    }
    Instant now = clock.instant();
    return !now.isBefore(last) && !TimeComparisons.hasPassed(last, PAUSE, now);
  }

  private void run(String key, Reload reload) {
    boolean stored;
    try {
      if (closed.get()) {
        end(key);
        return;
      }
      stored = reload.run();
    } catch (Throwable e) {
      end(key);
      if (!closed.get()) {
        failed(key, e);
      }
      return;
    }
    end(key);
    succeeded.increment();
    tell(key, one -> one.reloaded(key, stored));
  }

  private void end(String key) {
    Instant now = clock.instant();
    if (ended.size() >= REMEMBERED) {
      ended
          .values()
          .removeIf(last -> now.isBefore(last) || TimeComparisons.hasPassed(last, PAUSE, now));
    }
    ended.put(key, now);
    running.remove(key);
  }

  private void failed(String key, Throwable e) {
    failed.increment();
    log.warn(
        "%s in %s was not loaded anew; the old value stays until its end"
            .formatted(Keys.display(key), place),
        e);
    tell(key, one -> one.failed(key, e));
  }

  private void tell(String key, Consumer<RefreshListener> what) {
    if (listener == null) {
      return;
    }
    try {
      what.accept(listener);
    } catch (RuntimeException e) {
      log.warn("the listener of %s failed for %s".formatted(place, Keys.display(key)), e);
    }
  }

  void close() {
    closed.set(true);
  }

  long succeeded() {
    return succeeded.sum();
  }

  long failures() {
    return failed.sum();
  }
}
