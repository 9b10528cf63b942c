package io.jstorage.memory;

/**
 * Says how heavy an entry is, for a storage whose entries have a limit of weight together: {@link
 * LruStorage#WEIGHT}. The unit is that of the limit: bytes, pages, or 1 for each entry.
 *
 * <p>It is asked once for each write, on the thread that writes and without a lock, also for a
 * conditional write that is not made then. Its answer is kept with the entry: it may depend on what
 * changes later, as the size of a list does, and then the sum is that of the weights at the time of
 * writing. An exception that it throws fails the write, which then changes nothing.
 *
 * @param <V> the type of the values
 */
@FunctionalInterface
public interface Weigher<V> {
  /**
   * Returns the weight of an entry.
   *
   * @param key the key
   * @param value the value
   * @return the weight, zero or more; a negative one fails the write
   */
  long weigh(String key, V value);

  /**
   * Returns the weigher of values that have a size in bytes: the bytes of the key in UTF-8, and
   * those of the value, which is a {@code byte[]} or a {@code String}. The memory that the storage
   * itself takes for an entry is not in it.
   *
   * @return the weigher; it throws {@code IllegalArgumentException} for values of other types
   */
  static Weigher<Object> bytes() {
    return ByteWeigher.INSTANCE;
  }
}
