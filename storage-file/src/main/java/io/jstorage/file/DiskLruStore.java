package io.jstorage.file;

import io.jstorage.Capability;
import io.jstorage.Codec;
import io.jstorage.Entry;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.Version;
import io.jstorage.spi.AtomicByteStore;
import io.jstorage.spi.Storages;
import io.jstorage.spi.StreamingByteStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FileStore} that keeps a limited number of files: a write that would exceed the limit
 * deletes the least recently used ones first. A use is a successful write, {@link #read}, {@link
 * #readEntry} and {@link #readStream}; nothing else is. The order is exact, across threads and
 * processes, after reopening and after the crash of a process; after a power failure it may be an
 * older one.
 *
 * <p>Everything that a {@code FileStore} guarantees holds here too. In addition there are never
 * more files than the limit, but for two cases that the next write puts right: a directory that had
 * more when it was opened, and a limit that another opener has lowered. The limit is that of the
 * directory: whoever opens it with another one sets it for all. Overwriting at the limit deletes
 * nobody. Files that other programs delete keep their place in the count until it is their turn or
 * the store is opened again; files that they add count from the next opening on, as the least
 * recently used.
 *
 * <h2>How it works</h2>
 *
 * The idea is that of {@code DiskLruCache} by Jesse Wilson (Android, 2011): the order of use is not
 * in the files, but in a journal next to them, with one line for each write, reading and deletion.
 * The times of last access would not do: reading a file with any program changes them, and most
 * systems hardly keep them. New here is that the processes of a directory share the journal:
 *
 * <ul>
 *   <li>Every line is appended in one step ({@code O_APPEND}), so the journal is the one order of
 *       all uses. An index in memory follows it: a linked hash map that does what the lines say.
 *   <li>A reading appends without a lock. It then looks whether the journal is still the one in
 *       place, and otherwise appends again to the new one.
 *   <li>A write, under the directory's lock, reads the lines that others have added, deletes its
 *       victims, appends, and only then gives the new file its name. So the limit holds at any
 *       moment, and of a process that was killed only the last line can be in doubt: the next write
 *       looks whether the file is there.
 *   <li>A journal that has grown to more than twice the lines it needs is replaced by a short one,
 *       in one step, with the lines that readings have added meanwhile. So a write costs the same
 *       at any limit, but for a rare one that costs as much as there are files.
 *   <li>Opening reads the journal and compares it with one listing of the directory. Files of which
 *       the journal does not tell are taken for the least recently used, the oldest first. So any
 *       damage to the journal costs no more than some of the order.
 * </ul>
 *
 * <p>Reading costs a line in the journal more than that of a {@code FileStore}; an open store keeps
 * the name of each file in memory. Thread-safe. Needs the default file system, and one that gives
 * files an identity, which those of Windows do not.
 */
public final class DiskLruStore implements AtomicByteStore, StreamingByteStore {
  /** {@code suffix}: how the names of the store's files end; {@code .storage.lru} by default. */
  public static final Option<String> SUFFIX = FileStore.SUFFIX.withDefault(".storage.lru");

  /** {@code limit}: how many files there may be; 100 by default. */
  public static final Option<Integer> LIMIT =
      Option.integer("limit")
          .describedAs("How many entries there may be before the least recently used leave.")
          .where(limit -> limit >= 1, "at least 1")
          .withDefault(100);

  /** {@code durability}: what a write that has returned survives; {@code none} by default. */
  public static final Option<Durability> DURABILITY =
      FileStore.DURABILITY.withDefault(Durability.NONE);

  private final FileStore files;
  private final RecencyJournal journal;

  private DiskLruStore(FileStore files, RecencyJournal journal) {
    this.files = files;
    this.journal = journal;
  }

  /**
   * Begins to open a store with a limit of 100, the suffix {@code .storage.lru}, no durability
   * beyond that of a crash, and the system's clock.
   *
   * @param directory the directory; made with its parents, for its owner only, if it is not there
   * @return a builder
   */
  public static Builder at(Path directory) {
    return new Builder(directory);
  }

  @Override
  public byte @Nullable [] read(String key) throws IOException {
    byte[] bytes = files.read(key);
    if (bytes != null) {
      journal.used(files.names.nameOf(key));
    }
    return bytes;
  }

  @Override
  public @Nullable Entry<byte[]> readEntry(String key) throws IOException {
    Entry<byte[]> entry = files.readEntry(key);
    if (entry != null) {
      journal.used(files.names.nameOf(key));
    }
    return entry;
  }

  @Override
  public @Nullable InputStream readStream(String key) throws IOException {
    InputStream bytes = files.readStream(key);
    if (bytes != null) {
      journal.used(files.names.nameOf(key));
    }
    return bytes;
  }

  @Override
  public byte @Nullable [] peek(String key) throws IOException {
    return files.read(key);
  }

  @Override
  public @Nullable Entry<byte[]> peekEntry(String key) throws IOException {
    return files.readEntry(key);
  }

  @Override
  public boolean exists(String key) throws IOException {
    return files.exists(key);
  }

  @Override
  public void write(String key, byte[] bytes) throws IOException {
    files.write(key, bytes);
  }

  @Override
  public void writeStream(String key, InputStream bytes) throws IOException {
    files.writeStream(key, bytes);
  }

  /** A {@code ttl} is never given, as this store is no expiring one. */
  @Override
  public boolean writeIf(
      String key, byte[] bytes, @Nullable Version expected, @Nullable Duration ttl)
      throws IOException {
    return files.writeIf(key, bytes, expected, null);
  }

  @Override
  public boolean delete(String key) throws IOException {
    return files.delete(key);
  }

  @Override
  public boolean deleteIf(String key, Version expected) throws IOException {
    return files.deleteIf(key, expected);
  }

  @Override
  public Stream<String> keys(String prefix) throws IOException {
    return files.keys(prefix);
  }

  @Override
  public void clear() throws IOException {
    files.clear();
  }

  @Override
  public Set<Capability> capabilities() {
    return files.capabilities();
  }

  @Override
  public int maxKeyBytes() {
    return files.maxKeyBytes();
  }

  @Override
  public void close() throws IOException {
    try {
      journal.close();
    } finally {
      files.close();
    }
  }

  /** Names the directory and the suffix. */
  @Override
  public String toString() {
    return files.toString();
  }

  /** Opens stores. Not thread-safe. */
  public static final class Builder {
    private final FileStore.Builder files;
    private int limit = LIMIT.defaultValue().orElseThrow();

    private Builder(Path directory) {
      this.files =
          FileStore.at(directory)
              .suffix(SUFFIX.defaultValue().orElseThrow())
              .durability(DURABILITY.defaultValue().orElseThrow());
    }

    /**
     * Sets how many files there may be, in this store and all others of the directory and suffix.
     *
     * @param limit how many, at least 1
     * @return this builder
     * @throws io.jstorage.InvalidOptionException if it is less
     */
    public Builder limit(int limit) {
      this.limit = LIMIT.parse(limit);
      return this;
    }

    /**
     * Sets how the names of the store's files end, as {@link FileStore.Builder#suffix} does.
     *
     * @param suffix the suffix
     * @return this builder
     * @throws io.jstorage.InvalidOptionException if it is none
     */
    public Builder suffix(String suffix) {
      files.suffix(suffix);
      return this;
    }

    /**
     * Sets what a write that has returned survives. It is the value that survives; the order of use
     * may be an older one after a power failure, with any durability.
     *
     * @param durability the durability
     * @return this builder
     */
    public Builder durability(Durability durability) {
      files.durability(durability);
      return this;
    }

    /**
     * Sets the clock by which entries are dated.
     *
     * @param clock the clock
     * @return this builder
     */
    public Builder clock(InstantSource clock) {
      files.clock(clock);
      return this;
    }

    Builder disk(Disk disk) {
      files.disk(disk);
      return this;
    }

    /**
     * Opens the store, as {@link FileStore.Builder#open} does, and its journal.
     *
     * @return the store, to be closed by the caller or with the storage it becomes part of
     * @throws StorageException if the directory or the journal cannot be used
     */
    public DiskLruStore open() {
      RecencyJournal[] journal = new RecencyJournal[1];
      FileStore opened =
          files.writeAhead(store -> journal[0] = RecencyJournal.open(store, limit)).open();
      return new DiskLruStore(opened, journal[0]);
    }

    /**
     * Opens the store as a storage.
     *
     * @param codec how values become bytes
     * @param <V> the type of the values
     * @return the storage, to be closed by the caller
     * @throws StorageException as {@link #open()} does
     */
    public <V> Storage<V> storage(Codec<V> codec) {
      Objects.requireNonNull(codec, "codec");
      return Storages.of(open(), codec);
    }
  }
}
