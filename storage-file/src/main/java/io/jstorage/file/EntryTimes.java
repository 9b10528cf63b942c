package io.jstorage.file;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.spi.Capabilities;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The times of a store's entries, kept as the times of modification of their files: of their
 * deadlines in a store whose entries expire, of their writing in any other.
 */
final class EntryTimes {
  /** More than a file system cuts off: FAT keeps every second second. */
  private static final Duration COARSEST = Duration.ofSeconds(2);

  /** The latest times of file systems with 32 bits for seconds, with and without a sign. */
  private static final FileTime[] LATEST_OF_32_BITS = {
    FileTime.from(Instant.ofEpochSecond((1L << 32) - 1)),
    FileTime.from(Instant.ofEpochSecond(Integer.MAX_VALUE))
  };

  private final Disk disk;
  private final @Nullable Expiration expiration;
  private final @Nullable InstantSource clock;
  private final boolean keptForCertain;

  /**
   * Makes the times of a store.
   *
   * @param expiration null if entries do not expire
   * @param clock null for the system's, by which the file system dates files itself
   */
  EntryTimes(
      OpenDirectory directory, @Nullable Expiration expiration, @Nullable InstantSource clock) {
    this.disk = directory.disk;
    this.keptForCertain = directory.keepsTimes();
    this.expiration = expiration;
    this.clock = clock;
  }

  Capabilities capabilities() {
    return expiration != null
        ? Capabilities.of(Capability.ATOMIC, Capability.EXPIRY)
        : Capabilities.of(Capability.ATOMIC, Capability.WRITE_TIME)
            .without(
                Capability.EXPIRY,
                "open it with the option 'expiration', or with 'expiring' if entries without a time to live must not expire");
  }

  boolean expire() {
    return expiration != null;
  }

  boolean isExpired(FileTime modified) {
    return expiration != null && expiration.isOver(modified, now());
  }

  /**
   * Whether two live files may have been given the same time with a third one between them: by a
   * clock of the user's, which may not advance, or by a file system that keeps whole seconds.
   */
  boolean mayRepeat(FileTime modified) {
    return expiration != null
        && (clock != null || modified.toMillis() % 1_000 == 0)
        && !isExpired(modified);
  }

  private Instant now() {
    return clock == null ? Instant.now() : clock.instant();
  }

  /** Adds the time of a file to its entry. */
  Entry<byte[]> describe(Entry<byte[]> entry, FileTime modified) {
    if (expiration == null) {
      return entry.withWrittenAt(modified.toInstant());
    }
    return expiration.isNever(modified)
        ? entry
        : entry.withExpiresAt(expiration.deadlineOf(modified));
  }

  /** Dates a file that has just been written. */
  void stamp(Path file, @Nullable Duration ttl) throws IOException {
    if (expiration != null) {
      stampDeadline(file, expiration, expiration.modifiedFor(now(), ttl));
    } else if (clock != null) {
      disk.setModified(file, FileTime.from(clock.instant()));
    }
  }

  /**
   * Gives a file a deadline, and reads it back if it may have been truncated or wrapped: a value
   * must not be acknowledged and then gone.
   */
  private void stampDeadline(Path file, Expiration expiration, FileTime wanted) throws IOException {
    disk.setModified(file, wanted);
    if (keptForCertain && wanted.compareTo(LATEST_OF_32_BITS[1]) <= 0) {
      return;
    }
    FileTime kept = modified(file);
    if (isClose(kept, wanted)) {
      if (kept.compareTo(wanted) < 0 && expiration.isOver(kept, now())) {
        // All of a short time to live was cut off.
        disk.setModified(file, FileTime.from(wanted.toInstant().plus(COARSEST)));
      }
      return;
    }
    for (FileTime latest : LATEST_OF_32_BITS) {
      if (latest.compareTo(wanted) < 0) {
        disk.setModified(file, latest);
        if (isClose(modified(file), latest)) {
          return;
        }
      }
    }
    throw new FileSystemException(
        file.toString(),
        null,
        "the file system was given %s as the time of last modification, which is how a deadline is kept, and keeps %s. Open the storage without 'expiration' and 'expiring', and put storage.volatile in front of it"
            .formatted(wanted, kept));
  }

  private FileTime modified(Path file) throws IOException {
    BasicFileAttributes attributes = disk.attributes(file);
    if (attributes == null) {
      throw new FileSystemException(file.toString(), null, "it is gone while it is written");
    }
    return attributes.lastModifiedTime();
  }

  private static boolean isClose(FileTime kept, FileTime wanted) {
    Duration off = Duration.between(kept.toInstant(), wanted.toInstant()).abs();
    return off.compareTo(COARSEST) < 0;
  }
}
