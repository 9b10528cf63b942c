package io.jstorage.policy;

/** The source of the answer to a read of a {@link FallbackStorage} whose storage failed. */
public enum FallbackSource {
  /** The value that was last seen in the storage. */
  LAST_KNOWN,

  /** The answer of the second storage: a value, or none. */
  SECOND,

  /** The value of the caller's loader. */
  LOADER,

  /** The failure. */
  NOTHING
}
