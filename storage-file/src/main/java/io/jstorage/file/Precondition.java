package io.jstorage.file;

import io.jstorage.Version;
import io.jstorage.spi.Condition;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The condition of one change of one entry. It is checked before anything is written, and again
 * under the lock, just before the change. The slow part, reading and digesting the value, happens
 * before the lock is taken; under the lock the file system only has to say that the file is still
 * the same one.
 */
final class Precondition implements Closeable {
  private final OpenDirectory directory;
  private final EntryReader reader;
  private final EntryTimes times;
  private final Path file;
  private final Condition condition;

  /** The file whose version was found to be the expected one; null if none was. */
  private @Nullable BasicFileAttributes verified;

  /** That file, kept open so that no other file gets its identity. */
  private @Nullable InputStream pinned;

  Precondition(
      OpenDirectory directory,
      EntryReader reader,
      EntryTimes times,
      String name,
      Condition condition) {
    this.directory = directory;
    this.reader = reader;
    this.times = times;
    this.file = directory.file(name);
    this.condition = condition;
  }

  /** Whether the condition may hold; not under the lock. */
  boolean mayHold() throws IOException {
    if (condition.isNone()) {
      return true;
    }
    Version expected = condition.version();
    if (expected != null) {
      return verify(expected);
    }
    // On some file systems an absence is certain only under the lock; a presence always is.
    if (!directory.missesAreCertain()) {
      return true;
    }
    return isAbsent();
  }

  /** Whether the condition holds; under the lock. */
  boolean holds() throws IOException {
    if (condition.isNone()) {
      return true;
    }
    Version expected = condition.version();
    if (expected == null) {
      return isAbsent();
    }
    BasicFileAttributes now = reader.fileAt(file);
    if (now == null || verified == null || times.isExpired(now.lastModifiedTime())) {
      return false;
    }
    if (now.fileKey() != null && EntryReader.isSame(verified, now)) {
      return true;
    }
    // Another file. A version is of bytes and time, so that this one can only be equal if bytes
    // were written once more at the very same time: rare enough to digest them here.
    if (now.size() != verified.size()
        || !now.lastModifiedTime().equals(verified.lastModifiedTime())) {
      return false;
    }
    byte[] bytes = directory.disk.read(file, now.size());
    return bytes != null && Snapshot.version(bytes, now.lastModifiedTime()).equals(expected);
  }

  private boolean isAbsent() throws IOException {
    BasicFileAttributes attributes = reader.fileAt(file);
    return attributes == null || times.isExpired(attributes.lastModifiedTime());
  }

  private boolean verify(Version expected) throws IOException {
    // The lock makes attributes and open file those of one file.
    DirectoryLock.Held held = directory.lock().acquire();
    try (held) {
      verified = reader.fileAt(file);
      if (verified == null || times.isExpired(verified.lastModifiedTime())) {
        return false;
      }
      pinned = directory.disk.open(file);
    }
    if (pinned == null) {
      return false;
    }
    byte[] bytes = directory.disk.readAll(pinned, file);
    return Snapshot.version(bytes, verified.lastModifiedTime()).equals(expected);
  }

  @Override
  public void close() throws IOException {
    release();
  }

  /** Closes the file before it is replaced: some systems keep an open file under another name. */
  void release() throws IOException {
    InputStream open = pinned;
    pinned = null;
    if (open != null) {
      open.close();
    }
  }
}
