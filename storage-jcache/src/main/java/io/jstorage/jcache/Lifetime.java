package io.jstorage.jcache;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long an entry lives from now on: for ever, not at all, or for a time. */
record Lifetime(@Nullable Duration time) {
  static final Lifetime ETERNAL = new Lifetime(null);

  /** Beyond it, an end is none that anybody could see, and not every clock could show. */
  private static final Duration LONGEST = Duration.ofDays(366_000);

  static @Nullable Lifetime of(javax.cache.expiry.@Nullable Duration given) {
    if (given == null) {
      return null;
    }
    if (given.isEternal()) {
      return ETERNAL;
    }
    Duration time = Duration.ofMillis(given.getTimeUnit().toMillis(given.getDurationAmount()));
    return time.compareTo(LONGEST) > 0 ? ETERNAL : new Lifetime(time);
  }

  boolean isEternal() {
    return time == null;
  }

  boolean isZero() {
    return time != null && time.isZero();
  }

  @Nullable Instant endFrom(Instant now) {
    return time == null ? null : now.plus(time);
  }
}
