package io.jstorage.file;

import io.jstorage.ByteTransform;
import io.jstorage.Capability;
import io.jstorage.Codec;
import io.jstorage.Entry;
import io.jstorage.InvalidOptionException;
import io.jstorage.RemovalListener;
import io.jstorage.Statistics;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreBuilder;
import io.jstorage.spi.ByteStreams;
import io.jstorage.spi.Capabilities;
import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.Condition;
import io.jstorage.spi.LoadCounter;
import io.jstorage.spi.StandardOptions;
import io.jstorage.spi.StatisticsCounters;
import io.jstorage.spi.Storages;
import io.jstorage.spi.WriteOptions;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FileStore} that keeps a limited number of files, or files of a limited number of bytes
 * together, or both: a write that would exceed a limit deletes the least recently used ones first.
 * An access is a successful write, a read that counts as one, or {@link #readStream}. The order of
 * accesses is exact, across threads and processes, after reopening and after the crash of a
 * process. After a power failure it may be an older one.
 *
 * <p>Everything that a {@code FileStore} guarantees holds here too. In addition there are never
 * more files, or bytes in them, than the limit, except in two cases that the next write of a value
 * that fits corrects: a directory that had more when it was opened, and a limit that another opener
 * has lowered. The limits belong to the directory: an opener with others sets them for all, and one
 * without a limit of bytes removes that limit. Overwriting at the limit deletes no other file,
 * unless the new value has more bytes. Files that other programs delete stay in the count until
 * they are evicted or the store is opened again; files that they change keep their old size in the
 * sum until then. Files that other programs add count from the next opening on, as the least
 * recently used.
 *
 * <p>The bytes are those of the values, encoded and transformed, as {@code ls -l} shows them. Not
 * counted are the journal, keys too long for a name, files that are being written, and the space
 * that the file system takes beyond the bytes of a file. A value that has more bytes than the limit
 * is evicted at once: the write succeeds, an older value of its key is gone, and all other files
 * stay.
 *
 * <h2>How it works</h2>
 *
 * The idea is that of {@code DiskLruCache} by Jesse Wilson (Android, 2011): the order of accesses
 * is not in the files, but in a journal next to them, with one line for each write, read and
 * deletion. The times of last access cannot be used: any program that reads a file changes them,
 * and most systems keep them only roughly. New here is that the processes of a directory share the
 * journal:
 *
 * <ul>
 *   <li>Every line is appended in one step ({@code O_APPEND}), so the journal is the one order of
 *       all accesses. An index in memory follows it: a linked hash map that replays the lines.
 *   <li>A read appends without a lock. It then checks whether the journal is still the one in
 *       place, and otherwise appends again to the new one.
 *   <li>A write, under the directory's lock, reads the lines that others have added, deletes the
 *       evicted files, appends its lines, and only then gives the new file its name. A limit thus
 *       holds at any moment. If a process is killed, only its last line can be in doubt: the next
 *       write checks whether the file exists.
 *   <li>A journal that has grown to more than twice the lines it needs is replaced by a short one,
 *       in one step, with the lines that reads have added concurrently. A write thus costs the same
 *       at any limit, except for a rare one whose cost is proportional to the number of files.
 *   <li>Sizes are not in the journal. The holder of the lock looks at the files that have been
 *       written since it last held it, so that a size is what the file system says. A store that
 *       limits bytes looks once at every file: at its first write, and when another process has
 *       replaced the journal.
 *   <li>Opening reads the journal and compares it with one listing of the directory. Files that are
 *       not in the journal count as the least recently used, the oldest first. Damage to the
 *       journal therefore affects nothing but the order.
 * </ul>
 *
 * <p>A read costs a line in the journal more than in a {@code FileStore}. An open store keeps the
 * name of each file in memory. Thread-safe. Needs the default file system, and one that gives files
 * an identity, which those of Windows do not. On a read-only medium the store opens for reading;
 * there no access is recorded.
 */
public final class DiskLruStore implements ByteStore, ByteStreams, ForeignFiles, Closeable {
  private final FileStore files;
  private final FileNames names;

  /** Null on a read-only medium. */
  private final @Nullable RecencyJournal journal;

  /** Null unless somebody wants to know. */
  private final @Nullable StatisticsCounters counts;

  private DiskLruStore(
      FileStore files,
      FileNames names,
      @Nullable RecencyJournal journal,
      @Nullable StatisticsCounters counts) {
    this.files = files;
    this.names = names;
    this.journal = journal;
    this.counts = counts;
  }

  /**
   * Returns a builder of a store with a limit of 100, the suffix {@code .storage.lru}, the
   * durability {@code NONE}, and the system's clock.
   *
   * @param directory the directory; made with its parents, for its owner only, if it does not exist
   * @return a builder
   */
  public static Builder at(Path directory) {
    return new Builder(directory);
  }

  /**
   * Opens a store, as {@link FileStore#open(StorageOptions)} does, and its journal.
   *
   * @param options those of {@link DiskLruOptions}; {@code path} is required
   * @return the store, to be closed by the caller or with the storage that it becomes part of
   * @throws InvalidOptionException if an option is missing or does not fit
   * @throws StorageUnavailableException if the directory's lock was held for longer than the
   *     time-out
   * @throws StorageException if the directory or the journal cannot be used
   */
  public static DiskLruStore open(StorageOptions options) {
    return open(options, Disk.SYSTEM);
  }

  @SuppressWarnings("unchecked") // An option says nothing of types; its documentation does.
  private static DiskLruStore open(StorageOptions options, Disk disk) {
    InstantSource clock = FileStore.clockIn(options);
    RecencyIndex.Limits limits = limits(options);
    OpenDirectory directory =
        FileStore.openDirectory(
            options,
            disk,
            options.get(DiskLruOptions.SUFFIX),
            options.get(DiskLruOptions.DURABILITY));
    EntryTimes times = new EntryTimes(directory, null, clock);
    StatisticsCounters counts =
        options.get(StandardOptions.STATISTICS) ? new StatisticsCounters() : null;
    if (directory.isReadOnly()) {
      return new DiskLruStore(
          new FileStore(directory, times, ChangeLog.NONE), directory.names, null, counts);
    }
    try {
      RemovalListener<? super byte[]> listener =
          (RemovalListener<byte[]>) options.find(DiskLruOptions.LISTENER).orElse(null);
      RecencyJournal journal = RecencyJournal.open(directory, limits, counts, listener);
      return new DiskLruStore(
          new FileStore(directory, times, journal), directory.names, journal, counts);
    } catch (IOException e) {
      directory.close();
      throw FileStore.cannotOpen(directory.path, e);
    } catch (RuntimeException | Error e) {
      directory.close();
      throw e;
    }
  }

  /**
   * Opens a store as a storage, as {@link #open(StorageOptions)} does, with a listener of values.
   *
   * @param options those of {@link DiskLruOptions}; {@code path} is required
   * @param codec how values become bytes
   * @param transforms what happens to the bytes, in the order of writing
   * @param <V> the type of the values
   * @return the storage, to be closed by the caller
   * @throws InvalidOptionException if an option is missing or does not fit
   * @throws StorageException if the directory or the journal cannot be used
   */
  public static <V> Storage<V> open(
      StorageOptions options, Codec<V> codec, List<? extends ByteTransform> transforms) {
    return Storages.of(open(decoding(options, codec, transforms)), codec, transforms);
  }

  /**
   * Options whose listener, if there is one, is told of bytes and tells the given one of values.
   */
  @SuppressWarnings("unchecked") // An option says nothing of types; its documentation does.
  private static <V> StorageOptions decoding(
      StorageOptions options, Codec<V> codec, List<? extends ByteTransform> transforms) {
    RemovalListener<V> listener =
        (RemovalListener<V>) options.find(DiskLruOptions.LISTENER).orElse(null);
    return listener == null
        ? options
        : options.with(
            DiskLruOptions.LISTENER, new DecodingListener<>(listener, codec, transforms));
  }

  /** The default of {@code limit} applies only if {@code bytes} is not given. */
  private static RecencyIndex.Limits limits(StorageOptions options) {
    long bytes = options.find(DiskLruOptions.BYTES).orElse(0L);
    boolean limited = bytes == 0 || options.has(DiskLruOptions.LIMIT);
    int files = limited ? options.get(DiskLruOptions.LIMIT) : Integer.MAX_VALUE;
    return new RecencyIndex.Limits(files, bytes);
  }

  @Override
  public byte @Nullable [] read(String key, Access access) throws IOException {
    String name = names.nameOf(key);
    byte[] bytes = files.reader.read(name);
    looked(name, access, bytes != null);
    return bytes;
  }

  @Override
  public @Nullable Entry<byte[]> readEntry(String key, Access access) throws IOException {
    String name = names.nameOf(key);
    Entry<byte[]> entry = files.reader.readEntry(name);
    looked(name, access, entry != null);
    return entry;
  }

  @Override
  public @Nullable InputStream readStream(String key) throws IOException {
    String name = names.nameOf(key);
    InputStream bytes = files.reader.open(name);
    looked(name, Access.TOUCH, bytes != null);
    return bytes;
  }

  private void looked(String name, Access access, boolean found) {
    if (access == Access.TOUCH) {
      if (counts != null) {
        counts.addRead(found);
      }
      if (found && journal != null) {
        journal.used(name);
      }
    }
  }

  @Override
  public boolean contains(String key) throws IOException {
    return files.contains(key);
  }

  @Override
  public boolean write(String key, byte[] bytes, WriteOptions options) throws IOException {
    return files.writer.write(key, Content.of(bytes), options);
  }

  @Override
  public boolean writeStream(String key, InputStream bytes, WriteOptions options)
      throws IOException {
    return files.writeStream(key, bytes, options);
  }

  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    return files.delete(key, condition);
  }

  @Override
  public Stream<String> keys(String prefix) throws IOException {
    return files.keys(prefix);
  }

  @Override
  public Stream<ForeignFile> foreignFiles() throws IOException {
    return files.foreignFiles();
  }

  /** Deletes the files that {@link FileStore#clear} would; the journal stays, and notes it. */
  @Override
  public void clear() throws IOException {
    files.clear();
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.of(Capability.ATOMIC, Capability.WRITE_TIME)
        .without(
            Capability.EXPIRY,
            "it evicts entries by recency and keeps no deadlines; put storage.volatile in front, or use storage.serialized with 'expiration'");
  }

  @Override
  public int maxKeyBytes() {
    return files.maxKeyBytes();
  }

  /**
   * Finds a feed of changes too, as {@link FileStore#unwrap} does, and {@link Statistics} of this
   * object if it counts: what other objects and processes do to the directory is not in them.
   * Entries are those that there were after the last change by this object.
   */
  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    if (counts != null && type == LoadCounter.class) {
      return Optional.of(type.cast(counts.loads()));
    }
    if (counts != null && type == Statistics.class) {
      OptionalLong entries =
          journal == null ? OptionalLong.empty() : OptionalLong.of(journal.entries());
      OptionalLong evictions = OptionalLong.of(counts.evictions());
      return Optional.of(type.cast(counts.snapshot(evictions, OptionalLong.empty(), entries)));
    }
    return type == ChangeFeed.class ? files.unwrap(type) : ByteStore.super.unwrap(type);
  }

  /** Frees the directory; a call that waits for its lock fails. */
  @Override
  public void close() {
    if (journal != null) {
      journal.close();
    }
    files.close();
  }

  /** Names the directory and the suffix. */
  @Override
  public String toString() {
    return files.toString();
  }

  /** Opens disk LRUs. Not thread-safe. */
  public static final class Builder extends ByteStoreBuilder<DiskLruStore, Builder> {
    private Disk disk = Disk.SYSTEM;

    private Builder(Path directory) {
      set(FileOptions.PATH, directory);
    }

    /**
     * Sets how many files may exist, in this store and all others of the directory and suffix.
     *
     * @param limit how many, at least 1
     * @return this builder
     * @throws InvalidOptionException if it is less
     */
    public Builder limit(int limit) {
      return set(DiskLruOptions.LIMIT, limit);
    }

    /**
     * Sets how many bytes all files may have together, in this store and all others of the
     * directory and suffix. With it, there is no other limit unless {@link #limit} sets one.
     *
     * @param bytes how many, at least 1
     * @return this builder
     * @throws InvalidOptionException if it is less
     */
    public Builder bytes(long bytes) {
      return set(DiskLruOptions.BYTES, bytes);
    }

    /**
     * Sets how the names of the store's files end, as {@link FileStore.Builder#suffix} does.
     *
     * @param suffix the suffix
     * @return this builder
     * @throws InvalidOptionException if it is none
     */
    public Builder suffix(String suffix) {
      return set(DiskLruOptions.SUFFIX, suffix);
    }

    /**
     * Sets how much of an acknowledged write survives a power failure. That applies to the value;
     * the order of accesses may be an older one after a power failure, with any durability.
     *
     * @param durability the durability
     * @return this builder
     */
    public Builder durability(Durability durability) {
      return set(DiskLruOptions.DURABILITY, durability);
    }

    /**
     * Sets how long a call waits for the lock of the directory; 30 seconds by default.
     *
     * @param timeout how long, longer than zero
     * @return this builder
     * @throws InvalidOptionException if it is not
     */
    public Builder timeout(Duration timeout) {
      return set(FileOptions.TIMEOUT, timeout);
    }

    /**
     * Sets the clock by which entries are dated.
     *
     * @param clock the clock
     * @return this builder
     */
    public Builder clock(InstantSource clock) {
      return set(StandardOptions.CLOCK, clock);
    }

    /**
     * Counts {@link Statistics} of this object, which {@code unwrap(Statistics.class)} returns.
     *
     * @return this builder
     */
    public Builder statistics() {
      return set(StandardOptions.STATISTICS, true);
    }

    /**
     * Tells a listener of each value that leaves by a call of this object, and why: it was removed,
     * replaced or evicted. Changes by other objects and processes are not told. Each file that
     * leaves is opened before and read after it has left, which costs about as much as a read; a
     * value that cannot be read or does not decode is logged and not told.
     *
     * @param listener the listener, of {@code byte[]} if {@link #open} makes a store, and of the
     *     values if {@link #storage} makes a storage
     * @return this builder
     */
    public Builder listener(RemovalListener<?> listener) {
      return set(DiskLruOptions.LISTENER, listener);
    }

    Builder disk(Disk disk) {
      this.disk = disk;
      return this;
    }

    /** Opens the store, as {@link DiskLruStore#open(StorageOptions)} does. */
    @Override
    public DiskLruStore open() {
      return DiskLruStore.open(options(), disk);
    }

    @Override
    public <V> Storage<V> storage(Codec<V> codec, ByteTransform... transforms) {
      List<ByteTransform> list = List.of(transforms);
      return Storages.of(DiskLruStore.open(decoding(options(), codec, list), disk), codec, list);
    }
  }
}
