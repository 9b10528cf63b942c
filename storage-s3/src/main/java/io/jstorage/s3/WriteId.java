package io.jstorage.s3;

import java.util.Map;
import java.util.UUID;

/**
 * What tells one write from all others: a random text in the metadata of the object. Whoever does
 * not know what became of a write looks whether its object bears it.
 */
final class WriteId {
  /** The metadata's name; in headers after {@code x-amz-meta-}. */
  static final String METADATA = "jstorage-write";

  private WriteId() {}

  static String next() {
    return UUID.randomUUID().toString();
  }

  /** Tells whether a write made the object that has some metadata. */
  static boolean isOf(String id, Map<String, String> metadata) {
    return id.equals(metadata.get(METADATA));
  }
}
