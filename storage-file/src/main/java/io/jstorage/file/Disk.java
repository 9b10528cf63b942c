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
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The system calls of a store, one method each; tests override them to record and to fail them.
 * None follows a link in place of a file, is ended by an interrupt, or clears the interrupt flag.
 */
class Disk {
  static final Disk SYSTEM = new Disk();

  /** 1 MiB. The JDK keeps a native buffer of the size of a thread's largest read for good. */
  private static final int READ_BYTES = 1 << 20;

  /** 8 KiB: to copy so much costs less than the two system calls that ask for a length. */
  private static final int SMALL_BYTES = 1 << 13;

  /** For a file whose length was not looked at. */
  static final long UNKNOWN_LENGTH = Long.MAX_VALUE;

  /** The longest array that every JVM makes. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private static final String OS = System.getProperty("os.name");
  static final boolean IS_LINUX = OS.equals("Linux");
  private static final boolean IS_MAC = OS.startsWith("Mac");
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

  /** Makes a directory for its owner only; one that exists already is fine. */
  void createDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, permissions(directory, "rwx------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
  }

  /** Makes and opens a file for its owner only; one that exists already is an error. */
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

  /** Forces an open file to the disk. */
  void sync(FileOutputStream file, Path path) throws IOException {
    if (IS_MAC) {
      // There FileDescriptor.sync leaves the bytes in the drive's cache; a channel does not.
      force(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    } else {
      file.getFD().sync();
    }
  }

  /** Forces what a path leads to to the disk, through a channel of its own. */
  private static void force(Path path, OpenOption... options) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try (FileChannel channel = FileChannel.open(path, options)) {
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

  /**
   * Gives a file a second name.
   *
   * @throws UnsupportedOperationException if the file system has no links
   */
  void link(Path name, Path existing) throws IOException {
    Files.createLink(name, existing);
  }

  /** Gives a file another name in one step, in place of what has it. */
  void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes what has a name; nothing is fine. */
  void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  /** Makes the names in a directory durable, if the system supports that. */
  void syncDirectory(Path directory) throws IOException {
    if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    force(directory, StandardOpenOption.READ);
  }

  /** Returns the attributes of a file, without following a link; null if it does not exist. */
  @Nullable BasicFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Reads a file as it was when it was opened, or returns null if there is none.
   *
   * @param likelyBytes how long it was a moment ago, or {@link #UNKNOWN_LENGTH}; a file of another
   *     length takes longer
   */
  byte @Nullable [] read(Path file, long likelyBytes) throws IOException {
    if (likelyBytes > SMALL_BYTES) {
      return readAll(file);
    }
    byte[] bytes = new byte[(int) likelyBytes + 1];
    int length;
    // Files.newInputStream reads uninterruptibly; the channel of newByteChannel would not.
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      // One system call: the byte that is lacking shows that the file ends here.
      length = Math.max(0, in.read(bytes));
    } catch (NoSuchFileException e) {
      return null;
    }
    return length == likelyBytes ? Arrays.copyOf(bytes, length) : readAll(file);
  }

  private byte @Nullable [] readAll(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return readAll(in, file);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Reads an open file to its end. */
  byte[] readAll(InputStream in, Path file) throws IOException {
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

  /** Opens a file for appending: every write goes to its present end. */
  OutputStream openToAppend(Path file) throws IOException {
    // As newInputStream, it writes uninterruptibly.
    return Files.newOutputStream(
        file, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Adds bytes at the end.
   *
   * @throws AsynchronousCloseException if another thread closes the file concurrently
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

  /** Returns the name of a directory's file system, or null if it is not known for certain. */
  @Nullable String fileSystemType(Path directory) throws IOException {
    if (!IS_LINUX) {
      return Files.getFileStore(directory).type();
    }
    long device = (Long) Files.getAttribute(directory, "unix:dev");
    return MountTable.typeOf(mounts(), device, directory.toRealPath().toString());
  }

  /** Reads the lines of the kernel's table of mounts. */
  List<String> mounts() throws IOException {
    return Files.readAllLines(MOUNTS, StandardCharsets.ISO_8859_1);
  }

  /** Whether nothing may be written to a directory because it lies on a read-only medium. */
  boolean isReadOnly(Path directory) throws IOException {
    return Files.isDirectory(directory) && !Files.isWritable(directory);
  }

  /** Opens the lock file. */
  FileChannel openLock(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /** Locks the lock file, or returns null if it is locked already. */
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
