package io.jstorage.file;

import io.jstorage.Capability;
import io.jstorage.Codec;
import io.jstorage.Entry;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.Version;
import io.jstorage.spi.AtomicByteStore;
import io.jstorage.spi.ByteStoreException;
import io.jstorage.spi.ExpiringByteStore;
import io.jstorage.spi.Keys;
import io.jstorage.spi.StandardOptions;
import io.jstorage.spi.Storages;
import io.jstorage.spi.StreamingByteStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store of one file per key in one directory. A file holds the bytes and nothing else; its name
 * is the key and a suffix, {@code some_key.storage.json}, where what not every file system tells
 * apart is escaped. Any number of stores, threads and processes share a directory; stores of
 * different suffixes do not see each other, and no other file is ever touched.
 *
 * <p>A write is a complete temporary file that takes the name of the entry in one step: readers,
 * which wait for nobody, see the old or the new bytes, and so does the next process after a crash;
 * {@link Durability} says what remains after a power failure. Writes to one key from everywhere are
 * linearizable, conditional ones are decided under a lock that all writers of the directory share.
 * A failed write leaves the old bytes and no temporary file, unless only the last step failed,
 * which makes the new name durable: then the outcome is unknown. An interrupt changes nothing; the
 * thread's flag stays set.
 *
 * <p>Opened with an {@code expiration} the store has {@link Capability#EXPIRY} and keeps an entry's
 * deadline as its file's time of last modification: the deadline is that time plus the expiration,
 * so all openers of a directory give the same one. Copying without times ({@code cp -r}, git)
 * restarts the age; {@code cp -p}, rsync and tar keep it. Without an expiration the store has
 * {@link Capability#WRITE_TIME}.
 *
 * <p>{@link #keys} and {@link #count} may include expired entries. A link, a FIFO or anything else
 * that is not a file in place of an entry is an error for that key only, never followed or opened;
 * writing or deleting the key puts it right, except for a directory. If the directory is deleted,
 * replaced or unmounted, every operation fails; it is not made again.
 *
 * <p>Thread-safe. Needs the default file system.
 */
public final class FileStore implements AtomicByteStore, ExpiringByteStore, StreamingByteStore {
  /** {@code path}: the directory. */
  public static final Option<Path> PATH =
      Option.path("path")
          .describedAs(
              "The directory; by default a private one for the user under the directory for temporary files.");

  /** {@code suffix}: how the names of the store's files end; {@code .storage.json} by default. */
  public static final Option<String> SUFFIX =
      Option.text("suffix")
          .describedAs("How the names of the store's files end.")
          .where(
              FileNames::isSuffix,
              "a dot and up to 63 of a-z, 0-9, '.', '_' and '-', ending in a letter or digit and not in '.key'")
          .withDefault(".storage.json");

  /** {@code durability}: what a write that has returned survives; {@code full} by default. */
  public static final Option<Durability> DURABILITY =
      Option.choice("durability", Durability.class)
          .describedAs("What a write survives: full - a power failure; file, none - a crash.")
          .withDefault(Durability.FULL);

  final Disk disk;
  final Path directory;
  final FileNames names;
  final DirectoryLock lock;
  private final KeyFiles keyFiles;
  private final Durability durability;
  private final @Nullable Expiration expiration;
  private final @Nullable InstantSource clock;
  private final boolean listsInPlace;
  private final WriteAhead writeAhead;

  private FileStore(Builder builder, Path directory, DirectoryLock lock) throws IOException {
    this.disk = builder.disk;
    this.directory = directory;
    this.names = new FileNames(builder.suffix);
    this.keyFiles = new KeyFiles(disk, directory, names, builder.durability);
    this.lock = lock;
    this.durability = builder.durability;
    this.expiration = builder.expiration == null ? null : new Expiration(builder.expiration);
    this.clock = builder.clock;
    this.listsInPlace = disk.listsInPlace(directory);
    StoreDirectory.sweep(disk, directory, names, lock, keyFiles);
    this.writeAhead = builder.writeAhead.open(this);
  }

  /**
   * Begins to open a store with the suffix {@code .storage.json}, full durability, no expiration
   * and the system's clock.
   *
   * @param directory the directory; made with its parents, for its owner only, if it is not there
   * @return a builder
   */
  public static Builder at(Path directory) {
    return new Builder(directory);
  }

  @Override
  public byte @Nullable [] read(String key) throws IOException {
    String name = names.nameOf(key);
    if (expiration != null) {
      Snapshot snapshot = liveSnapshot(name);
      return snapshot == null ? null : snapshot.bytes();
    }
    Path file = directory.resolve(name);
    return presentFile(file) == null ? null : disk.read(file);
  }

  @Override
  public @Nullable Entry<byte[]> readEntry(String key) throws IOException {
    Snapshot snapshot = liveSnapshot(names.nameOf(key));
    if (snapshot == null) {
      return null;
    }
    Entry<byte[]> entry = Entry.of(snapshot.bytes()).withVersion(snapshot.version());
    return expiration == null
        ? entry.withWrittenAt(snapshot.modified().toInstant())
        : entry.withExpiresAt(expiration.deadlineOf(snapshot.modified()));
  }

  @Override
  public boolean exists(String key) throws IOException {
    String name = names.nameOf(key);
    BasicFileAttributes attributes = presentFile(directory.resolve(name));
    if (attributes != null && isExpired(attributes.lastModifiedTime())) {
      cleanUp(name);
      return false;
    }
    return attributes != null;
  }

  /** Takes the file as it is when it is opened; what becomes of the name later is no matter. */
  @Override
  public @Nullable InputStream readStream(String key) throws IOException {
    String name = names.nameOf(Keys.check(key, maxKeyBytes()));
    Path file = directory.resolve(name);
    BasicFileAttributes before = presentFile(file);
    while (before != null) {
      if (isExpired(before.lastModifiedTime())) {
        cleanUp(name);
        return null;
      }
      InputStream opened = disk.open(file);
      if (opened != null && isStill(before, file, opened)) {
        return opened;
      }
      before = presentFile(file);
    }
    return null;
  }

  /** Tells whether an opened file is the one that was seen before, and otherwise closes it. */
  private boolean isStill(BasicFileAttributes before, Path file, InputStream opened)
      throws IOException {
    boolean same = false;
    try {
      same = isUnchanged(before, presentFile(file));
      return same;
    } finally {
      if (!same) {
        opened.close();
      }
    }
  }

  @Override
  public void write(String key, byte[] bytes) throws IOException {
    write(key, Content.of(bytes), null, name -> true);
  }

  @Override
  public void write(String key, byte[] bytes, Duration ttl) throws IOException {
    write(key, Content.of(bytes), ttl, name -> true);
  }

  @Override
  public void writeStream(String key, InputStream bytes) throws IOException {
    write(Keys.check(key, maxKeyBytes()), Content.of(bytes), null, name -> true);
  }

  @Override
  public boolean writeIf(
      String key, byte[] bytes, @Nullable Version expected, @Nullable Duration ttl)
      throws IOException {
    return write(
        key,
        Content.of(bytes),
        ttl,
        expected == null ? this::isAbsent : name -> isVersion(name, expected));
  }

  @Override
  public boolean delete(String key) throws IOException {
    return delete(key, this::isThere);
  }

  @Override
  public boolean deleteIf(String key, Version expected) throws IOException {
    return delete(key, name -> isVersion(name, expected));
  }

  /** What must hold of the entry of a name for a change to be made. */
  @FunctionalInterface
  private interface Condition {
    boolean holds(String name) throws IOException;
  }

  private boolean write(String key, Content content, @Nullable Duration ttl, Condition condition)
      throws IOException {
    String name = names.nameOf(key);
    if (!condition.holds(name)) {
      return false;
    }
    PreparedFile file = prepare(content, ttl);
    try (file) {
      lock.whileHeld(
          () -> {
            boolean holds = condition.holds(name);
            if (holds) {
              place(file, name, key);
            }
            return holds;
          });
      if (file.isPlaced()) {
        syncNames();
      }
      return file.isPlaced();
    } catch (IOException e) {
      throw file.isPlaced() ? outcomeUnknown("the new value is in place", e) : e;
    }
  }

  private PreparedFile prepare(Content content, @Nullable Duration ttl) throws IOException {
    try {
      return PreparedFile.write(
          disk, directory, content, () -> modifiedFor(ttl), durability != Durability.NONE);
    } catch (IOException e) {
      lock.checkInPlace();
      throw e;
    }
  }

  private @Nullable FileTime modifiedFor(@Nullable Duration ttl) {
    if (expiration != null) {
      return expiration.modifiedFor(now(), ttl);
    }
    return clock == null ? null : FileTime.from(clock.instant());
  }

  private void place(PreparedFile file, String name, String key) throws IOException {
    writeAhead.beforePut(name);
    boolean keyIsNew = names.isHashed(name) && keyFiles.ensure(name, key);
    try {
      file.place(directory.resolve(name));
    } catch (IOException e) {
      if (keyIsNew) {
        try {
          keyFiles.delete(name);
        } catch (IOException e2) {
          e.addSuppressed(e2);
        }
      }
      throw e;
    }
  }

  private boolean delete(String key, Condition condition) throws IOException {
    String name = names.nameOf(key);
    if (!condition.holds(name)) {
      return false;
    }
    boolean[] changed = new boolean[1];
    try {
      boolean deleted =
          lock.whileHeld(
              () -> {
                if (!condition.holds(name)) {
                  return false;
                }
                boolean live = !isExpiredFile(directory.resolve(name));
                deleteNoted(name);
                changed[0] = true;
                deleteKey(name);
                return live;
              });
      if (changed[0]) {
        syncNames();
      }
      return deleted;
    } catch (IOException e) {
      throw changed[0] ? outcomeUnknown("the value is gone", e) : e;
    }
  }

  private void deleteNoted(String name) throws IOException {
    if (!writeAhead.beforeDelete(name)) {
      deleteFile(name);
    }
  }

  private void deleteFile(String name) throws IOException {
    disk.delete(directory.resolve(name));
  }

  private void deleteKey(String name) throws IOException {
    if (names.isHashed(name)) {
      keyFiles.delete(name);
    }
  }

  /** Deletes an entry if it is one, without writing that down. Under the lock. */
  void evict(String name) throws IOException {
    BasicFileAttributes attributes = disk.attributes(directory.resolve(name));
    if (attributes != null && !attributes.isDirectory()) {
      deleteFile(name);
      deleteKey(name);
    }
  }

  private void syncNames() throws IOException {
    if (durability == Durability.FULL) {
      disk.syncDirectory(directory);
    }
  }

  private static ByteStoreException outcomeUnknown(String state, IOException e) {
    return ByteStoreException.outcomeUnknown(
        "%s, but may not survive a power failure: %s".formatted(state, e), e);
  }

  @Override
  public Stream<String> keys(String prefix) throws IOException {
    Stream<String> keys =
        listing()
            .mapMulti(
                (name, sink) -> {
                  String key = keyOf(name);
                  if (key != null) {
                    sink.accept(key);
                  }
                });
    return prefix.isEmpty() ? keys : keys.filter(key -> key.startsWith(prefix));
  }

  /** Returns the key of a file, or null if the file is not one of this store's. */
  @Nullable String keyOf(String name) {
    String key = names.keyOf(name);
    if (key != null || !names.isHashed(name)) {
      return key;
    }
    try {
      return keyFiles.read(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Attempts every entry, and then throws the first failure if there was one. */
  @Override
  public void clear() throws IOException {
    IOException failure = null;
    try (Stream<String> listed = names()) {
      for (String name : (Iterable<String>) listed::iterator) {
        try {
          lock.whileHeld(
              () -> {
                boolean there = isThere(name);
                if (there) {
                  deleteNoted(name);
                  deleteKey(name);
                }
                return there;
              });
        } catch (IOException e) {
          failure = failure == null ? e : failure;
        }
      }
    }
    syncNames();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public long purgeExpired() throws IOException {
    long purged = 0;
    try (Stream<String> listed = names()) {
      for (String name : (Iterable<String>) listed::iterator) {
        if (isExpiredFile(directory.resolve(name)) && lock.whileHeld(() -> deleteExpired(name))) {
          purged++;
        }
      }
    }
    return purged;
  }

  /** The names of this store's own files. */
  private Stream<String> names() throws IOException {
    return listing().filter(name -> keyOf(name) != null);
  }

  private Stream<String> listing() throws IOException {
    lock.checkInPlace();
    return Listing.open(disk, directory, lock, listsInPlace);
  }

  private Instant now() {
    return clock == null ? Instant.now() : clock.instant();
  }

  private boolean isExpired(FileTime modified) {
    return expiration != null && expiration.isOver(modified, now());
  }

  private boolean isExpiredFile(Path file) throws IOException {
    BasicFileAttributes attributes = expiration == null ? null : disk.attributes(file);
    return attributes != null
        && attributes.isRegularFile()
        && isExpired(attributes.lastModifiedTime());
  }

  /** Deletes an expired entry. Under the lock, so that what is judged is what is deleted. */
  private boolean deleteExpired(String name) throws IOException {
    boolean expired = isExpiredFile(directory.resolve(name));
    if (expired) {
      deleteNoted(name);
      deleteKey(name);
    }
    return expired;
  }

  /**
   * Deletes an entry that a reader found expired, if no writer is at work. The reader has its
   * answer either way: what cannot be deleted now is for the next one, or for {@link
   * #purgeExpired}, which reports why.
   */
  private void cleanUp(String name) {
    try {
      lock.ifFree(() -> deleteExpired(name));
    } catch (IOException e) {
      // The entry is as absent as if it had been deleted.
    }
  }

  private boolean isAbsent(String name) throws IOException {
    BasicFileAttributes attributes = presentFile(directory.resolve(name));
    return attributes == null || isExpired(attributes.lastModifiedTime());
  }

  /** What is no file is there too: deleting the key is a way to put it right. */
  private boolean isThere(String name) throws IOException {
    Path file = directory.resolve(name);
    BasicFileAttributes attributes = present(file);
    if (attributes != null && attributes.isDirectory()) {
      throw notAFile(file, attributes);
    }
    return attributes != null;
  }

  private boolean isVersion(String name, Version expected) throws IOException {
    Snapshot snapshot = snapshot(directory.resolve(name));
    return snapshot != null
        && !isExpired(snapshot.modified())
        && snapshot.version().equals(expected);
  }

  private @Nullable Snapshot liveSnapshot(String name) throws IOException {
    Snapshot snapshot = snapshot(directory.resolve(name));
    if (snapshot != null && isExpired(snapshot.modified())) {
      cleanUp(name);
      return null;
    }
    return snapshot;
  }

  /**
   * Reads bytes and time of one and the same file: the attributes before and after must agree, as a
   * writer may replace the file in between.
   */
  private @Nullable Snapshot snapshot(Path file) throws IOException {
    BasicFileAttributes before = presentFile(file);
    while (before != null) {
      byte[] bytes = disk.read(file);
      BasicFileAttributes after = presentFile(file);
      if (bytes != null && isUnchanged(before, after)) {
        return new Snapshot(bytes, before.lastModifiedTime());
      }
      before = after;
    }
    return null;
  }

  private static boolean isUnchanged(
      BasicFileAttributes before, @Nullable BasicFileAttributes after) {
    return after != null
        && before.lastModifiedTime().equals(after.lastModifiedTime())
        && Objects.equals(before.fileKey(), after.fileKey());
  }

  /** Returns what has a name, if it is a file; null if nothing has. */
  private @Nullable BasicFileAttributes presentFile(Path file) throws IOException {
    BasicFileAttributes attributes = present(file);
    if (attributes != null && !attributes.isRegularFile()) {
      throw notAFile(file, attributes);
    }
    return attributes;
  }

  private @Nullable BasicFileAttributes present(Path file) throws IOException {
    BasicFileAttributes attributes = disk.attributes(file);
    if (attributes == null) {
      // Only in a directory that is there is nothing a miss.
      lock.checkInPlace();
    }
    return attributes;
  }

  private static FileSystemException notAFile(Path file, BasicFileAttributes attributes) {
    String reason;
    if (attributes.isDirectory()) {
      reason = "in place of an entry there is a directory; delete it";
    } else {
      reason =
          "in place of an entry there is a %s, which is neither followed nor opened; put or remove the key"
              .formatted(attributes.isSymbolicLink() ? "link" : "FIFO, socket or device");
    }
    return new FileSystemException(file.toString(), null, reason);
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(
        Capability.ATOMIC, expiration == null ? Capability.WRITE_TIME : Capability.EXPIRY);
  }

  @Override
  public int maxKeyBytes() {
    return Keys.MAX_BYTES;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  /** Names the directory and the suffix. */
  @Override
  public String toString() {
    return directory.resolve("*" + names.suffix()).toString();
  }

  /** Opens stores. Not thread-safe. */
  public static final class Builder {
    private final Path directory;
    private String suffix = SUFFIX.defaultValue().orElseThrow();
    private Durability durability = DURABILITY.defaultValue().orElseThrow();
    private @Nullable Duration expiration;
    private @Nullable InstantSource clock;
    private Disk disk = Disk.SYSTEM;
    private WriteAhead.Opener writeAhead = files -> WriteAhead.NONE;

    private Builder(Path directory) {
      this.directory = Objects.requireNonNull(directory, "directory");
    }

    /**
     * Sets how the names of the store's files end. Stores of different kinds in one directory need
     * suffixes of which none ends in another.
     *
     * @param suffix a dot and up to 63 of {@code a-z}, {@code 0-9}, {@code .}, {@code _} and {@code
     *     -}, ending in a letter or digit and not in {@code .key}
     * @return this builder
     * @throws io.jstorage.InvalidOptionException if it is none
     */
    public Builder suffix(String suffix) {
      this.suffix = SUFFIX.parse(suffix);
      return this;
    }

    /**
     * Sets what a write that has returned survives.
     *
     * @param durability the durability
     * @return this builder
     */
    public Builder durability(Durability durability) {
      this.durability = Objects.requireNonNull(durability, "durability");
      return this;
    }

    /**
     * Sets how long an entry lives unless it is written with a time to live of its own, and makes
     * the store one that has {@link Capability#EXPIRY}. All openers of a directory give the same.
     *
     * @param expiration how long, longer than zero
     * @return this builder
     * @throws io.jstorage.InvalidOptionException if it is not
     */
    public Builder expiration(Duration expiration) {
      this.expiration = StandardOptions.EXPIRATION.parse(expiration);
      return this;
    }

    /**
     * Sets the clock by which entries are dated and expire.
     *
     * @param clock the clock
     * @return this builder
     */
    public Builder clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    Builder disk(Disk disk) {
      this.disk = disk;
      return this;
    }

    Builder writeAhead(WriteAhead.Opener writeAhead) {
      this.writeAhead = writeAhead;
      return this;
    }

    /**
     * Opens the store: makes the directory if it is not there, and deletes temporary files in it
     * that have been left behind for more than an hour. O(number of files in the directory).
     *
     * @return the store, to be closed by the caller or with the storage it becomes part of
     * @throws StorageAccessDeniedException if the directory may not be listed or written to
     * @throws StorageException if the path is no directory or cannot become one
     */
    public FileStore open() {
      DirectoryLock lock = null;
      try {
        Path prepared = StoreDirectory.prepare(disk, directory, durability);
        lock = DirectoryLock.open(disk, prepared);
        return new FileStore(this, prepared, lock);
      } catch (IOException e) {
        if (lock != null) {
          closeAfter(e, lock);
        }
        String message =
            "cannot open a storage in %s: %s: %s"
                .formatted(directory, e.getClass().getSimpleName(), e.getMessage());
        throw e instanceof AccessDeniedException
            ? new StorageAccessDeniedException(message, e)
            : new StorageException(message, e);
      }
    }

    private static void closeAfter(IOException e, DirectoryLock lock) {
      try {
        lock.close();
      } catch (IOException e2) {
        e.addSuppressed(e2);
      }
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
