package io.jstorage.testkit;

/**
 * What a codec or a transform notices of bytes that are not as it wrote them. What it does not
 * notice, it may read as another value; it must never fail in an undeclared way, hang, or take more
 * memory than it says.
 */
public enum Detects {
  /** Bytes that are cut short. Formats that know where a value ends do. */
  TRUNCATION,
  /** Bytes after the end of a value. */
  TRAILING_BYTES,
  /** Any single bit that is not as it was written. Formats with a checksum do. */
  FLIPPED_BITS,
  /** Bytes of a value that was written under another key. For transforms. */
  OTHER_KEYS
}
