package io.jstorage.jcache;

import org.jspecify.annotations.Nullable;

/**
 * The change that an operation makes to an entry that it has seen.
 *
 * @param value the value to put; null unless something is put
 */
record Change<V>(Kind kind, @Nullable V value) {
  enum Kind {
    /** Leaves the entry as it is. */
    NONE,
    /** Leaves the value as it is; the expiry policy is told of an access. */
    ACCESS,
    /** Puts a value, with write-through. */
    PUT,
    /** Puts a value that a loader made or a writer has seen already. */
    STORE,
    /** Removes the entry, with write-through even where there is none. */
    REMOVE,
    /** Removes the entry, whose removal a writer has seen already. */
    DROP
  }

  private static final Change<?> NONE = new Change<>(Kind.NONE, null);
  private static final Change<?> ACCESS = new Change<>(Kind.ACCESS, null);
  private static final Change<?> REMOVE = new Change<>(Kind.REMOVE, null);
  private static final Change<?> DROP = new Change<>(Kind.DROP, null);

  static <V> Change<V> none() {
    return of(NONE);
  }

  static <V> Change<V> access() {
    return of(ACCESS);
  }

  static <V> Change<V> remove() {
    return of(REMOVE);
  }

  static <V> Change<V> drop() {
    return of(DROP);
  }

  static <V> Change<V> put(V value) {
    return new Change<>(Kind.PUT, value);
  }

  static <V> Change<V> store(V value) {
    return new Change<>(Kind.STORE, value);
  }

  @SuppressWarnings("unchecked") // They have no value.
  private static <V> Change<V> of(Change<?> change) {
    return (Change<V>) change;
  }

  /** Decides the change of an entry. It is asked again if others changed the entry concurrently. */
  interface Decision<V> {
    Change<V> of(@Nullable V before);
  }
}
