package io.jstorage.file;

import io.jstorage.spi.ByteStoreException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock file of a directory, open once in this JVM however many stores use it: a process that
 * closes any channel of a file loses its locks on it.
 *
 * <p>The file has a second name if the file system supports links. If the first name is lost, it is
 * restored from the second, so that all processes that hold the lock, wait for it, or come later
 * use the same file.
 */
final class LockFile {
  static final String NAME = ".jstorage.lock";
  static final String SPARE_NAME = ".jstorage-spare.lock";

  /** How often the file may be found to be another one than a moment before. */
  private static final int ATTEMPTS = 10;

  /** Guards {@link #OPEN} and the {@code users} in it; it is never held during a system call. */
  private static final ReentrantLock REGISTRY = new ReentrantLock();

  private static final Map<Object, Shared> OPEN = new HashMap<>();

  private LockFile() {}

  /** All that the users of one lock file in this JVM share. */
  static final class Shared {
    /** The file's identity if the system reports it, so that it is the same by any path. */
    final Object identity;

    /** Held by the one thread of this JVM that may lock the file. */
    final ReentrantLock mutex = new ReentrantLock();

    /** Held while channels are opened and closed, and not while a thread waits for the lock. */
    private final ReentrantLock channels = new ReentrantLock();

    /**
     * Every channel of the file. Of two only one is used, but a channel that is closed takes the
     * locks of all away.
     */
    private final List<FileChannel> open = new ArrayList<>();

    private volatile @Nullable FileChannel channel;
    private int users;

    private Shared(Object identity) {
      this.identity = identity;
    }

    FileChannel channel() throws IOException {
      FileChannel current = channel;
      if (current == null) {
        throw ByteStoreException.unavailable("the lock of the directory is closed", null);
      }
      return current;
    }

    private void close() {
      channel = null;
      open.forEach(LockFile::close);
      open.clear();
    }
  }

  /** One store's use of a lock file. */
  static final class Use implements Closeable {
    private final Disk disk;
    private final Path file;
    private final Shared shared;

    private Use(Disk disk, Path file, Shared shared) {
      this.disk = disk;
      this.file = file;
      this.shared = shared;
    }

    Path path() {
      return file;
    }

    Shared shared() {
      return shared;
    }

    /** See {@link DirectoryLock#checkInPlace}. */
    void checkInPlace() throws IOException {
      if (!isInPlace(file) && !(restored() && isInPlace(file))) {
        throw ByteStoreException.unavailable(
            "%s is gone: the directory was deleted, replaced or unmounted while the storage was open, or lost its lock file. Put it back, or close the storage and open it again"
                .formatted(file),
            null);
      }
    }

    private boolean isInPlace(Path name) throws IOException {
      BasicFileAttributes attributes = disk.attributes(name);
      return attributes != null && identity(name, attributes).equals(shared.identity);
    }

    /** Gives the file its first name back, if its second one shows that only that was lost. */
    private boolean restored() throws IOException {
      return isInPlace(spare()) && link(disk, file, spare());
    }

    boolean hasSpare() throws IOException {
      return isInPlace(spare());
    }

    /** Gives the file its second name, where the file system can. Under the lock. */
    void makeSpare() {
      try {
        BasicFileAttributes attributes = disk.attributes(spare());
        if (attributes == null || attributes.isRegularFile()) {
          disk.delete(spare());
          link(disk, spare(), file);
        }
      } catch (IOException e) {
        // Without a second name the loss of the first one is reported and not repaired.
      }
    }

    private Path spare() {
      return file.resolveSibling(SPARE_NAME);
    }

    @Override
    public void close() {
      leave(shared);
    }
  }

