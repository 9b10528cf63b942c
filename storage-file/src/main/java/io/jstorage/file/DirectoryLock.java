package io.jstorage.file;

import io.jstorage.spi.ByteStoreException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock that the writers of one directory share, across threads and processes. Not reentrant;
 * waiting for it survives interrupts.
 *
 * <p>A file lock belongs to the process and is lost when the process closes any channel of the
 * file. Hence one channel per lock file and JVM, found through a registry, with a mutex in front.
 * {@code FileChannel.lock()} would lose its channel to an interrupt, and report a deadlock where
 * several threads of several processes wait on several files: {@code tryLock()} does neither.
 */
final class DirectoryLock implements Closeable {
  static final String NAME = ".jstorage.lock";

  private static final long SHORTEST_PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(20);
  private static final long LONGEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** Guards {@link #OPEN} and the {@code users} in it. */
  private static final ReentrantLock REGISTRY = new ReentrantLock();

  private static final Map<Object, Shared> OPEN = new HashMap<>();

  private final Disk disk;
  private final Path file;
  private final Shared shared;
  private final AtomicBoolean closed = new AtomicBoolean();

  private DirectoryLock(Disk disk, Path file, Shared shared) {
    this.disk = disk;
    this.file = file;
    this.shared = shared;
  }

  /** What all locks of one lock file in this JVM have in common. */
  private static final class Shared {
    /** The file itself where the system tells, so that it is the same by any path. */
    final Object identity;

    final FileChannel channel;
    final ReentrantLock mutex = new ReentrantLock();
    int users;

    Shared(Object identity, FileChannel channel) {
      this.identity = identity;
      this.channel = channel;
    }
  }

  /** What to do under the lock. */
  @FunctionalInterface
  interface Action {
    /** Returns whether it did something, for whom that matters. */
    boolean run() throws IOException;
  }

  /** Opens the lock of a directory, making its file if there is none. */
  static DirectoryLock open(Disk disk, Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    REGISTRY.lock();
    try {
      Object identity = identity(file, existing(disk, file));
      Shared shared = OPEN.get(identity);
      if (shared == null) {
        shared = new Shared(identity, disk.openLock(file));
        OPEN.put(identity, shared);
      }
      shared.users++;
      return new DirectoryLock(disk, file, shared);
    } finally {
      REGISTRY.unlock();
    }
  }

  private static BasicFileAttributes existing(Disk disk, Path file) throws IOException {
    BasicFileAttributes attributes = disk.attributes(file);
    if (attributes == null) {
      try {
        disk.create(file).close();
      } catch (FileAlreadyExistsException e) {
        // Another process was faster; its file is as good.
      }
      attributes = disk.attributes(file);
    }
    if (attributes == null || !attributes.isRegularFile()) {
      throw new FileSystemException(
          file.toString(), null, "the lock file of a storage must be a regular file; remove it");
    }
    return attributes;
  }

  private static Object identity(Path file, BasicFileAttributes attributes) throws IOException {
    Object key = attributes.fileKey();
    return key != null ? key : file.toRealPath();
  }

  /** Runs an action under the lock. */
  boolean whileHeld(Action action) throws IOException {
    shared.mutex.lock();
    try {
      return run(action, awaitFileLock());
    } finally {
      shared.mutex.unlock();
    }
  }

  /** Runs an action under the lock if nobody holds it; otherwise nothing happens. */
  void ifFree(Action action) throws IOException {
    if (shared.mutex.tryLock()) {
      try {
        FileLock lock = disk.tryLock(shared.channel);
        if (lock != null) {
          run(action, lock);
        }
      } finally {
        shared.mutex.unlock();
      }
    }
  }

  private FileLock awaitFileLock() throws IOException {
    boolean interrupted = false;
    try {
      long park = SHORTEST_PARK_NANOS;
      FileLock lock;
      while ((lock = disk.tryLock(shared.channel)) == null) {
        // An interrupted thread does not park.
        interrupted |= Thread.interrupted();
        LockSupport.parkNanos(park);
        park = Math.min(2 * park, LONGEST_PARK_NANOS);
      }
      return lock;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean run(Action action, FileLock lock) throws IOException {
    Throwable failure = null;
    try {
      checkInPlace();
      return action.run();
    } catch (IOException | RuntimeException e) {
      failure = e;
      throw e;
    } finally {
      release(lock, failure);
    }
  }

  private void release(FileLock lock, @Nullable Throwable failure) throws IOException {
    try {
      disk.unlock(lock);
    } catch (IOException e) {
      // Nobody could lock again, here or elsewhere, unless the channel goes.
      shared.channel.close();
      if (failure == null) {
        throw e;
      }
      failure.addSuppressed(e);
    }
  }

  /**
   * Checks that the directory is the one that was opened. A lock on a file that is no longer there
   * excludes nobody, and an empty mount point is not an empty store.
   */
  void checkInPlace() throws IOException {
    BasicFileAttributes attributes = disk.attributes(file);
    if (attributes == null || !identity(file, attributes).equals(shared.identity)) {
      throw ByteStoreException.unavailable(
          "%s is gone: the directory was deleted, replaced or unmounted while the storage was open. Put it back, or close the storage and open it again"
              .formatted(file),
          null);
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    REGISTRY.lock();
    try {
      if (--shared.users == 0) {
        OPEN.remove(shared.identity, shared);
        // Whoever is at work finishes first. Inside the registry's lock, as a channel that is
        // closed after another one of the file was opened would take that one's lock away.
        shared.mutex.lock();
        try {
          shared.channel.close();
        } finally {
          shared.mutex.unlock();
        }
      }
    } finally {
      REGISTRY.unlock();
    }
  }

  @Override
  public String toString() {
    return Objects.toString(file);
  }
}
