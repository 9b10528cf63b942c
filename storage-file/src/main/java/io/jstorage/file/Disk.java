package io.jstorage.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The system calls of a store, one method each; tests override them to record and to fail them.
 * None follows a link in place of a file, none is broken off by an interrupt, and none clears the
 * flag of one.
 */
class Disk {
  static final Disk SYSTEM = new Disk();

  /** 1 MiB. The JDK keeps a native buffer of the size of a thread's largest read for good. */
  private static final int READ_BYTES = 1 << 20;

  /** The longest array that every JVM makes. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  /** Where replacing a file leaves its place in the directory as it is. */
  private static final Set<String> LISTING_IN_PLACE = Set.of("ext2", "ext3", "ext4", "xfs");

  /** Makes a directory for its owner only; one that is there already is fine. */
  void createDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, permissions(directory, "rwx------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
  }

  /** Makes and opens a file for its owner only; one that is there already is an error. */
  FileOutputStream create(Path file) throws IOException {
    Files.createFile(file, permissions(file, "rw-------"));
    try {
      // Not a channel: an interrupt would close it. To append: ext4 takes the truncation, though of
      // an empty file, for the start of an overwrite and writes the file out when it is closed.
      return new FileOutputStream(file.toFile(), true);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static FileAttribute<?>[] permissions(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  void write(FileOutputStream file, byte[] bytes) throws IOException {
    file.write(bytes);
  }

  void setModified(Path file, FileTime modified) throws IOException {
    Files.setLastModifiedTime(file, modified);
  }

  void sync(FileOutputStream file) throws IOException {
    file.getFD().sync();
  }

  /** Gives a file another name in one step, in place of what has it. */
  void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes what has a name; nothing is fine. */
  void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  /** Makes the names in a directory durable, where the system knows how to. */
  void syncDirectory(Path directory) throws IOException {
    if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
          channel.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns what a name stands for, without following a link; null if for nothing. */
  @Nullable BasicFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Reads a file as it was when it was opened, or returns null if there is none. */
  byte @Nullable [] read(Path file) throws IOException {
    // Files.newInputStream reads uninterruptibly; the channel of newByteChannel would not.
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      int size = in.available();
      if (size > MAX_BYTES) {
        throw new FileSystemException(file.toString(), null, "it is too large to be a value");
      }
      byte[] bytes = new byte[size];
      int length = 0;
      while (length < size) {
        int read = in.read(bytes, length, Math.min(size - length, READ_BYTES));
        if (read < 0) {
          return Arrays.copyOf(bytes, length);
        }
        length += read;
      }
      return bytes;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Opens a file as it is now, or returns null if there is none. */
  @Nullable InputStream open(Path file) throws IOException {
    try {
      // As in read, it reads uninterruptibly.
      return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Opens a file to which every write adds at the end, wherever others have moved that. */
  OutputStream openToAppend(Path file) throws IOException {
    // As newInputStream, it writes uninterruptibly.
    return Files.newOutputStream(
        file, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Adds bytes at the end.
   *
   * @throws AsynchronousCloseException if another thread closes the file meanwhile
   */
  void append(OutputStream file, byte[] bytes) throws IOException {
    try {
      file.write(bytes);
    } catch (RuntimeException e) {
      // The JDK's stream throws it when a write returns 0, as it does once the file is closed.
      AsynchronousCloseException closed = new AsynchronousCloseException();
      closed.addSuppressed(e);
      throw closed;
    }
  }

  /** Opens a file to be read on as it grows. */
  InputStream openToRead(Path file) throws IOException {
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Fills a buffer from an offset; returns how much there was, nothing or less at the end. */
  int readOn(InputStream file, byte[] buffer, int offset) throws IOException {
    return file.read(buffer, offset, buffer.length - offset);
  }

  /** Opens a listing, which the caller closes. */
  @SuppressWarnings("StreamResourceLeak")
  DirectoryStream<Path> list(Path directory) throws IOException {
    return Files.newDirectoryStream(directory);
  }

  /**
   * Tells whether a listing of a directory sees every file that was there throughout, even one that
   * is replaced meanwhile. On tmpfs and btrfs it does not: the replacement takes a new place, which
   * the listing may have passed already.
   */
  boolean listsInPlace(Path directory) {
    try {
      return LISTING_IN_PLACE.contains(Files.getFileStore(directory).type());
    } catch (IOException e) {
      return false;
    }
  }

  /** Opens the lock file. */
  FileChannel openLock(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /** Locks the lock file, or returns null if somebody else has. */
  @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another copy of this class, of another class loader in this JVM.
      return null;
    }
  }

  void unlock(FileLock lock) throws IOException {
    lock.release();
  }
}