  /** Opens the lock file of a directory, making it if none exists. */
  static Use open(Disk disk, Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    List<FileChannel> opened = new ArrayList<>();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Shared shared = enter(identity(file, existing(disk, file)));
      boolean inPlace = false;
      try {
        inPlace = openChannel(disk, file, shared, opened);
      } finally {
        if (!inPlace) {
          leave(shared);
        }
      }
      if (inPlace) {
        return new Use(disk, file, shared);
      }
    }
    opened.forEach(LockFile::close);
    throw new FileSystemException(
        file.toString(),
        null,
        "the lock file was replaced between any two looks at it; open the storage when no program does that");
  }

  /**
   * Opens the channel if it is not open, and returns whether the file in place is still the
   * expected one: on an overlay, a file of a lower layer becomes another one when it is opened for
   * writing.
   *
   * @param opened channels of former attempts, which are of the file that is found in place at last
   */
  private static boolean openChannel(Disk disk, Path file, Shared shared, List<FileChannel> opened)
      throws IOException {
    shared.channels.lock();
    try {
      FileChannel channel = null;
      if (shared.channel == null) {
        channel = disk.openLock(file);
        opened.add(channel);
      }
      BasicFileAttributes now = disk.attributes(file);
      if (now == null || !identity(file, now).equals(shared.identity)) {
        return false;
      }
      shared.open.addAll(opened);
      opened.clear();
      if (channel != null) {
        shared.channel = channel;
      }
      return true;
    } catch (IOException | RuntimeException e) {
      // Closed with the file that they are of, as far as anybody knows.
      shared.open.addAll(opened);
      throw e;
    } finally {
      shared.channels.unlock();
    }
  }

  private static Shared enter(Object identity) {
    REGISTRY.lock();
    try {
      Shared shared = OPEN.computeIfAbsent(identity, Shared::new);
      shared.users++;
      return shared;
    } finally {
      REGISTRY.unlock();
    }
  }

  private static void leave(Shared shared) {
    if (!isLast(shared, 1)) {
      return;
    }
    shared.channels.lock();
    try {
      // A thread that has entered concurrently waits for the channels, and opens one of its own.
      if (isLast(shared, 0)) {
        shared.close();
        // Not before: a channel that is closed after another one of the file was opened would take
        // that one's lock away.
        forget(shared);
      }
    } finally {
      shared.channels.unlock();
    }
  }

  private static boolean isLast(Shared shared, int leaving) {
    REGISTRY.lock();
    try {
      shared.users -= leaving;
      return shared.users == 0;
    } finally {
      REGISTRY.unlock();
    }
  }

  private static void forget(Shared shared) {
    REGISTRY.lock();
    try {
      if (shared.users == 0) {
        OPEN.remove(shared.identity, shared);
      }
    } finally {
      REGISTRY.unlock();
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is gone in any case, and nothing was written through it.
    }
  }

  private static BasicFileAttributes existing(Disk disk, Path file) throws IOException {
    BasicFileAttributes attributes = disk.attributes(file);
    if (attributes == null) {
      Path spare = file.resolveSibling(SPARE_NAME);
      if (!isRegular(disk.attributes(spare)) || !link(disk, file, spare)) {
        try {
          disk.create(file).close();
        } catch (FileAlreadyExistsException e) {
          // Another process was faster; its file is as good.
        }
      }
      attributes = disk.attributes(file);
    }
    if (attributes == null || !attributes.isRegularFile()) {
      throw new FileSystemException(
          file.toString(), null, "the lock file of a storage must be a regular file; remove it");
    }
    return attributes;
  }

  private static boolean isRegular(@Nullable BasicFileAttributes attributes) {
    return attributes != null && attributes.isRegularFile();
  }

  /** Gives a file another name, and returns whether something has that name now. */
  private static boolean link(Disk disk, Path name, Path existing) {
    try {
      disk.link(name, existing);
      return true;
    } catch (FileAlreadyExistsException e) {
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      // A file system without links, or one that may not be written to.
      return false;
    }
  }

  private static Object identity(Path file, BasicFileAttributes attributes) throws IOException {
    Object key = attributes.fileKey();
    return key != null ? key : file.toRealPath();
  }
}
