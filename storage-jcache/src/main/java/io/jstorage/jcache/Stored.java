package io.jstorage.jcache;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a cache as its storage keeps it. {@code cache.unwrap(Storage.class)} returns a
 * storage of these.
 *
 * <p>The storage's own deadline says when an entry expires. The one that is written here serves
 * updates that leave the deadline as it was: it keeps them from moving it by the time that passes
 * between two clocks or on the way.
 *
 * @param key the whole text of the entry's key, by which the key is known where the storage's key
 *     is a hash of it
 * @param expiresAt the deadline by the clock of the last process that set it, or null if the entry
 *     never expires
 * @param value the value; in a cache by value that is kept in memory it is a copy in a form of its
 *     own
 * @param <V> the type of the values
 * @serial exclude
 */
@SuppressWarnings({"serial", "InvalidBlockTag"}) // The value is the user's; Javadoc knows the tag.
public record Stored<V>(String key, @Nullable Instant expiresAt, V value) implements Serializable {
  /**
   * Makes an entry.
   *
   * @param key the whole text of the entry's key
   * @param expiresAt the deadline, or null if the entry never expires
   * @param value the value
   * @throws NullPointerException if {@code key} or {@code value} is null
   */
  public Stored {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
  }
}
