package io.jstorage.spi;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.StorageException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values under keys in some medium: the one interface that backends and policies implement. {@link
 * AbstractStorage} turns it into a {@link io.jstorage.Storage}. Backends that keep bytes implement
 * {@link ByteStore}; policies extend {@link ForwardingStore}.
 *
 * <p><b>Callers guarantee</b>: keys are valid (non-empty, no unpaired surrogate, at most {@link
 * #maxKeyBytes()} bytes in UTF-8), arguments are not null, and conditions and times to live are
 * passed only to a store that declares the {@linkplain #capabilities() capability}.
 *
 * <p><b>A store that holds something open</b>, such as a file or a connection, implements {@link
 * Closeable}. Callers then guarantee more: {@code close} is called once, and no call begins after
 * it. It is called when the calls in flight have ended or, if they do not end within two seconds,
 * in order to make them fail. A lazy stream of {@link #keys} is closed before.
 *
 * <p><b>A store guarantees</b>: it is thread-safe; {@code read}, {@code write} and {@code delete}
 * are linearizable per key; a failed {@code write} leaves the old value in place or throws {@link
 * ByteStoreException#outcomeUnknown}; a failure is an exception, never a miss; {@code keys} returns
 * each key as it was given, and no foreign entry. An interrupt ends no call: the thread's flag is
 * still set when the call returns. {@code toString()} names the place for error messages, without
 * secrets.
 *
 * <p><b>Failures.</b> Users catch {@link StorageException}s. A store throws the {@link IOException}
 * of its medium, or a {@link ByteStoreException} if that is not specific enough. The unchecked
 * exceptions of a medium reach users as {@code StorageException}s too, those of a write with an
 * unknown outcome.
 *
 * <p>Only four methods have no default. The others are for stores that can do better.
 *
 * @param <V> the type of the values
 */
public interface Store<V> {
  /**
   * Reads the value under a key.
   *
   * @param key the key
   * @param access whether this counts as an access; of interest to stores that evict by recency
   * @return the value, or null if there is none
   * @throws IOException if the access failed
   */
  @Nullable V read(String key, Access access) throws IOException;

  /**
   * Writes a value under a key, in place of the old one, atomically.
   *
   * @param key the key
   * @param value the value
   * @param options the condition and the time to live
   * @return true if the value was written, false if the condition did not hold
   * @throws IOException if the access failed; see {@link ByteStoreException} for the cases that
   *     callers distinguish
   */
  boolean write(String key, V value, WriteOptions options) throws IOException;

  /**
   * Deletes the value under a key, atomically.
   *
   * @param key the key
   * @param condition the state that the entry must have; never {@link Condition#ABSENT}
   * @return true if there was a value and the condition held
   * @throws IOException if the access failed
   */
  boolean delete(String key, Condition condition) throws IOException;

  /**
   * Lists the keys that start with a prefix: lazy, weakly consistent, without duplicates. The
   * caller closes the stream; its operations may throw {@link java.io.UncheckedIOException}.
   *
   * @param prefix the prefix, or the empty string for all keys
   * @return the keys
   * @throws IOException if the access failed
   */
  Stream<String> keys(String prefix) throws IOException;

  /**
   * Reads the value under a key together with what the store knows about it.
   *
   * @param key the key
   * @param access whether this counts as an access
   * @return the entry, or null if there is none; by default without version and times. It bears a
   *     version if the store is {@link Capability#ATOMIC}
   * @throws IOException if the access failed
   */
  default @Nullable Entry<V> readEntry(String key, Access access) throws IOException {
    V value = read(key, access);
    return value == null ? null : Entry.of(value);
  }

  /**
   * Returns whether there is a value under a key; never counts as an access.
   *
   * @param key the key
   * @return true if there is one; by default after reading it
   * @throws IOException if the access failed
   */
  default boolean contains(String key) throws IOException {
    return read(key, Access.PEEK) != null;
  }

  /**
   * Counts the keys.
   *
   * @return the number of keys; by default after listing them
   * @throws IOException if the access failed
   */
  default long count() throws IOException {
    try (Stream<String> keys = keys("")) {
      return keys.count();
    }
  }

  /**
   * Deletes all entries of this store and nothing else.
   *
   * @throws IOException if the access failed; some entries may have been deleted
   */
  default void clear() throws IOException {
    try (Stream<String> keys = keys("")) {
      for (Iterator<String> each = keys.iterator(); each.hasNext(); ) {
        delete(each.next(), Condition.NONE);
      }
    }
  }

  /**
   * Deletes the entries that have expired, and never a value that was written concurrently. Called
   * only if the store expires entries.
   *
   * @return the number of deleted entries
   * @throws IOException if the access failed; some entries may have been deleted
   * @throws UnsupportedOperationException if no entry of this store expires, which is the default
   */
  default long purgeExpired() throws IOException {
    throw capabilities().refusal("purgeExpired", Capability.EXPIRY, this);
  }

  /**
   * Reads the values under several keys. Attempts every key.
   *
   * @param keys the keys, without duplicates
   * @param failed receives the failure of each key that failed, on any thread before this returns
   * @return the values that exist, in any order; by default read one by one
   * @throws IOException if nothing could be attempted
   */
  default Map<String, V> readAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    Map<String, V> found = new LinkedHashMap<>();
    for (String key : keys) {
      try {
        V value = read(key, Access.TOUCH);
        if (value != null) {
          found.put(key, value);
        }
      } catch (IOException | StorageException e) {
        failed.accept(key, e);
      }
    }
    return found;
  }

  /**
   * Writes values under several keys, by default one by one. Attempts every key; the whole is not
   * atomic.
   *
   * @param values the values by key
   * @param options the time to live; there is no condition
   * @param failed receives the failure of each key that failed, on any thread before this returns
   * @throws IOException if nothing could be attempted
   */
  default void writeAll(
      Map<String, V> values, WriteOptions options, BiConsumer<String, Exception> failed)
      throws IOException {
    for (Map.Entry<String, V> entry : values.entrySet()) {
      try {
        write(entry.getKey(), entry.getValue(), options);
      } catch (IOException | StorageException e) {
        failed.accept(entry.getKey(), e);
      }
    }
  }

  /**
   * Deletes the values under several keys, by default one by one. Attempts every key; an absent key
   * is no failure.
   *
   * @param keys the keys, without duplicates
   * @param failed receives the failure of each key that failed, on any thread before this returns
   * @throws IOException if nothing could be attempted
   */
  default void deleteAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    for (String key : keys) {
      try {
        delete(key, Condition.NONE);
      } catch (IOException | StorageException e) {
        failed.accept(key, e);
      }
    }
  }

  /**
   * Declares the capabilities of this store. No other method declares any.
   *
   * @return the capabilities, always the same for one object; by default none
   * @throws IOException if the answer requires an access to the medium, and that failed
   */
  default Capabilities capabilities() throws IOException {
    return Capabilities.NONE;
  }

  /**
   * Returns the length of the longest key that the medium takes.
   *
   * @return a number of bytes in UTF-8, from {@link Keys#PORTABLE_BYTES}, the default, to {@link
   *     Keys#MAX_BYTES}
   */
  default int maxKeyBytes() {
    return Keys.PORTABLE_BYTES;
  }

  /**
   * Returns a further capability of this store, such as {@link ByteStreams}, or the underlying
   * object of a given type, such as a client. A store that changes values returns no object whose
   * use would bypass the change.
   *
   * @param type the type
   * @param <T> the type
   * @return the object; by default this store if it is of that type
   */
  default <T> Optional<T> unwrap(Class<T> type) {
    return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
  }
}
