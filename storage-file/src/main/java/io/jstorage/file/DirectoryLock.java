package io.jstorage.file;

import io.jstorage.spi.Backoff;
import io.jstorage.spi.ByteStoreException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock that the writers of one directory share, across threads and processes. Not reentrant. A
 * call waits for it no longer than the time-out, and not after {@link #close}; an interrupt does
 * not end the wait.
 *
 * <p>A thread first holds the mutex of this JVM and then the lock of the file: a file lock belongs
 * to the process.
 */
final class DirectoryLock implements Closeable {
  static final String NAME = LockFile.NAME;

  private static final Duration SHORTEST_PAUSE = Duration.ofNanos(20_000);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(1);

  /** How soon a thread that waits for another one of this JVM notices that the lock was closed. */
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** How long closing waits for the threads that wait to go away; they look once a slice. */
  private static final long CLOSING_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Disk disk;
  private final LockFile.Use file;
  private final long timeoutNanos;

  /**
   * The calls that wait for the lock or hold it: after closing, the last one to end releases it.
   */
  private final AtomicInteger inFlight = new AtomicInteger();

  private final AtomicBoolean released = new AtomicBoolean();
  private volatile boolean closed;

  private DirectoryLock(Disk disk, LockFile.Use file, Duration timeout) {
    this.disk = disk;
    this.file = file;
    this.timeoutNanos = nanosOf(timeout);
  }

  private static long nanosOf(Duration timeout) {
    try {
      return timeout.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  /** The lock while it is held. Closing it frees it, for the one thread that acquired it. */
  final class Held implements Closeable {
    private final FileLock fileLock;

    private Held(FileLock fileLock) {
      this.fileLock = fileLock;
    }

    @Override
    public void close() throws IOException {
      try {
        disk.unlock(fileLock);
      } catch (IOException e) {
        // Nobody could lock again, here or elsewhere, unless the channel goes.
        fileLock.acquiredBy().close();
        throw e;
      } finally {
        mutex().unlock();
        leave();
      }
    }
  }

  /** Opens the lock of a directory, making its file if none exists. */
  static DirectoryLock open(Disk disk, Path directory, Duration timeout) throws IOException {
    DirectoryLock lock = new DirectoryLock(disk, LockFile.open(disk, directory), timeout);
    try {
      lock.keepSpare();
      return lock;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private void keepSpare() throws IOException {
    if (!file.hasSpare()) {
      Held held = tryAcquire();
      if (held != null) {
        try (held) {
          file.makeSpare();
        }
      }
    }
  }

  /**
   * Waits for the lock and holds it.
   *
   * @return the lock, to be closed by the caller
   * @throws ByteStoreException if it was not free within the time-out, if this was closed, or if
   *     the directory is not in place; then nothing was changed
   */
  Held acquire() throws IOException {
    enter();
    FileLock fileLock = null;
    try {
      fileLock = lockNow();
      if (fileLock == null) {
        fileLock = await();
      }
    } finally {
      if (fileLock == null) {
        leave();
      }
    }
    return inPlace(new Held(fileLock));
  }

  /** Holds the lock if it is free, and otherwise returns null at once. */
  @Nullable Held tryAcquire() throws IOException {
    enter();
    FileLock fileLock = null;
    try {
      fileLock = lockNow();
    } finally {
      if (fileLock == null) {
        leave();
      }
    }
    return fileLock == null ? null : inPlace(new Held(fileLock));
  }

  private Held inPlace(Held held) throws IOException {
    try {
      file.checkInPlace();
      return held;
    } catch (IOException | RuntimeException e) {
      try (held) {
        throw e;
      }
    }
  }

  private ReentrantLock mutex() {
    return file.shared().mutex;
  }

  /** Returns the lock with the mutex held, or null with neither. */
  private @Nullable FileLock lockNow() throws IOException {
    if (!mutex().tryLock()) {
      return null;
    }
    FileLock fileLock = null;
    try {
      fileLock = disk.tryLock(file.shared().channel());
      return fileLock;
    } finally {
      if (fileLock == null) {
        mutex().unlock();
      }
    }
  }

  private FileLock await() throws IOException {
    long start = System.nanoTime();
    awaitMutex(start);
    FileLock fileLock = null;
    try {
      Backoff pauses = Backoff.between(SHORTEST_PAUSE, LONGEST_PAUSE);
      while ((fileLock = disk.tryLock(file.shared().channel())) == null) {
        pauses.pause(leftSince(start, "another process"));
      }
      return fileLock;
    } finally {
      if (fileLock == null) {
        mutex().unlock();
      }
    }
  }

  private void awaitMutex(long start) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          long left = leftSince(start, "another thread of this process");
          if (mutex().tryLock(Math.min(left, SLICE_NANOS), TimeUnit.NANOSECONDS)) {
            return;
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private long leftSince(long start, String holder) throws IOException {
    checkOpen();
    long left = timeoutNanos - (System.nanoTime() - start);
    if (left <= 0) {
      throw ByteStoreException.unavailable(
          "%s has been held by %s for longer than the time-out of %s; nothing was changed. A process that was stopped keeps it: let it go on or end it. Otherwise open the storage with a longer 'timeout'"
              .formatted(file.path(), holder, Duration.ofNanos(timeoutNanos)),
          null);
    }
    return left;
  }

  private void checkOpen() throws IOException {
    if (closed) {
      throw ByteStoreException.unavailable(
          "the storage was closed while the call waited for %s; nothing was changed"
              .formatted(file.path()),
          null);
    }
  }

  private void enter() throws IOException {
    inFlight.incrementAndGet();
    // Counted before it looks: closing sets the flag before it counts.
    if (closed) {
      leave();
      checkOpen();
    }
  }

  private void leave() {
    if (inFlight.decrementAndGet() == 0 && closed) {
      release();
    }
  }

  /**
   * Checks that the directory is the one that was opened. A lock on a file that is no longer in
   * place excludes no other process, and an empty mount point is not an empty store. A lock file
   * that was deleted without its second name is restored.
   */
  void checkInPlace() throws IOException {
    file.checkInPlace();
  }

  /**
   * Makes the waiting threads fail. A thread that holds the lock keeps it until its work is done,
   * even after this call: otherwise two writers could hold it at once.
   */
  @Override
  public void close() {
    closed = true;
    long end = System.nanoTime() + CLOSING_NANOS;
    Backoff pauses = Backoff.between(SHORTEST_PAUSE, LONGEST_PAUSE);
    long left;
    while (inFlight.get() > 0 && (left = end - System.nanoTime()) > 0) {
      pauses.pause(left);
    }
    if (inFlight.get() == 0) {
      release();
    }
  }

  private void release() {
    if (released.compareAndSet(false, true)) {
      file.close();
    }
  }

  @Override
  public String toString() {
    return Objects.toString(file.path());
  }
}
