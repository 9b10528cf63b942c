package io.jstorage.file;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/** Deletes entries whose deadlines have passed, and never a value that was written after that. */
final class ExpiredEntries {
  private final OpenDirectory directory;
  private final EntryTimes times;

  ExpiredEntries(OpenDirectory directory, EntryTimes times) {
    this.directory = directory;
    this.times = times;
  }

  boolean isExpired(String name) throws IOException {
    if (!times.expire()) {
      return false;
    }
    BasicFileAttributes attributes = directory.disk.attributes(directory.file(name));
    return attributes != null
        && attributes.isRegularFile()
        && times.isExpired(attributes.lastModifiedTime());
  }

  /**
   * Deletes an entry that a reader found expired, if no writer is in progress. The reader's result
   * is the same in any case: an entry that cannot be deleted now is left to the next reader, or to
   * {@link #purge}, which reports the reason.
   */
  void deleteIfFree(String name) {
    try {
      DirectoryLock.Held held = directory.tryAcquire();
      if (held != null) {
        try (held) {
          delete(name);
        }
      }
    } catch (IOException e) {
      // The entry is as absent as if it had been deleted.
    }
  }

  /** Deletes all expired entries, and returns how many. */
  long purge() throws IOException {
    DirectoryLock lock = directory.lock();
    long purged = 0;
    try (Stream<String> listed = directory.ownNames()) {
      for (String name : (Iterable<String>) listed::iterator) {
        if (isExpired(name)) {
          DirectoryLock.Held held = lock.acquire();
          try (held) {
            purged += delete(name) ? 1 : 0;
          }
        }
      }
    }
    return purged;
  }

  /** Under the lock, so that what is judged is what is deleted. */
  private boolean delete(String name) throws IOException {
    boolean expired = isExpired(name);
    if (expired) {
      directory.delete(name);
    }
    return expired;
  }
}
