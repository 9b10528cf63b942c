package io.jstorage.testkit;

/**
 * A kind of change to written bytes that a codec or a transform detects. Bytes with an undetected
 * change may be read as another value, but must never make it fail in an undeclared way, hang, or
 * take more memory than it says.
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
