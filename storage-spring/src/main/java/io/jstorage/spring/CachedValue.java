package io.jstorage.spring;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a cache as its storage keeps it.
 *
 * @param key the whole text of the entry's key, by which the key is known where the storage's key
 *     is a hash of it
 * @param value the value, which may be null; in memory it may be one with its key, in a form of its
 *     own
 * @param <V> the type of the values
 * @serial exclude
 */
@SuppressWarnings({"serial", "InvalidBlockTag"}) // The value is the user's; Javadoc knows the tag.
public record CachedValue<V>(String key, @Nullable V value) implements Serializable {
  /**
   * Makes an entry.
   *
   * @param key the whole text of the entry's key
   * @param value the value, or null
   * @throws NullPointerException if {@code key} is null
   */
  public CachedValue {
    Objects.requireNonNull(key, "key");
  }
}
