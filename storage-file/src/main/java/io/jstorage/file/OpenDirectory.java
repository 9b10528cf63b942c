package io.jstorage.file;

import io.jstorage.spi.Backoff;
import io.jstorage.spi.ByteStoreException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory that a store has open: its names, its lock, and what its file system guarantees. On a
 * read-only medium it has no lock and can only be read.
 */
final class OpenDirectory implements Closeable {
  final Disk disk;
  final Path path;
  final FileNames names;
  final Durability durability;
  final KeyFiles keyFiles;
  private final FileSystemTraits traits;
  private final @Nullable DirectoryLock lock;

  /** The directory itself, for one that has no lock file to tell. */
  private final @Nullable Object identity;

  private OpenDirectory(
      Disk disk,
      Path path,
      FileNames names,
      Durability durability,
      FileSystemTraits traits,
      @Nullable DirectoryLock lock)
      throws IOException {
    this.disk = disk;
    this.path = path;
    this.names = names;
    this.durability = durability;
    this.keyFiles = new KeyFiles(disk, path, names, durability);
    this.traits = traits;
    this.lock = lock;
    this.identity = lock == null ? identity(disk.attributes(path)) : null;
  }

  private static @Nullable Object identity(@Nullable BasicFileAttributes attributes) {
    return attributes == null ? null : attributes.fileKey();
  }

