package io.jstorage.jcache;

import javax.cache.event.CacheEntryListenerException;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an operation: the value that it found, and its effect.
 *
 * @param before the value that was there, or null if there was none
 * @param failure that of a listener, which is no failure of the operation
 */
record Outcome<V>(
    @Nullable V before, Effect effect, @Nullable CacheEntryListenerException failure) {
  enum Effect {
    NONE,
    CREATED,
    UPDATED,
    REMOVED
  }

  boolean wrote() {
    return effect == Effect.CREATED || effect == Effect.UPDATED;
  }

  boolean removed() {
    return effect == Effect.REMOVED;
  }

  /** Throws the failure of a listener, as the last thing that an operation does. */
  Outcome<V> orThrow() {
    if (failure != null) {
      throw failure;
    }
    return this;
  }
}
