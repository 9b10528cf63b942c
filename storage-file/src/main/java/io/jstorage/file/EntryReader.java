package io.jstorage.file;

import io.jstorage.Entry;
import io.jstorage.spi.ByteStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries. A reader takes no lock if the file system is known to replace files in one step;
 * otherwise a reader that finds nothing looks again under the lock.
 */
final class EntryReader {
  /** How often a file may be replaced while it is read before the lock keeps its writers out. */
  private static final int ATTEMPTS = 16;

  private final OpenDirectory directory;
  private final Disk disk;
  private final EntryTimes times;
  private final ExpiredEntries expired;

  EntryReader(OpenDirectory directory, EntryTimes times, ExpiredEntries expired) {
    this.directory = directory;
    this.disk = directory.disk;
    this.times = times;
    this.expired = expired;
  }

  byte @Nullable [] read(String name) throws IOException {
    if (times.expire()) {
      Snapshot snapshot = live(name);
      return snapshot == null ? null : snapshot.bytes();
    }
    Path file = directory.file(name);
    IOException failure = null;
    try {
      byte[] bytes = bytesOf(file);
      if (bytes != null) {
        return bytes;
      }
    } catch (IOException e) {
      failure = e;
    }
    return directory.lookAgain(() -> bytesOf(file), failure);
  }

  @Nullable Entry<byte[]> readEntry(String name) throws IOException {
    Snapshot snapshot = live(name);
    return snapshot == null
        ? null
        : times.describe(
            Entry.of(snapshot.bytes()).withVersion(snapshot.version()), snapshot.modified());
  }

  boolean contains(String name) throws IOException {
    Path file = directory.file(name);
    BasicFileAttributes attributes = null;
    IOException failure = null;
    try {
      attributes = fileAt(file);
    } catch (IOException e) {
      failure = e;
    }
    if (attributes == null) {
      attributes = directory.lookAgain(() -> fileAt(file), failure);
    }
    return attributes != null && isLive(name, attributes.lastModifiedTime());
  }

  /** Opens the file as it is now; what becomes of its name later makes no difference. */
  @Nullable InputStream open(String name) throws IOException {
    Path file = directory.file(name);
    Opened opened = null;
    IOException failure = null;
    try {
      opened = opened(file);
    } catch (IOException e) {
      failure = e;
    }
    if (opened == null) {
      opened = settled(() -> opened(file), failure);
    }
    if (opened != null && !isLive(name, opened.modified)) {
      opened.stream.close();
      return null;
    }
    return opened == null ? null : opened.stream;
  }

  private @Nullable Snapshot live(String name) throws IOException {
    Path file = directory.file(name);
    Snapshot snapshot = null;
    IOException failure = null;
    try {
      snapshot = snapshot(file);
    } catch (IOException e) {
      failure = e;
    }
    if (snapshot == null) {
      snapshot = settled(() -> snapshot(file), failure);
    } else if (!directory.isReadOnly() && times.mayRepeat(snapshot.modified())) {
      // Two files of one time may have had one inode, with another file between them, whose bytes
      // were read. An expired time counts anyway.
      DirectoryLock.Held held = directory.lock().acquire();
      try (held) {
        snapshot = snapshot(file);
      }
    }
    return snapshot != null && isLive(name, snapshot.modified()) ? snapshot : null;
  }

  private boolean isLive(String name, FileTime modified) {
    if (!times.isExpired(modified)) {
      return true;
    }
    expired.deleteIfFree(name);
    return false;
  }

  /** Looks again, and reports a file that is in motion even where the lock keeps writers out. */
  private <T> @Nullable T settled(OpenDirectory.Look<T> look, @Nullable IOException failure)
      throws IOException {
    try {
      return directory.lookAgain(look, failure);
    } catch (ChangingFileException e) {
      throw ByteStoreException.unavailable(String.valueOf(e.getMessage()), e);
    }
  }

  private byte @Nullable [] bytesOf(Path file) throws IOException {
    BasicFileAttributes attributes = fileAt(file);
    return attributes == null ? null : disk.read(file, attributes.size());
  }

  /**
   * Reads bytes and time of one and the same file: the attributes before and after must agree, as a
   * writer may replace the file in between.
   */
  private @Nullable Snapshot snapshot(Path file) throws IOException {
    BasicFileAttributes before = fileAt(file);
    for (int attempt = 0; before != null; attempt++) {
      byte[] bytes = disk.read(file, before.size());
      BasicFileAttributes after = fileAt(file);
      if (bytes != null && isSame(before, after)) {
        return new Snapshot(bytes, before.lastModifiedTime());
      }
      if (attempt == ATTEMPTS) {
        throw new ChangingFileException(file);
      }
      before = after;
    }
    return null;
  }

  /** An open file and the time that it had. */
  private record Opened(InputStream stream, FileTime modified) {}

  private @Nullable Opened opened(Path file) throws IOException {
    BasicFileAttributes before = fileAt(file);
    for (int attempt = 0; before != null; attempt++) {
      InputStream stream = disk.open(file);
      BasicFileAttributes after = stream == null ? fileAt(file) : fileAfter(stream, file);
      if (stream != null) {
        if (isSame(before, after)) {
          return new Opened(stream, before.lastModifiedTime());
        }
        stream.close();
      }
      if (attempt == ATTEMPTS) {
        throw new ChangingFileException(file);
      }
      before = after;
    }
    return null;
  }

  /** Looks at a name after opening it, and closes what was opened if that fails. */
  private @Nullable BasicFileAttributes fileAfter(InputStream stream, Path file)
      throws IOException {
    try {
      return fileAt(file);
    } catch (IOException e) {
      try (stream) {
        throw e;
      }
    }
  }

  /** Whether two looks at a name came upon the same file. */
  static boolean isSame(BasicFileAttributes before, @Nullable BasicFileAttributes after) {
    return after != null
        && before.lastModifiedTime().equals(after.lastModifiedTime())
        && before.size() == after.size()
        && Objects.equals(before.fileKey(), after.fileKey());
  }

  /** Returns the file that has a name; null if nothing has. */
  @Nullable BasicFileAttributes fileAt(Path file) throws IOException {
    BasicFileAttributes attributes = disk.attributes(file);
    if (attributes != null && !attributes.isRegularFile()) {
      throw notAFile(file, attributes);
    }
    return attributes;
  }

  /** Says that something that is no entry is in place of one. */
  static FileSystemException notAFile(Path file, BasicFileAttributes attributes) {
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
}