  /**
   * Opens a directory: makes it if it does not exist, determines the guarantees of its file system,
   * and deletes files that killed writers have left behind.
   */
  static OpenDirectory open(
      Disk disk, Path given, String suffix, Durability durability, Duration timeout)
      throws IOException {
    Path path = StoreDirectory.absolute(given);
    DirectoryLock lock;
    try {
      StoreDirectory.prepare(disk, path, durability);
      lock = DirectoryLock.open(disk, path, timeout);
    } catch (AccessDeniedException | ByteStoreException e) {
      throw e;
    } catch (IOException e) {
      if (!disk.isReadOnly(path)) {
        throw e;
      }
      // Reading takes no lock. Without names to probe, the longest are those of most systems.
      FileSystemTraits traits = traitsOf(disk, path);
      return new OpenDirectory(disk, path, new FileNames(suffix), durability, traits, null);
    }
    try {
      FileSystemTraits traits = traitsOf(disk, path);
      int longest =
          traits.renamesInOneStep()
              ? FileNames.MAX_BYTES
              : NameLimit.probe(disk, path, FileNames.shortestLimit(suffix));
      OpenDirectory opened =
          new OpenDirectory(disk, path, new FileNames(suffix, longest), durability, traits, lock);
      StoreDirectory.sweep(opened);
      return opened;
    } catch (IOException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private static FileSystemTraits traitsOf(Disk disk, Path path) {
    try {
      return FileSystemTraits.of(disk.fileSystemType(path));
    } catch (IOException e) {
      return FileSystemTraits.of(null);
    }
  }

  /** Returns where the file of a name is. */
  Path file(String name) {
    return path.resolve(name);
  }

  /** Whether a file system is known to keep every time of modification that is likely to be set. */
  boolean keepsTimes() {
    return traits.renamesInOneStep();
  }

  /** Whether its file system is known, and one of this machine. */
  boolean isKnown() {
    return traits.renamesInOneStep();
  }

  /**
   * Whether a name under which nothing was found had nothing under it. On some file systems a file
   * that is replaced is not found for a moment; there only the lock's holder knows.
   */
  boolean missesAreCertain() {
    return traits.renamesInOneStep() || lock == null;
  }

  /** Checks that the directory is still the one that was opened: only then is a miss one. */
  void checkInPlace() throws IOException {
    if (lock != null) {
      lock.checkInPlace();
    } else if (!Objects.equals(identity(disk.attributes(path)), identity)) {
      throw ByteStoreException.unavailable(
          "%s is gone: it was deleted, replaced or unmounted while the storage was open. Put it back, or close the storage and open it again"
              .formatted(path),
          null);
    }
  }

  boolean isReadOnly() {
    return lock == null;
  }

  /** Acquires the lock if it is free; null if it is not, or on a read-only medium. */
  DirectoryLock.@Nullable Held tryAcquire() throws IOException {
    return lock == null ? null : lock.tryAcquire();
  }

  /** Acquires the lock if it is free within some time; null otherwise. */
  DirectoryLock.@Nullable Held tryAcquire(Duration patience) throws IOException {
    long start = System.nanoTime();
    Backoff pauses = Backoff.between(Duration.ofNanos(20_000), Duration.ofMillis(1));
    DirectoryLock.Held held;
    long left;
    while ((held = tryAcquire()) == null
        && lock != null
        && (left = patience.toNanos() - (System.nanoTime() - start)) > 0) {
      pauses.pause(left);
    }
    return held;
  }

  /** Returns the lock of all writers; throws on a read-only medium. */
  DirectoryLock lock() throws IOException {
    if (lock == null) {
      throw ByteStoreException.accessDenied(
          "%s is on a read-only medium, so the storage was opened for reading. To write, make the medium writable and open the storage again"
              .formatted(path),
          null);
    }
    return lock;
  }

  /** One of several looks at files that need not agree where a file is being replaced. */
  @FunctionalInterface
  interface Look<T> {
    @Nullable T look() throws IOException;
  }

  /**
   * Looks again if a first look found nothing or failed, and may have met a file that was being
   * replaced.
   *
   * @param failure how the first look failed; null if it found nothing
   */
  <T> @Nullable T lookAgain(Look<T> look, @Nullable IOException failure) throws IOException {
    if (failure instanceof AccessDeniedException) {
      throw failure;
    }
    boolean changing = failure instanceof ChangingFileException;
    if (lock == null || (traits.renamesInOneStep() && !changing)) {
      if (failure != null) {
        throw failure;
      }
      checkInPlace();
      return null;
    }
    DirectoryLock.Held held = lock.acquire();
    try (held) {
      return look.look();
    }
  }

  /**
   * Lists the names of all files, each once, and none omitted that exists throughout. If the file
   * system itself guarantees that, the names are read lazily; otherwise all are read at once, while
   * the lock keeps files from being replaced.
   */
  Stream<String> list() throws IOException {
    checkInPlace();
    if (traits.listsInPlace()) {
      return Listing.lazily(disk, path);
    }
    if (lock == null) {
      return all().stream();
    }
    DirectoryLock.Held held = lock.acquire();
    try (held) {
      return all().stream();
    }
  }

  private List<String> all() throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<String> lazily = Listing.lazily(disk, path)) {
      lazily.forEach(all::add);
      return all;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Lists the names of this store's own files; not under the lock. */
  Stream<String> ownNames() throws IOException {
    return list().filter(name -> keyOf(name) != null);
  }

  /** Returns the key of a file, or null if the file is not one of this store's. */
  @Nullable String keyOf(String name) {
    String key = names.keyOf(name);
    if (key != null || !names.isHashed(name)) {
      return key;
    }
    try {
      key = keyFiles.read(name);
      return key != null || missesAreCertain() ? key : lookAgain(() -> keyFiles.read(name), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the key of a file as {@link #keyOf} does, for a holder of the lock. */
  @Nullable String keyOfLocked(String name) throws IOException {
    String key = names.keyOf(name);
    return key != null || !names.isHashed(name) ? key : keyFiles.read(name);
  }

  /** Deletes a file and, if its name is hashed, the one that holds its key. Under the lock. */
  void delete(String name) throws IOException {
    disk.delete(file(name));
    deleteKey(name);
  }

  /** Deletes the key of a file that has been deleted. Under the lock. */
  void deleteKey(String name) throws IOException {
    if (names.isHashed(name)) {
      keyFiles.delete(name);
    }
  }

  /**
   * Makes the names of files that were written or deleted durable, if the durability requires it.
   */
  void syncNames() throws IOException {
    if (durability == Durability.FULL) {
      disk.syncDirectory(path);
    }
  }

  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }

  /** Names the directory and the suffix. */
  @Override
  public String toString() {
    return file("*" + names.suffix()).toString();
  }
}
