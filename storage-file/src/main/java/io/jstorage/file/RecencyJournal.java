package io.jstorage.file;

import io.jstorage.RemovalCause;
import io.jstorage.RemovalListener;
import io.jstorage.file.JournalLines.Kind;
import io.jstorage.spi.StatisticsCounters;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Records the accesses to a store's files, and deletes the least recently used ones if a write
 * would exceed the limit. {@link DiskLruStore} explains the journal.
 */
final class RecencyJournal implements ChangeLog, Closeable {
  /**
   * The number of accesses after which a process maintains the journal, even if no process writes.
   */
  private static final int ACCESSES_BETWEEN_CARE = 4096;

  /** How long a reader, and closing, wait for the lock to record accesses. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final OpenDirectory directory;
  private final SharedIndex shared;
  private final PendingUses pending = new PendingUses();
  private final AtomicLong accesses = new AtomicLong();

  /** Null unless somebody wants to know. */
  private final @Nullable StatisticsCounters counts;

  private final @Nullable RemovedFiles removedFiles;

  /**
   * A change that has begun.
   *
   * @param cause why an entry is about to be removed; {@code EVICTED} for a file without room
   * @param entriesAfter how many entries there are after the change
   */
  private record Change(RemovalCause cause, int entriesAfter) {}

  /** The change that has begun last; guarded by the directory's lock. */
  private Change change = new Change(RemovalCause.REMOVED, 0);

  /** How many entries there were after the last change of this object. */
  private volatile int entries;

  private RecencyJournal(
      OpenDirectory directory,
      SharedIndex shared,
      @Nullable StatisticsCounters counts,
      @Nullable RemovalListener<? super byte[]> listener) {
    this.directory = directory;
    this.shared = shared;
    this.counts = counts;
    this.removedFiles = listener == null ? null : new RemovedFiles(directory, listener);
  }

  /**
   * Opens the journal of a directory, makes it agree with what is in it, shortens it if it is long,
   * and makes the limits known to all.
   */
  static RecencyJournal open(
      OpenDirectory directory,
      RecencyIndex.Limits limits,
      @Nullable StatisticsCounters counts,
      @Nullable RemovalListener<? super byte[]> listener)
      throws IOException {
    SharedIndex shared = new SharedIndex(directory, limits);
    RecencyJournal opened = new RecencyJournal(directory, shared, counts, listener);
    try {
      DirectoryLock.Held held = directory.lock().acquire();
      try (held) {
        // Also shortens a journal that processes which only read, and not much, have made long.
        opened.prepare();
        if (!shared.index().agrees(limits)) {
          shared.append(
              new JournalLines()
                  .add(Kind.LIMIT, Integer.toString(limits.files()))
                  .add(Kind.BYTES, Long.toString(limits.bytes())));
        }
        shared.deleteOld();
        opened.entries = shared.index().size();
      }
      return opened;
    } catch (IOException | RuntimeException e) {
      shared.close();
      throw e;
    }
  }

  /**
   * Records that a file was read. If that fails, as on a full disk, it is recorded with the next
   * access that can be: the read itself has succeeded, and must not fail for this.
   */
  void used(String name) {
    boolean nothingPending = pending.isEmpty();
    if (!nothingPending || !shared.appendUse(name)) {
      pending.add(name);
      try {
        // If accesses are pending already, a reader has waited in vain.
        recordPending(nothingPending ? PATIENCE : Duration.ZERO);
      } catch (IOException e) {
        // Pending; and a write, which needs the journal, will say what is wrong with it.
      }
    }
    if (accesses.incrementAndGet() % ACCESSES_BETWEEN_CARE == 0) {
      try {
        DirectoryLock.Held held = directory.tryAcquire();
        if (held != null) {
          try (held) {
            prepare();
          }
        }
      } catch (IOException e) {
        // As above.
      }
    }
  }

  private void recordPending(Duration patience) throws IOException {
    DirectoryLock.Held held = directory.tryAcquire(patience);
    if (held != null) {
      try (held) {
        shared.refresh();
        writePending();
      }
    }
  }

