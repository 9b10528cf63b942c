package io.jstorage.file;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines kept as times of last modification: an entry's deadline is its file's time plus a
 * shift. The shift is the expiration, so that an entry that is written now gets the present time. A
 * longer expiration is capped, as otherwise a short time to live would need a time before the first
 * one of any file system.
 */
final class Expiration {
  /** The longest shift, 3650 days. */
  static final Duration MAX_SHIFT = Duration.ofDays(3650);

  /** The latest time of last modification: 2262-04-11, where 64 bits of nanoseconds end. */
  static final Instant LATEST = FileTime.from(Long.MAX_VALUE, TimeUnit.NANOSECONDS).toInstant();

  /** The earliest one: 1901-12-13, where the times of ext4 and xfs begin. */
  private static final Instant EARLIEST = Instant.ofEpochSecond(Integer.MIN_VALUE);

  private final @Nullable Duration expiration;
  private final Duration shift;

  /**
   * Makes the rule of a store.
   *
   * @param expiration how long entries live that have no time to live of their own; null for ever
   */
  Expiration(@Nullable Duration expiration) {
    this.expiration = expiration;
    this.shift = expiration == null || expiration.compareTo(MAX_SHIFT) > 0 ? MAX_SHIFT : expiration;
  }

  /** Returns the time to give to a file that is to live from now on for a while. */
  FileTime modifiedFor(Instant now, @Nullable Duration ttl) {
    Duration life = ttl == null ? expiration : ttl;
    Duration left = Duration.between(now, LATEST.plus(shift));
    if (life == null || life.compareTo(left) >= 0) {
      return FileTime.from(LATEST);
    }
    Instant modified = now.plus(life);
    Instant first = EARLIEST.plus(shift);
    return FileTime.from((modified.isBefore(first) ? first : modified).minus(shift));
  }

  /** Whether a time stands for none: that of entries without a time to live and an expiration. */
  boolean isNever(FileTime modified) {
    return expiration == null && !modified.toInstant().isBefore(LATEST.truncatedTo(SECONDS));
  }

  Instant deadlineOf(FileTime modified) {
    return modified.toInstant().plus(shift);
  }

  boolean isOver(FileTime modified, Instant now) {
    return !now.isBefore(deadlineOf(modified)) && !isNever(modified);
  }
}
