package io.jstorage;

/**
 * An optional feature of a store. A storage declares its capabilities in {@link
 * Storage#capabilities()}. An operation that needs an undeclared one throws {@link
 * UnsupportedOperationException} and changes nothing.
 */
public enum Capability {
  /**
   * The store itself decides conditional writes, each in one atomic step: {@link
   * Storage#putIfAbsent(String, Object) putIfAbsent}, {@link Storage#replace(String, Version,
   * Object) replace}, {@link Storage#remove(String, Version) remove} by version, and the
   * conditional and computing methods of {@link Storage#asMap()}. Every {@link Entry} has a {@link
   * Version}.
   */
  ATOMIC,

  /**
   * The store keeps a deadline with each entry: writes take a time to live, {@link
   * Storage#purgeExpired()} removes expired entries, and {@link Entry#expiresAt()} returns the
   * deadline of an entry that has one.
   */
  EXPIRY,

  /** The store keeps the time of the last write: {@link Entry#writtenAt()} is always present. */
  WRITE_TIME
}
