package io.jstorage;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * Values under string keys, in memory, in files or on a server.
 *
 * <h2>Keys</h2>
 *
 * Any non-empty string of Unicode text of at most 255 bytes in UTF-8 is a key on every storage
 * (some take up to 1024). Keys are distinguished exactly: {@code A} from {@code a}, composed from
 * decomposed accents, {@code foo} from {@code foo/bar}. {@link #keys()} returns them as they were
 * given.
 *
 * <h2>Misses, failures, corruption</h2>
 *
 * A miss is an empty {@link Optional} or {@code false}. A refused, timed-out or broken access is a
 * {@link StorageException}. Bytes that do not decode are a {@link CodecException}. One is never
 * reported as another, and nothing is swallowed. A {@code CodecException} and the {@link
 * KeyNotFoundException} of {@link #require} are {@code StorageException}s too: catch them first.
 *
 * <h2>Atomicity and visibility</h2>
 *
 * {@code get}, {@code put}, {@code remove} and the conditional writes are linearizable per key for
 * all threads, and for all processes where the backend says so. A failed write leaves the old value
 * in place, or says {@link StorageException#outcomeUnknown()}. {@link #keys()}, {@link #size()},
 * {@link #clear()} and the views of {@link #asMap()} are weakly consistent: they see every entry
 * that exists throughout the call, may or may not see concurrent changes, and may include expired
 * entries that have not been purged yet. They see and touch whatever is named like an entry of this
 * storage, whoever wrote it, and no other file, key or object in the same place.
 *
 * <h2>Expiry</h2>
 *
 * An entry past its deadline is never returned, never reported by {@link #contains}, and never
 * makes {@link #putIfAbsent(String, Object) putIfAbsent} fail. Removing an expired entry never
 * removes a value that was written concurrently.
 *
 * <h2>Interrupts and closing</h2>
 *
 * An interrupt does not end a call. The call continues until it is done or its time-out has passed,
 * and the thread's interrupt flag is still set when it returns. {@link #close()} ends calls: later
 * ones are refused, and those in flight have two seconds before they fail with a {@link
 * StorageUnavailableException}, whose {@link StorageException#outcomeUnknown() outcome} may be
 * unknown.
 *
 * <h2>Exceptions common to all methods</h2>
 *
 * A null argument is a {@link NullPointerException}; a string that cannot be a key is an {@link
 * InvalidKeyException}, before any access to the store; an operation whose {@link Capability} is
 * not declared is an {@link UnsupportedOperationException} that names an alternative; a call after
 * {@link #close()} is an {@link IllegalStateException}. None of these changes anything.
 *
 * <p>All implementations are thread-safe.
 *
 * @param <V> the type of the values
 */
public interface Storage<V> extends AutoCloseable {
  /**
   * Returns the value under a key.
   *
   * @param key the key
   * @return the value, or empty if there is none
   * @throws CodecException if the stored bytes do not decode to a value
   * @throws StorageException if the access failed
   */
  Optional<V> get(String key);

  /**
   * Returns the value under a key that must be there.
   *
   * @param key the key
   * @return the value
   * @throws KeyNotFoundException if there is none
   * @throws CodecException if the stored bytes do not decode to a value
   * @throws StorageException if the access failed
   */
  V require(String key);

  /**
   * Returns the value under a key, or loads and stores it.
   *
   * <p>At most one load of a key runs at a time among the callers of this object; the others wait
   * and receive the same value or the same exception. A failure is not remembered: the next call
   * loads again. If the storage is {@link Capability#ATOMIC}, the loaded value is stored by {@link
   * #putIfAbsent(String, Object) putIfAbsent}, and the stored value is returned, which may be that
   * of another writer. A put, remove or clear through this object that overlaps the load prevents
   * the storing; the loaded value is still returned to the callers that waited for it.
   *
   * @param key the key
   * @param loader computes the value; called without any lock of this storage held
   * @param <E> the checked exception of the loader, if it has one
   * @return the stored or the loaded value
   * @throws E if the loader throws it; any other exception of the loader is thrown unchanged, too
   * @throws NullPointerException if the loader returns null; nothing is stored
   * @throws IllegalStateException if the loader, directly or through another load, asks for the key
   *     that it is loading
   * @throws StorageException if the access failed
   */
  <E extends Exception> V get(String key, Loader<? extends V, E> loader) throws E;

  /**
   * Returns the value under a key and what the store knows about it.
   *
   * @param key the key
   * @return the entry, or empty if there is none
   * @throws CodecException if the stored bytes do not decode to a value
   * @throws StorageException if the access failed
   */
  Optional<Entry<V>> entry(String key);

  /**
   * Stores a value under a key, in place of the old one. It expires by this storage's own
   * expiration, if it has one.
   *
   * @param key the key
   * @param value the value
   * @throws CodecException if the value cannot be encoded; the old value is still there
   * @throws StorageException if the access failed; the old value is still there unless {@link
   *     StorageException#outcomeUnknown()}
   */
  void put(String key, V value);

  /**
   * Stores a value that expires. Needs {@link Capability#EXPIRY}.
   *
   * @param key the key
   * @param value the value
   * @param ttl how long the value lives from now on; a deadline that is too late for the store
   *     becomes the latest possible one
   * @throws IllegalArgumentException if {@code ttl} is zero or negative
   * @throws CodecException if the value cannot be encoded; the old value is still there
   * @throws StorageException if the access failed; the old value is still there unless {@link
   *     StorageException#outcomeUnknown()}
   */
  void put(String key, V value, Duration ttl);

  /**
   * Stores a value if there is none under the key. Needs {@link Capability#ATOMIC}.
   *
   * @param key the key
   * @param value the value
   * @return true if the value was stored, false if there was one already
   * @throws CodecException if the value cannot be encoded
   * @throws StorageException if the access failed
   */
  boolean putIfAbsent(String key, V value);

  /**
   * Stores a value that expires, if there is none under the key. Needs {@link Capability#ATOMIC}
   * and {@link Capability#EXPIRY}.
   *
   * @param key the key
   * @param value the value
   * @param ttl how long the value lives from now on
   * @return true if the value was stored, false if there was one already
   * @throws IllegalArgumentException if {@code ttl} is zero or negative
   * @throws CodecException if the value cannot be encoded
   * @throws StorageException if the access failed
   */
  boolean putIfAbsent(String key, V value, Duration ttl);

  /**
   * Replaces the value under a key if the entry still is the version that was read. Needs {@link
   * Capability#ATOMIC}.
   *
   * @param key the key
   * @param version the version that {@link #entry(String)} returned
   * @param value the new value
   * @return true if the value was replaced, false if the entry has changed or is gone
   * @throws CodecException if the value cannot be encoded
   * @throws StorageException if the access failed
   */
  boolean replace(String key, Version version, V value);

  /**
   * Replaces the value under a key by one that expires, if the entry still is the version that was
   * read. Needs {@link Capability#ATOMIC} and {@link Capability#EXPIRY}.
   *
   * @param key the key
   * @param version the version that {@link #entry(String)} returned
   * @param value the new value
   * @param ttl how long the new value lives from now on
   * @return true if the value was replaced, false if the entry has changed or is gone
   * @throws IllegalArgumentException if {@code ttl} is zero or negative
   * @throws CodecException if the value cannot be encoded
   * @throws StorageException if the access failed
   */
  boolean replace(String key, Version version, V value, Duration ttl);

  /**
   * Removes the value under a key.
   *
   * @param key the key
   * @return true if there was one
   * @throws StorageException if the access failed
   */
  boolean remove(String key);

  /**
   * Removes the value under a key if the entry still is the version that was read. Needs {@link
   * Capability#ATOMIC}.
   *
   * @param key the key
   * @param version the version that {@link #entry(String)} returned
   * @return true if the value was removed, false if the entry has changed or is gone
   * @throws StorageException if the access failed
   */
  boolean remove(String key, Version version);

  /**
   * Returns whether a value exists under a key; this does not count as an access to it.
   *
   * @param key the key
   * @return true if there is one
   * @throws StorageException if the access failed
   */
  boolean contains(String key);

  /**
   * Returns all keys, as {@link #keys(String)} does for the empty prefix.
   *
   * @return a lazy stream to be closed after use, without duplicates, in no particular order
   * @throws StorageException if the access failed; the stream's own operations throw it too
   */
  Stream<String> keys();

  /**
   * Returns the keys that start with a prefix.
   *
   * @param prefix the prefix; the empty string for all keys
   * @return a lazy stream to be closed after use, without duplicates, in no particular order
   * @throws StorageException if the access failed; the stream's own operations throw it too
   */
  Stream<String> keys(String prefix);

  /**
   * Returns the number of entries. O(n) on most backends.
   *
   * @return the number of entries, which may include expired ones that have not been purged yet
   * @throws StorageException if the access failed
   */
  long size();

  /**
   * Removes all entries of this storage, and no other data in the same place. Each store says which
   * files, keys or objects are its entries.
   *
   * @throws StorageException if the access failed; some entries may have been removed
   */
  void clear();

  /**
   * Removes the entries that have expired. Needs {@link Capability#EXPIRY}, or a policy that
   * expires entries itself.
   *
   * @return how many were removed
   * @throws StorageException if the access failed; some entries may have been removed
   */
  long purgeExpired();

  /**
   * Returns the values under several keys.
   *
   * @param keys the keys; a repeated key counts once
   * @return an unmodifiable map in the order of the request, without the keys that are absent
   * @throws BatchException if reading some of the keys failed
   * @throws StorageException if the access failed as a whole
   */
  Map<String, V> getAll(Collection<String> keys);

  /**
   * Stores several values. All are encoded first, then all are attempted; the batch as a whole is
   * not atomic.
   *
   * @param values the values by key
   * @throws CodecException if a value cannot be encoded; nothing was stored
   * @throws BatchException if storing some of the values failed; all others are stored
   * @throws StorageException if the access failed as a whole
   */
  void putAll(Map<String, ? extends V> values);

  /**
   * Stores several values that expire, as {@link #putAll(Map)} does. Needs {@link
   * Capability#EXPIRY}.
   *
   * @param values the values by key
   * @param ttl how long each value lives from now on
   * @throws IllegalArgumentException if {@code ttl} is zero or negative
   * @throws CodecException if a value cannot be encoded; nothing was stored
   * @throws BatchException if storing some of the values failed; all others are stored
   * @throws StorageException if the access failed as a whole
   */
  void putAll(Map<String, ? extends V> values, Duration ttl);

  /**
   * Removes the values under several keys. Absent keys are no failure.
   *
   * @param keys the keys
   * @throws BatchException if removing some of the keys failed; all others are removed
   * @throws StorageException if the access failed as a whole
   */
  void removeAll(Collection<String> keys);

  /**
   * Returns a live view of this storage as a map. Its methods throw what the methods here throw.
   *
   * <p>{@code get} returns null on a miss and allocates nothing of its own. Values compare by
   * content, arrays included. Iterators take a snapshot of the keys when they are made, read each
   * value when it is requested, skip entries that no longer exist, hold no open resource and do not
   * count as accesses. {@code remove} and {@code setValue} write through. Keys that are not
   * strings, and strings that cannot be keys, are simply absent.
   *
   * <p>If the storage is not {@link Capability#ATOMIC}, {@code put} and {@code remove} return the
   * value that they read just before, and the conditional and computing methods throw {@link
   * UnsupportedOperationException}.
   *
   * @return the view; it costs nothing to make and needs no closing
   */
  ConcurrentMap<String, V> asMap();

  /**
   * Returns the optional features of this storage.
   *
   * @return an unmodifiable set that never changes during the life of this object
   * @throws StorageException if the answer requires an access to the store, and that failed
   */
  Set<Capability> capabilities();

  /**
   * Returns the underlying object of a given type, such as the client of a server, for uses that
   * this contract does not cover. Empty behind policies and transforms, which such uses would
   * bypass.
   *
   * @param type the type
   * @param <T> the type
   * @return the object, or empty if there is none of that type or it must not be bypassed
   */
  <T> Optional<T> unwrap(Class<T> type);

  /**
   * Returns the values as streams, for values too large for memory.
   *
   * @return the streams; empty if the store has none, or if a policy or a transform is in between,
   *     whose work they would bypass
   */
  Optional<Streams> streams();

  /**
   * Closes this storage and everything that it opened; objects that it was given stay open. Entries
   * are kept, except those in memory. Calls in flight, including open streams of keys and values,
   * have up to two seconds to end, and then fail. Closing again has no effect.
   *
   * @throws StorageException if closing failed; the storage is closed anyway
   */
  @Override
  void close();
}
