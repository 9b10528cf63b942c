package io.jstorage;

/**
 * A power that not every store has. A storage declares its own in {@link Storage#capabilities()};
 * an operation that needs an undeclared one throws {@link UnsupportedOperationException} and
 * changes nothing.
 */
public enum Capability {
  /**
   * Conditional writes are decided by the store itself, in one step that no other writer can
   * divide: {@link Storage#putIfAbsent(String, Object) putIfAbsent}, {@link Storage#replace(String,
   * Version, Object) replace}, {@link Storage#remove(String, Version) remove} by version, and the
   * conditional and computing methods of {@link Storage#asMap()}. Every {@link Entry} bears a
   * {@link Version}.
   */
  ATOMIC,

  /**
   * The store keeps a deadline with each entry: writes take a time to live, {@link
   * Storage#purgeExpired()} removes what has expired, and {@link Entry#expiresAt()} tells the
   * deadline of an entry that has one.
   */
  EXPIRY,

  /** The store keeps the time of the last write: {@link Entry#writtenAt()} is always present. */
  WRITE_TIME
}
