package io.jstorage.file;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.InvalidOptionException;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreBuilder;
import io.jstorage.spi.ByteStoreException;
import io.jstorage.spi.ByteStreams;
import io.jstorage.spi.Capabilities;
import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.Condition;
import io.jstorage.spi.Keys;
import io.jstorage.spi.StandardOptions;
import io.jstorage.spi.WriteOptions;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store of one file per key in one directory. A file holds the bytes and nothing else; its name
 * is the key and a suffix, {@code some_key.storage.json}, with escapes for characters that not
 * every file system distinguishes. Any number of stores, threads and processes may share a
 * directory; stores of different suffixes do not see each other, and no other file is ever touched.
 *
 * <p>A write is a complete temporary file that takes the name of the entry in one step: readers see
 * the old or the new bytes, and so does the next process after a crash; {@link Durability} says
 * what remains after a power failure. Writes to one key by all threads and processes are
 * linearizable; conditional ones are decided under a lock that all writers of the directory share.
 * A call waits for that lock for at most the option {@code timeout}, and then fails with {@link
 * StorageUnavailableException}. A failed write leaves the old bytes and no temporary file, unless
 * only the last step failed, which makes the new name durable: then the outcome is unknown.
 *
 * <p>A reader never waits, with one exception: on a file system that is not known to replace files
 * in one step, as most that run in user space, a reader that finds nothing looks again under the
 * lock. {@code docs/compatibility.md} names the file systems that were tried.
 *
 * <p>Opened with an {@code expiration}, or with {@code expiring}, the store has {@link
 * Capability#EXPIRY} and keeps an entry's deadline as its file's time of last modification: the
 * deadline is that time plus the expiration, so all openers of a directory must give the same one.
 * Copying without times ({@code cp -r}, git) restarts the age; {@code cp -p}, rsync and tar keep
 * it. Otherwise the store has {@link Capability#WRITE_TIME}.
 *
 * <p>{@link #keys} and {@link #count} may include expired entries. A link, a FIFO or anything else
 * that is not a file in place of an entry is an error for that key only, never followed or opened;
 * writing or deleting the key repairs it, except for a directory. If the directory is deleted,
 * replaced or unmounted, writes and listings fail, and so does a read that finds nothing; it is not
 * made again. On a read-only medium the store opens for reading, and every change is refused.
 *
 * <p>Thread-safe. Needs the default file system.
 */
public final class FileStore implements ByteStore, ByteStreams, ForeignFiles, Closeable {
  private final OpenDirectory directory;
  private final EntryTimes times;
  final EntryReader reader;
  final EntryWriter writer;
  private final BatchWriter batches;
  private final ExpiredEntries expired;
  private final Optional<FileChanges> changes;

  FileStore(OpenDirectory directory, EntryTimes times, ChangeLog log) {
    this.directory = directory;
    this.times = times;
    this.expired = new ExpiredEntries(directory, times);
    this.changes = FileChanges.of(directory);
    this.reader = new EntryReader(directory, times, expired);
    this.writer = new EntryWriter(directory, reader, times, expired, log);
    this.batches = new BatchWriter(directory, writer, times);
  }

  /**
   * Returns a builder of a store with the suffix {@code .storage.json}, full durability, no
   * expiration and the system's clock.
   *
   * @param directory the directory; made with its parents, for its owner only, if it does not exist
   * @return a builder
   */
  public static Builder at(Path directory) {
    return new Builder(directory);
  }

  /**
   * Opens a store: makes the directory if it does not exist, and deletes temporary files in it that
   * have been left behind for more than an hour. O(number of files in the directory).
   *
   * @param options those of {@link FileOptions}; {@code path} is required
   * @return the store, to be closed by the caller or with the storage that it becomes part of
   * @throws InvalidOptionException if an option is missing or does not fit
   * @throws StorageAccessDeniedException if the directory may not be listed or written to
   * @throws StorageUnavailableException if its lock was held for longer than the time-out
   * @throws StorageException if the path is no directory or cannot become one
   */
  public static FileStore open(StorageOptions options) {
    return open(options, Disk.SYSTEM);
  }

  static FileStore open(StorageOptions options, Disk disk) {
    Expiration expiration = expirationIn(options);
    InstantSource clock = clockIn(options);
    OpenDirectory directory =
        openDirectory(
            options, disk, options.get(FileOptions.SUFFIX), options.get(FileOptions.DURABILITY));
    EntryTimes times = new EntryTimes(directory, expiration, clock);
    return new FileStore(directory, times, ChangeLog.NONE);
  }

  private static @Nullable Expiration expirationIn(StorageOptions options) {
    Duration expiration = options.find(StandardOptions.EXPIRATION).orElse(null);
    boolean expiring = options.get(FileOptions.EXPIRING);
    if (expiration != null && !expiring && options.has(FileOptions.EXPIRING)) {
      throw new InvalidOptionException(
          "option 'expiring' cannot be false beside an 'expiration', with which entries expire");
    }
    return expiration != null || expiring ? new Expiration(expiration) : null;
  }

  /** Not the option's default: without a clock the file system dates the files itself. */
  static @Nullable InstantSource clockIn(StorageOptions options) {
    return options.has(StandardOptions.CLOCK) ? options.get(StandardOptions.CLOCK) : null;
  }

  static OpenDirectory openDirectory(
      StorageOptions options, Disk disk, String suffix, Durability durability) {
    Path path = options.get(FileOptions.PATH);
    Duration timeout = options.get(FileOptions.TIMEOUT);
    try {
      return OpenDirectory.open(disk, path, suffix, durability, timeout);
    } catch (IOException e) {
      throw cannotOpen(path, e);
    }
  }

  static StorageException cannotOpen(Path path, IOException e) {
    String message = "cannot open a storage in %s: ".formatted(path);
    if (e instanceof ByteStoreException) {
      return new StorageUnavailableException(message + e.getMessage(), e, false);
    }
    message += "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage());
    return e instanceof AccessDeniedException
        ? new StorageAccessDeniedException(message, e)
        : new StorageException(message, e);
  }

  @Override
  public byte @Nullable [] read(String key, Access access) throws IOException {
    return reader.read(directory.names.nameOf(key));
  }

  @Override
  public @Nullable Entry<byte[]> readEntry(String key, Access access) throws IOException {
    return reader.readEntry(directory.names.nameOf(key));
  }

  @Override
  public boolean contains(String key) throws IOException {
    return reader.contains(directory.names.nameOf(key));
  }

  @Override
  public boolean write(String key, byte[] bytes, WriteOptions options) throws IOException {
    return writer.write(key, Content.of(bytes), options);
  }

  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    return writer.delete(key, condition);
  }

  @Override
  public void writeAll(
      Map<String, byte[]> values, WriteOptions options, BiConsumer<String, Exception> failed)
      throws IOException {
    batches.writeAll(values, options, failed);
  }

  @Override
  public void deleteAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    batches.deleteAll(keys, failed);
  }

  @Override
  public @Nullable InputStream readStream(String key) throws IOException {
    return reader.open(directory.names.nameOf(key));
  }

  @Override
  public boolean writeStream(String key, InputStream bytes, WriteOptions options)
      throws IOException {
    return writer.write(key, Content.of(bytes), options);
  }

  @Override
  public Stream<String> keys(String prefix) throws IOException {
    Stream<String> keys =
        directory
            .list()
            .mapMulti(
                (name, sink) -> {
                  String key = directory.keyOf(name);
                  if (key != null) {
                    sink.accept(key);
                  }
                });
    return prefix.isEmpty() ? keys : keys.filter(key -> key.startsWith(prefix));
  }

  @Override
  public Stream<ForeignFile> foreignFiles() throws IOException {
    return PassedOver.in(directory);
  }

  /**
   * Deletes the files whose names are those of keys with this suffix, also those that other
   * programs wrote, and a link or the like in such a place; a directory there is a failure. The
   * {@code .key} files of deleted entries go too. All other files, the lock and the directory
   * itself stay.
   */
  @Override
  public void clear() throws IOException {
    writer.clear();
  }

  @Override
  public long purgeExpired() throws IOException {
    return times.expire() ? expired.purge() : ByteStore.super.purgeExpired();
  }

  @Override
  public Capabilities capabilities() {
    return times.capabilities();
  }

  @Override
  public int maxKeyBytes() {
    return Keys.MAX_BYTES;
  }

  /**
   * Finds a feed of changes too, on Linux and a file system that is known to be one of this
   * machine's: see {@code docs/near-cache.md}. It says at once that changes were missed, as when
   * very many come at a time, and within two seconds that the directory is another one.
   */
  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    return type == ChangeFeed.class ? changes.map(type::cast) : ByteStore.super.unwrap(type);
  }

  /** Frees the directory; a call that waits for its lock fails. */
  @Override
  public void close() {
    changes.ifPresent(FileChanges::close);
    directory.close();
  }

  /** Names the directory and the suffix. */
  @Override
  public String toString() {
    return directory.toString();
  }

  /** Opens file stores. Not thread-safe. */
  public static final class Builder extends ByteStoreBuilder<FileStore, Builder> {
    private Disk disk = Disk.SYSTEM;

    private Builder(Path directory) {
      set(FileOptions.PATH, directory);
    }

    /**
     * Sets the suffix of the store's files. Stores of different kinds in one directory need
     * suffixes of which none ends in another.
     *
     * @param suffix a dot and up to 63 of {@code a-z}, {@code 0-9}, {@code .}, {@code _} and {@code
     *     -}, ending in a letter or digit and not in {@code .key}
     * @return this builder
     * @throws InvalidOptionException if it is none
     */
    public Builder suffix(String suffix) {
      return set(FileOptions.SUFFIX, suffix);
    }

    /**
     * Sets what a write that has returned survives.
     *
     * @param durability the durability
     * @return this builder
     */
    public Builder durability(Durability durability) {
      return set(FileOptions.DURABILITY, durability);
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
     * Sets how long an entry lives unless it is written with a time to live of its own, and makes
     * the store one that has {@link Capability#EXPIRY}. All openers of a directory must give the
     * same.
     *
     * @param expiration how long, longer than zero
     * @return this builder
     * @throws InvalidOptionException if it is not
     */
    public Builder expiration(Duration expiration) {
      return set(StandardOptions.EXPIRATION, expiration);
    }

    /**
     * Makes the store one that has {@link Capability#EXPIRY} without an expiration: entries that
     * are written without a time to live stay. All openers of a directory must do the same.
     *
     * @return this builder
     */
    public Builder expiring() {
      return set(FileOptions.EXPIRING, true);
    }

    /**
     * Sets the clock by which entries are dated and expire.
     *
     * @param clock the clock
     * @return this builder
     */
    public Builder clock(InstantSource clock) {
      return set(StandardOptions.CLOCK, clock);
    }

    Builder disk(Disk disk) {
      this.disk = disk;
      return this;
    }

    /** Opens the store, as {@link FileStore#open(StorageOptions)} does. */
    @Override
    public FileStore open() {
      return FileStore.open(options(), disk);
    }
  }
}
