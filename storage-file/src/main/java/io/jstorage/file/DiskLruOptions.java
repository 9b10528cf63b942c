package io.jstorage.file;

import io.jstorage.Option;
import io.jstorage.RemovalListener;
import io.jstorage.spi.StandardOptions;
import java.util.Set;

/**
 * The options of a {@link DiskLruStore}, beside {@link FileOptions#PATH}, {@link
 * FileOptions#TIMEOUT} and {@link StandardOptions#CLOCK}.
 */
public final class DiskLruOptions {
  /** {@code suffix}: the end of the names of the store's files; {@code .storage.lru} by default. */
  public static final Option<String> SUFFIX = FileOptions.SUFFIX.withDefault(".storage.lru");

  /** {@code limit}: how many files may exist; 100 by default. */
  public static final Option<Integer> LIMIT =
      Option.integer("limit")
          .describedAs("How many entries may exist before the least recently used are evicted.")
          .where(limit -> limit >= 1, "at least 1")
          .withDefault(100);

  /**
   * {@code bytes}: how many bytes all files may have together; any number by default. {@link
   * #LIMIT} has no default beside it.
   */
  public static final Option<Long> BYTES =
      Option.number("bytes")
          .describedAs(
              "How many bytes all files may have together before the least recently used are evicted. With it, 'limit' has no default.")
          .where(bytes -> bytes >= 1, "at least 1");

  /** {@code listener}: a {@link RemovalListener}, which is told what leaves the store and why. */
  @SuppressWarnings("rawtypes") // An option has a class.
  public static final Option<RemovalListener> LISTENER =
      Option.object("listener", RemovalListener.class)
          .describedAs(
              "Is told of each value that this storage object removes, replaces or evicts.");

  /**
   * {@code durability}: how much of an acknowledged write survives a power failure; {@code none} by
   * default.
   */
  public static final Option<Durability> DURABILITY =
      FileOptions.DURABILITY.withDefault(Durability.NONE);

  private DiskLruOptions() {}

  /**
   * Returns all options of a disk LRU, including those that it shares with others.
   *
   * @return an unmodifiable set
   */
  public static Set<Option<?>> all() {
    return Set.of(
        FileOptions.PATH,
        SUFFIX,
        LIMIT,
        BYTES,
        StandardOptions.STATISTICS,
        LISTENER,
        DURABILITY,
        FileOptions.TIMEOUT,
        StandardOptions.CLOCK);
  }
}
