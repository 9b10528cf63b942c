package io.jstorage.policy;

import io.jstorage.Capability;
import io.jstorage.Codec;
import io.jstorage.InvalidOptionException;
import io.jstorage.Loader;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.spi.PolicyStack;
import io.jstorage.spi.Storages;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Values that may turn out not to exist, which is remembered too, for a time: who asks often for
 * what is not there does not have it looked up each time.
 *
 * <p>A key is in one of three states: it has a value, it is known to have none, or nothing is known
 * of it. They are told apart by a type: the storage behind holds {@code Optional<V>}, where {@link
 * Optional#empty()} is an entry that says "nothing". There is no null, and a miss of the storage
 * remains what it is.
 *
 * <pre>{@code
 * Storage<Optional<User>> storage = LruStorage.ofLimit(10_000);
 * RememberedMisses<User> users = RememberedMisses.over(storage, Duration.ofMinutes(1));
 * Optional<User> user = users.get("42", key -> database.findUser(key));
 * }</pre>
 *
 * <p>In memory the storage behind holds the objects themselves. Over bytes, in files, Redis or S3,
 * {@link #codec} writes values as their own codec does and "nothing" as a single zero byte, so that
 * other processes with the same codec know it too, and programs in other languages can. Entries
 * that were written without it are read as the values that they are, unless they start with a zero
 * byte.
 *
 * <p>"Nothing" expires after its own time, and so ends by the deadline of the storage behind, which
 * must have {@link Capability#EXPIRY}. Values live as long as that says. Thread-safe, and as atomic
 * and durable as the storage behind.
 *
 * @param <V> the type of the values
 */
public final class RememberedMisses<V> {
  static final String NAME = "remembered misses";

  private static final Option<Duration> NOTHING_FOR = Option.duration("nothingFor");

  private final Storage<Optional<V>> storage;

  private RememberedMisses(Storage<Optional<V>> storage) {
    this.storage = storage;
  }

  /**
   * Remembers misses in a storage, which stays the caller's to close.
   *
   * @param storage the storage
   * @param nothingFor how long it is remembered that there is nothing
   * @param <V> the type of the values
   * @return the memory
   * @throws InvalidOptionException if {@code nothingFor} is zero or negative, if the storage does
   *     not have {@link Capability#EXPIRY}, or if it is a fallback or refreshes: those stand in
   *     front, over {@link #storage()}
   * @throws io.jstorage.StorageException if finding out takes an access to the storage, and that
   *     failed
   */
  public static <V> RememberedMisses<V> over(Storage<Optional<V>> storage, Duration nothingFor) {
    Duration time = NOTHING_FOR.parse(nothingFor);
    MissStore<V> store = new MissStore<>(storage, time);
    Set<Capability> able = storage.capabilities();
    if (!able.contains(Capability.EXPIRY)) {
      throw new InvalidOptionException(
          "misses cannot be remembered in %s: it would never forget them, as it has %s and not EXPIRY; open it with the option 'expiration' if it has one"
              .formatted(storage, able));
    }
    return new RememberedMisses<>(Storages.ofPolicy(store, List.of()));
  }

  /**
   * Looks at misses in a storage that has a policy in front of {@link #storage()}, such as a
   * fallback.
   *
   * @param storage the storage
   * @param <V> the type of the values
   * @return the same, by the methods of this class
   * @throws InvalidOptionException if {@link #storage()} of no object is behind
   */
  public static <V> RememberedMisses<V> in(Storage<Optional<V>> storage) {
    if (!PolicyStack.of(storage).has(NAME)) {
      throw new InvalidOptionException(
          "%s would keep misses for as long as values: make it of RememberedMisses.over(…).storage()"
              .formatted(storage));
    }
    return new RememberedMisses<>(storage);
  }

  /**
   * Makes a codec for a storage of bytes that remembers misses.
   *
   * @param values the codec of the values
   * @param <V> the type of the values
   * @return the codec, as thread-safe as the one that is given
   */
  public static <V> Codec<Optional<V>> codec(Codec<V> values) {
    return new MissCodec<>(Objects.requireNonNull(values, "values"));
  }

  /**
   * Returns the value under a key, or finds out whether there is one and remembers the answer. As
   * {@link Storage#get(String, Loader)} does, it loads once for all who ask for a key.
   *
   * @param key the key
   * @param loader finds the value, or that there is none
   * @param <E> the checked exception of the loader, if it has one
   * @return the value, or empty if there is none, as is known or was found out
   * @throws E if the loader throws it; nothing is remembered
   * @throws NullPointerException if the loader returns null; nothing is remembered
   * @throws io.jstorage.StorageException if the access failed
   */
  public <E extends Exception> Optional<V> get(String key, Loader<Optional<V>, E> loader) throws E {
    return storage.get(key, loader);
  }

  /**
   * Tells what is known of a key.
   *
   * @param key the key
   * @return the value; an empty {@code Optional} in the outer one if it is known that there is
   *     none; an empty outer one if nothing is known
   */
  public Optional<Optional<V>> known(String key) {
    return storage.get(key);
  }

  /**
   * Remembers a value.
   *
   * @param key the key
   * @param value the value
   */
  public void put(String key, V value) {
    storage.put(key, Optional.of(value));
  }

  /**
   * Remembers that there is no value.
   *
   * @param key the key
   */
  public void putNothing(String key) {
    storage.put(key, Optional.empty());
  }

  /**
   * Forgets a value, or that there is none.
   *
   * @param key the key
   * @return true if something was known
   */
  public boolean forget(String key) {
    return storage.remove(key);
  }

  /**
   * Returns everything that is known as a storage, for all other operations, and for policies in
   * front of it. An {@code Optional.empty()} that is put without a time to live of its own gets the
   * one of this object. Closing it has no effect on the storage behind.
   *
   * @return the storage
   */
  public Storage<Optional<V>> storage() {
    return storage;
  }

  @Override
  public String toString() {
    return storage.toString();
  }
}
