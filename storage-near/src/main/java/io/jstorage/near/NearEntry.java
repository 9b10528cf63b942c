package io.jstorage.near;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The answer of the far storage for a key: a value, or none. 32 bytes with compressed references.
 */
class NearEntry<V> {
  final String key;

  /** Null if there was no entry. */
  final @Nullable V value;

  /** The place in the ring of the table, guarded by its lock. */
  int slot;

  /** Whether it was used since it was last looked at for eviction. A race loses at most one use. */
  private boolean used;

  NearEntry(String key, @Nullable V value) {
    this.key = key;
    this.value = value;
  }

  /** Returns whether neither its deadline nor its greatest age has passed. */
  boolean isFresh(InstantSource clock) {
    return true;
  }

  final void use() {
    // Most uses find it set, and write to no memory that other threads read.
    if (!used) {
      used = true;
    }
  }

  /** Returns whether it was used since the last call. */
  final boolean wasUsed() {
    boolean was = used;
    used = false;
    return was;
  }
}
