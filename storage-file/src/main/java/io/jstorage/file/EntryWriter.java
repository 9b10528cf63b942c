package io.jstorage.file;

import io.jstorage.RemovalCause;
import io.jstorage.spi.ByteStoreException;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes and deletes entries, each change under the lock that all writers share. */
final class EntryWriter {
  private final OpenDirectory directory;
  private final Disk disk;
  private final EntryReader reader;
  private final EntryTimes times;
  private final ExpiredEntries expired;
  private final ChangeLog log;

  EntryWriter(
      OpenDirectory directory,
      EntryReader reader,
      EntryTimes times,
      ExpiredEntries expired,
      ChangeLog log) {
    this.directory = directory;
    this.disk = directory.disk;
    this.reader = reader;
    this.times = times;
    this.expired = expired;
    this.log = log;
  }

  boolean write(String key, Content content, WriteOptions options) throws IOException {
    DirectoryLock lock = directory.lock();
    String name = directory.names.nameOf(key);
    @Nullable String state = null;
    try (Precondition condition = condition(name, options.condition())) {
      if (!condition.mayHold()) {
        return false;
      }
      try (PreparedFile file = PreparedFile.create(disk, directory.path)) {
        file.write(content);
        times.stamp(file.path(), options.ttl());
        file.finish(directory.durability != Durability.NONE);
        DirectoryLock.Held held = lock.acquire();
        try (held) {
          if (!condition.holds()) {
            return false;
          }
          condition.release();
          state = place(file, name, key) ? "the new value is in place" : "the old value is gone";
        }
        directory.syncNames();
        return true;
      }
    } catch (IOException e) {
      throw state != null ? outcomeUnknown(state, e) : reason(e);
    } finally {
      log.afterRelease();
    }
  }

  /**
   * Gives a file its name. Under the lock.
   *
   * @return false if there is no room for it: then no file has the name any more
   */
  boolean place(PreparedFile file, String name, String key) throws IOException {
    if (!log.beforePut(name, key, file.path())) {
      if (exists(name)) {
        deleteNoted(name, RemovalCause.REPLACED);
        directory.deleteKey(name);
      }
      log.afterPut(false);
      return false;
    }
    if (directory.names.isHashed(name)) {
      placeWithKey(file, name, key);
    } else {
      file.place(directory.file(name));
    }
    log.afterPut(true);
    return true;
  }

  /** The failure of a write is that of the directory if that is gone. */
  IOException reason(IOException e) {
    if (!(e instanceof ByteStoreException)) {
      try {
        directory.checkInPlace();
      } catch (IOException e2) {
        e2.addSuppressed(e);
        return e2;
      }
    }
    return e;
  }

  private Precondition condition(String name, Condition condition) {
    return new Precondition(directory, reader, times, name, condition);
  }

  private void placeWithKey(PreparedFile file, String name, String key) throws IOException {
    boolean keyIsNew = directory.keyFiles.ensure(name, key);
    try {
      file.place(directory.file(name));
    } catch (IOException e) {
      if (keyIsNew) {
        try {
          directory.keyFiles.delete(name);
        } catch (IOException e2) {
          e.addSuppressed(e2);
        }
      }
      throw e;
    }
  }

  boolean delete(String key, Condition wanted) throws IOException {
    DirectoryLock lock = directory.lock();
    String name = directory.names.nameOf(key);
    boolean deleted = false;
    try (Precondition condition = condition(name, wanted)) {
      if (!condition.mayHold() || (directory.missesAreCertain() && !exists(name))) {
        return false;
      }
      boolean live;
      DirectoryLock.Held held = lock.acquire();
      try (held) {
        if (!condition.holds() || !exists(name)) {
          return false;
        }
        condition.release();
        live = !expired.isExpired(name);
        deleteNoted(name, RemovalCause.REMOVED);
        deleted = true;
        directory.deleteKey(name);
      }
      directory.syncNames();
      return live;
    } catch (IOException e) {
      throw deleted ? outcomeUnknown("the value is gone", e) : e;
    } finally {
      log.afterRelease();
    }
  }

  /** Something that is not a regular file exists too, so that deleting the key can repair it. */
  private boolean exists(String name) throws IOException {
    Path file = directory.file(name);
    BasicFileAttributes attributes = disk.attributes(file);
    if (attributes == null) {
      directory.checkInPlace();
    } else if (attributes.isDirectory()) {
      throw EntryReader.notAFile(file, attributes);
    }
    return attributes != null;
  }

  /**
   * Deletes an entry without a condition. Under the lock.
   *
   * @return whether it existed
   */
  boolean deleteLocked(String name) throws IOException {
    if (!exists(name)) {
      return false;
    }
    deleteNoted(name, RemovalCause.REMOVED);
    try {
      directory.deleteKey(name);
    } catch (IOException e) {
      throw outcomeUnknown("the value is gone", e);
    }
    return true;
  }

  private void deleteNoted(String name, RemovalCause cause) throws IOException {
    if (!log.beforeDelete(name, cause)) {
      disk.delete(directory.file(name));
    }
    log.afterDelete();
  }

  /** Attempts every entry, and then throws the first failure if one occurred. */
  void clear() throws IOException {
    DirectoryLock lock = directory.lock();
    IOException failure = null;
    boolean deleted = false;
    try (Stream<String> listed = directory.ownNames()) {
      for (String name : (Iterable<String>) listed::iterator) {
        // A lock that is not free within the time-out ends the whole.
        DirectoryLock.Held held = lock.acquire();
        try (held) {
          deleted |= deleteLocked(name);
        } catch (IOException e) {
          failure = failure == null ? e : failure;
        } finally {
          log.afterRelease();
        }
      }
    }
    try {
      directory.syncNames();
    } catch (IOException e) {
      ByteStoreException unknown = deleted ? outcomeUnknown("the values are gone", e) : null;
      IOException thrown = unknown == null ? e : unknown;
      if (failure != null) {
        thrown.addSuppressed(failure);
      }
      throw thrown;
    }
    if (failure != null) {
      throw failure;
    }
  }

  static ByteStoreException outcomeUnknown(String state, IOException e) {
    return ByteStoreException.outcomeUnknown(
        "%s, but may not survive a power failure: %s".formatted(state, e), e);
  }
}
