package io.jstorage.spi;

import io.jstorage.Capability;
import io.jstorage.Entry;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The WHERE of a storage: bytes under keys in some medium.
 *
 * <p>Callers guarantee: keys are valid (non-empty, no unpaired surrogate, at most {@link
 * #maxKeyBytes()} bytes in UTF-8), arguments are not null, and nothing is called after {@link
 * #close()}. Arrays change owner: neither side touches an array after handing it over.
 *
 * <p>An implementation guarantees: it is thread-safe; {@code read}, {@code write} and {@code
 * delete} are linearizable per key; a failed {@code write} leaves the old bytes in place or throws
 * {@link ByteStoreException#outcomeUnknown}; a failure is an {@link IOException}, never a miss;
 * {@code keys} returns each key as it was given and no entry of anybody else. {@code toString()}
 * names the place for error messages, without secrets.
 *
 * <p>More powers are optional interfaces: {@link AtomicByteStore}, {@link ExpiringByteStore},
 * {@link BatchByteStore}, {@link StreamingByteStore}.
 */
public interface ByteStore extends AutoCloseable {
  /**
   * Reads the bytes under a key.
   *
   * @param key the key
   * @return the bytes, or null if there are none
   * @throws IOException if the access failed
   */
  byte @Nullable [] read(String key) throws IOException;

  /**
   * Writes bytes under a key, in place of what was there, in one step.
   *
   * @param key the key
   * @param bytes the bytes
   * @throws IOException if the access failed; see {@link ByteStoreException} for the cases that the
   *     caller should be able to tell apart
   */
  void write(String key, byte[] bytes) throws IOException;

  /**
   * Deletes the bytes under a key.
   *
   * @param key the key
   * @return true if there were any
   * @throws IOException if the access failed
   */
  boolean delete(String key) throws IOException;

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
   * Reads the bytes under a key together with what the store knows about them.
   *
   * @param key the key
   * @return the entry, or null if there is none; by default without version and times
   * @throws IOException if the access failed
   */
  default @Nullable Entry<byte[]> readEntry(String key) throws IOException {
    byte[] bytes = read(key);
    return bytes == null ? null : Entry.of(bytes);
  }

  /**
   * Reads the bytes under a key for an operation that is no use of the entry. A store that drops
   * the least recently used entries overrides it; for all others it is {@link #read}.
   *
   * @param key the key
   * @return the bytes, or null if there are none
   * @throws IOException if the access failed
   */
  default byte @Nullable [] peek(String key) throws IOException {
    return read(key);
  }

  /**
   * Reads an entry for an operation that is no use of it, as {@link #peek} does.
   *
   * @param key the key
   * @return the entry, or null if there is none; by default that of {@link #readEntry}
   * @throws IOException if the access failed
   */
  default @Nullable Entry<byte[]> peekEntry(String key) throws IOException {
    return readEntry(key);
  }

  /**
   * Tells whether there are bytes under a key; no use of the entry.
   *
   * @param key the key
   * @return true if there are; by default after reading them
   * @throws IOException if the access failed
   */
  default boolean exists(String key) throws IOException {
    return peek(key) != null;
  }

  /**
   * Counts the keys.
   *
   * @return how many there are; by default after listing them
   * @throws IOException if the access failed
   */
  default long count() throws IOException {
    try (Stream<String> keys = keys("")) {
      return keys.count();
    }
  }

  /**
   * Deletes everything that belongs to this store and nothing else.
   *
   * @throws IOException if the access failed; some entries may have been deleted
   */
  default void clear() throws IOException {
    try (Stream<String> keys = keys("")) {
      for (String key : (Iterable<String>) keys::iterator) {
        delete(key);
      }
    }
  }

  /**
   * Returns what this store can do; by default what its optional interfaces say. Override it where
   * a power depends on how the store was opened, or to add {@link Capability#WRITE_TIME}.
   *
   * @return the capabilities; always the same for one object
   * @throws IOException if finding out takes an access to the medium, and that failed
   */
  default Set<Capability> capabilities() throws IOException {
    EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
    if (this instanceof AtomicByteStore) {
      capabilities.add(Capability.ATOMIC);
    }
    if (this instanceof ExpiringByteStore) {
      capabilities.add(Capability.EXPIRY);
    }
    return capabilities;
  }

  /**
   * Returns the length of the longest key that the medium takes.
   *
   * @return a number of bytes in UTF-8, from {@link Keys#PORTABLE_BYTES} to {@link Keys#MAX_BYTES};
   *     by default {@link Keys#PORTABLE_BYTES}
   */
  default int maxKeyBytes() {
    return Keys.PORTABLE_BYTES;
  }

  /**
   * Returns the object underneath that has a given type, such as a client.
   *
   * @param type the type
   * @param <T> the type
   * @return the object; by default this store if it is of that type
   */
  default <T> Optional<T> unwrap(Class<T> type) {
    return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
  }

  /**
   * Releases what this store opened. Called at most once.
   *
   * @throws IOException if that failed
   */
  @Override
  default void close() throws IOException {}
}