  private void writePending() throws IOException {
    List<String> names = pending.take();
    if (names.isEmpty()) {
      return;
    }
    JournalLines lines = new JournalLines();
    names.forEach(name -> lines.add(Kind.GET, name));
    try {
      shared.append(lines);
    } catch (IOException e) {
      pending.giveBack(names);
      throw e;
    }
  }

  @Override
  public boolean beforePut(String name, String key, Path file) throws IOException {
    prepare();
    shared.measure();
    RecencyIndex index = shared.index();
    long most = index.limits().bytes();
    long bytes = most == 0 ? 0 : bytesOf(file);
    if (bytes > most) {
      change = new Change(RemovalCause.EVICTED, index.size());
      if (removedFiles != null) {
        removedFiles.expect(key, file, RemovalCause.EVICTED);
      }
      return false;
    }
    List<String> victims = index.victimsOf(name, bytes);
    JournalLines lines = new JournalLines();
    for (String victim : victims) {
      evict(victim);
      lines.add(Kind.DELETE, victim);
    }
    begin(
        name,
        RemovalCause.REPLACED,
        index.size() - victims.size() + (index.contains(name) ? 0 : 1));
    shared.append(lines.add(Kind.PUT, name));
    return true;
  }

  @Override
  public void afterPut(boolean placed) {
    end();
    if (counts != null) {
      counts.addPuts(1);
      counts.addEvictions(placed ? 0 : 1);
    }
  }

  private void begin(String name, RemovalCause why, int entriesAfter) {
    change = new Change(why, entriesAfter);
    if (removedFiles != null) {
      removedFiles.expect(name, why);
    }
  }

  private void end() {
    if (removedFiles != null) {
      removedFiles.left();
    }
    entries = change.entriesAfter;
  }

  @Override
  public void afterDelete() {
    end();
    if (counts != null && change.cause == RemovalCause.REMOVED) {
      counts.addRemovals(1);
    }
  }

  @Override
  public void afterRelease() {
    if (removedFiles != null) {
      removedFiles.tell();
    }
  }

  /** How many entries there were, as far as this object has had to know. */
  int entries() {
    return entries;
  }

  private long bytesOf(Path file) throws IOException {
    BasicFileAttributes attributes = directory.disk.attributes(file);
    if (attributes == null) {
      throw new NoSuchFileException(file.toString(), null, "it was just written, and is gone");
    }
    return attributes.size();
  }

  private void evict(String name) throws IOException {
    BasicFileAttributes attributes = directory.disk.attributes(directory.file(name));
    if (attributes != null && !attributes.isDirectory()) {
      if (removedFiles != null) {
        removedFiles.expect(name, RemovalCause.EVICTED);
      }
      directory.delete(name);
      if (removedFiles != null) {
        removedFiles.left();
      }
      if (counts != null) {
        counts.addEvictions(1);
      }
    }
  }

  @Override
  public boolean beforeDelete(String name, RemovalCause why) throws IOException {
    shared.catchUp();
    RecencyIndex index = shared.index();
    begin(name, why, index.size() - (index.contains(name) ? 1 : 0));
    try {
      appendDeletion(name);
      return false;
    } catch (IOException e) {
      // The disk may be full, and what is to be deleted may be all that makes room on it.
      directory.disk.delete(directory.file(name));
      try {
        appendDeletion(name);
      } catch (IOException e2) {
        // It is gone anyway, and a listing of the directory will show it.
        shared.doubt();
      }
      return true;
    }
  }

  private void appendDeletion(String name) throws IOException {
    shared.writeAgainIfNeeded();
    tidy();
    shared.append(new JournalLines().add(Kind.DELETE, name));
  }

  /** Brings the index up to date, and the journal in order, before a change. */
  private void prepare() throws IOException {
    shared.refresh();
    tidy();
  }

  /** Brings the journal in order: nothing pending, nothing in doubt, and not too long. */
  private void tidy() throws IOException {
    writePending();
    shared.settle();
    shared.compactIfLong();
  }

  /**
   * Records what is pending, if the lock is free soon and the disk takes it, and closes the journal
   * in any case: all that can be lost is the order of the last accesses.
   */
  @Override
  public void close() {
    try {
      if (!pending.isEmpty()) {
        recordPending(PATIENCE);
      }
    } catch (IOException e) {
      // The values are safe, and the caller is done with them.
    } finally {
      shared.close();
    }
  }
}
