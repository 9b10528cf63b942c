package io.jstorage.policy;

/** What the caller of a read gets from a {@link FallbackStorage} whose storage failed. */
public enum Served {
  /** The value that was last seen in the storage. */
  LAST_KNOWN,

  /** What the second storage says: a value, or that there is none. */
  SECOND,

  /** What the caller's loader makes. */
  LOADER,

  /** The failure. */
  NOTHING
}
