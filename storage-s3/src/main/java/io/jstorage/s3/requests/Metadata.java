package io.jstorage.s3.requests;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The user metadata of an object of the store, in headers after {@code x-amz-meta-}: the deadline
 * of its entry and the id of the write that made it. An object without a deadline does not expire.
 */
public final class Metadata {
  /** Holds the deadline in ISO 8601, in UTC. */
  static final String DEADLINE = "jstorage-expires";

  /**
   * Holds a random text, different for each write, by which a write is found after a lost reply.
   */
  static final String WRITE_ID = "jstorage-write";

  private Metadata() {}

  static String newWriteId() {
    return UUID.randomUUID().toString();
  }

  static Map<String, String> of(String writeId, @Nullable Instant deadline) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put(WRITE_ID, writeId);
    if (deadline != null) {
      metadata.put(DEADLINE, deadline.toString());
    }
    return metadata;
  }

  static boolean isWrittenBy(String writeId, Map<String, String> metadata) {
    return writeId.equals(find(metadata, WRITE_ID));
  }

  /**
   * Returns the deadline that metadata hold.
   *
   * @return the deadline, or null if there is none
   * @throws IOException if it is no time
   */
  public static @Nullable Instant deadline(Map<String, String> metadata) throws IOException {
    String text = find(metadata, DEADLINE);
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IOException(
          "the object's metadata '%s' is no time: put or remove the key to repair it"
              .formatted(DEADLINE),
          e);
    }
  }

  private static @Nullable String find(Map<String, String> metadata, String name) {
    String value = metadata.get(name);
    if (value != null) {
      return value;
    }
    // Names of headers have no case: several servers and proxies answer Jstorage-Expires.
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      if (entry.getKey().equalsIgnoreCase(name)) {
        return entry.getValue();
      }
    }
    return null;
  }
}
