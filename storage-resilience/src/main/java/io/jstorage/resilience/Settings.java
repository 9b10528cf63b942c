package io.jstorage.resilience;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import io.jstorage.InvalidOptionException;
import io.jstorage.StorageOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The options as policies of Failsafe: the one place that translates them. */
record Settings(
    int retries,
    Duration pause,
    Duration longestPause,
    Duration retryFor,
    int failures,
    int calls,
    Duration open) {
  /** How far pauses vary, so that callers who failed together do not come back together. */
  private static final double JITTER = 0.2;

  static Settings of(StorageOptions options) {
    Settings settings =
        new Settings(
            options.get(ResilientStorage.RETRIES),
            options.get(ResilientStorage.PAUSE),
            options.get(ResilientStorage.LONGEST_PAUSE),
            options.get(ResilientStorage.RETRY_FOR),
            options.get(ResilientStorage.FAILURES),
            options.get(ResilientStorage.CALLS),
            options.get(ResilientStorage.OPEN));
    if (settings.pause.compareTo(settings.longestPause) > 0) {
      throw new InvalidOptionException(
          "storage.resilient cannot pause for %s first and %s at most: 'pause' is longer than 'longestPause'"
              .formatted(settings.pause, settings.longestPause));
    }
    if (settings.retryFor.compareTo(settings.pause) <= 0) {
      throw new InvalidOptionException(
          "storage.resilient cannot retry for %s after a pause of %s: 'retryFor' is not longer than 'pause'; set 'retries' to 0 for none"
              .formatted(settings.retryFor, settings.pause));
    }
    if (settings.failures > settings.calls) {
      throw new InvalidOptionException(
          "storage.resilient cannot see %d failures among %d calls: 'failures' is more than 'calls'"
              .formatted(settings.failures, settings.calls));
    }
    return settings;
  }

  RetryPolicy<Object> retryPolicy() {
    RetryPolicyBuilder<Object> builder = RetryPolicy.builder();
    if (pause.equals(longestPause)) {
      builder.withDelay(pause);
    } else {
      builder.withBackoff(pause, longestPause);
    }
    return builder.withJitter(JITTER).withMaxRetries(retries).withMaxDuration(retryFor).build();
  }

  @Nullable CircuitBreaker<Object> circuitBreaker(Runnable opened, Runnable closed) {
    return failures == 0
        ? null
        : CircuitBreaker.builder()
            .withFailureThreshold(failures, calls)
            .withSuccessThreshold(1)
            .withDelay(open)
            .onOpen(event -> opened.run())
            .onClose(event -> closed.run())
            .build();
  }
}
