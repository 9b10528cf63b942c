package io.jstorage.s3.requests;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How long an entry lives, counted from when the request that makes it visible is sent.
 *
 * @param clock the source of the current time
 * @param ttl how long; null for ever
 */
public record Lifetime(InstantSource clock, @Nullable Duration ttl) {
  /** For ever. */
  public static final Lifetime UNLIMITED = new Lifetime(InstantSource.system(), null);

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /** Returns the deadline of what is written now, or null if there is none. */
  @Nullable Instant deadline() {
    if (ttl == null) {
      return null;
    }
    Instant now = clock.instant();
    return ttl.compareTo(Duration.between(now, LATEST)) >= 0 ? LATEST : now.plus(ttl);
  }
}
