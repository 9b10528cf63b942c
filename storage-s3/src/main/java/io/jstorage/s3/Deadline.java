package io.jstorage.s3;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deadline of an entry, in the metadata of its object; an object without one does not expire.
 */
final class Deadline {
  /** The metadata's name; in headers after {@code x-amz-meta-}. The value is ISO 8601, in UTC. */
  static final String METADATA = "jstorage-expires";

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private Deadline() {}

  static Instant after(Instant now, Duration ttl) {
    return ttl.compareTo(Duration.between(now, LATEST)) >= 0 ? LATEST : now.plus(ttl);
  }

  static @Nullable Instant of(Map<String, String> metadata) throws IOException {
    String text = metadata.get(METADATA);
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IOException(
          "the object's metadata '%s' is no time: put or remove the key to repair it"
              .formatted(METADATA),
          e);
    }
  }
}
