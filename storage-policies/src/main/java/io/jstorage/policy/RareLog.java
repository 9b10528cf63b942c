package io.jstorage.policy;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A log of failures that may come by the thousand: one warning a minute, with what it stands for.
 */
final class RareLog {
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final Logger logger;
  private final LongSupplier nanoTime;
  private long loggedAt;
  private long kept;
  private boolean fresh = true;

  RareLog(Class<?> owner) {
    this(System.getLogger(owner.getName()), System::nanoTime);
  }

  RareLog(Logger logger, LongSupplier nanoTime) {
    this.logger = logger;
    this.nanoTime = nanoTime;
  }

  /** Logs a warning, or counts it if there was one in the last minute. */
  void warn(String message, @Nullable Throwable cause) {
    long since = since();
    if (since < 0) {
      return;
    }
    String more =
        since == 0 ? "" : " (and %d more since the last message of this kind)".formatted(since);
    logger.log(Level.WARNING, message + more, cause);
  }

  /** How many were kept back since the last message; negative to keep this one back too. */
  private synchronized long since() {
    long now = nanoTime.getAsLong();
    if (!fresh && now - loggedAt < INTERVAL.toNanos()) {
      kept++;
      return -1;
    }
    fresh = false;
    loggedAt = now;
    long before = kept;
    kept = 0;
    return before;
  }
}
