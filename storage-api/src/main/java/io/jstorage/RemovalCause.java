package io.jstorage;

/** Why a value is no longer in a storage. */
public enum RemovalCause {
  /** A caller removed it, or cleared the storage. */
  REMOVED,

  /** A caller put another value under its key. */
  REPLACED,

  /** It had to make room. */
  EVICTED,

  /** Its deadline had passed. */
  EXPIRED,

  /** A memory in front of another storage dropped it, as it may have changed in that one. */
  INVALIDATED
}
