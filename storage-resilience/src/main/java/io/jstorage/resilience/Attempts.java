package io.jstorage.resilience;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Execution;
import dev.failsafe.RetryPolicy;
import io.jstorage.StorageUnavailableException;
import io.jstorage.spi.ByteStoreException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries calls out: again after a failure that changed nothing, and not while the circuit is open.
 */
final class Attempts {
  private static final Logger LOGGER = System.getLogger(ResilientStorage.class.getName());

  private final RetryPolicy<Object> retrying;
  private final @Nullable CircuitBreaker<Object> breaker;
  private final @Nullable ResilienceListener listener;
  private final String place;
  private final LongAdder retries = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final CountDownLatch closed = new CountDownLatch(1);

  Attempts(Settings settings, String place, @Nullable ResilienceListener listener) {
    this.retrying = settings.retryPolicy();
    this.place = place;
    this.listener = listener;
    this.breaker = settings.circuitBreaker(this::opened, this::closedAgain);
  }

  /** A call of the storage behind. */
  interface Call<T> {
    @Nullable T run() throws IOException;
  }

  /** Carries a call out that never returns null. */
  <T> T run(Call<T> call) throws IOException {
    return Objects.requireNonNull(find(call));
  }

  <T> @Nullable T find(Call<T> call) throws IOException {
    Execution<Object> attempts = null;
    StorageUnavailableException last = null;
    while (true) {
      enter(last);
      boolean reached = true;
      try {
        return call.run();
      } catch (StorageUnavailableException e) {
        reached = false;
        last = e;
      } finally {
        leave(reached);
      }
      if (last.outcomeUnknown()) {
        throw last;
      }
      if (attempts == null) {
        attempts = Execution.of(retrying);
      }
      attempts.recordException(last);
      if (attempts.isComplete() || isClosedAfter(Duration.ZERO)) {
        throw last;
      }
      retries.increment();
      StorageUnavailableException failure = last;
      int attempt = attempts.getAttemptCount();
      LOGGER.log(Level.DEBUG, () -> "attempt %d failed in %s".formatted(attempt, place), failure);
      tell(one -> one.retrying(attempt, failure));
      if (isClosedAfter(attempts.getDelay())) {
        throw last;
      }
    }
  }

  /** Fails while the circuit is open; who is called adds the operation, the key and the place. */
  private void enter(@Nullable StorageUnavailableException last) throws ByteStoreException {
    if (breaker != null && !breaker.tryAcquirePermit()) {
      refused.increment();
      throw ByteStoreException.unavailable(
          "too many calls failed, and the next one is let through in "
              + inMillis(breaker.getRemainingDelay()),
          last);
    }
  }

  private static Duration inMillis(Duration duration) {
    return Duration.ofMillis(duration.toMillis());
  }

  private void leave(boolean reached) {
    if (breaker == null) {
      return;
    }
    if (reached) {
      breaker.recordSuccess();
    } else {
      breaker.recordFailure();
    }
  }

  /** Waits, whether the thread is interrupted or not, until the time is over or this is closed. */
  private boolean isClosedAfter(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return closed.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void opened() {
    LOGGER.log(
        Level.WARNING, "{0} failed too often: calls are refused until it may be back", place);
    tell(ResilienceListener::opened);
  }

  private void closedAgain() {
    LOGGER.log(Level.INFO, "{0} is asked again", place);
    tell(ResilienceListener::closed);
  }

  private void tell(Consumer<ResilienceListener> what) {
    if (listener == null) {
      return;
    }
    try {
      what.accept(listener);
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "a listener failed", e);
    }
  }

  /** Ends all waiting; calls that fail from now on are not repeated. */
  void close() {
    closed.countDown();
  }

  boolean isOpen() {
    return breaker != null && breaker.isOpen();
  }

  long retries() {
    return retries.sum();
  }

  long refused() {
    return refused.sum();
  }
}
