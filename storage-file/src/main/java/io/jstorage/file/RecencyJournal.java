package io.jstorage.file;

import io.jstorage.file.JournalLines.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the files of a directory were used, written down in a journal that all
 * processes append to; {@link DiskLruStore} explains how. Everything but {@link #used} happens
 * under the directory's lock.
 */
final class RecencyJournal implements WriteAhead, Closeable {
  private static final String PREFIX = ".jstorage-order";
  private static final String PREFIX_OF_OLD = ".jstorage-order-old";

  /** How many lines a journal may have that a shorter one would not. */
  private static final int SPARE_LINES = 1024;

  /** After how many readings a process looks after the journal, should nobody ever write. */
  private static final int USES_BETWEEN_CARE = 4096;

  private final FileStore files;
  private final Disk disk;
  private final DirectoryLock lock;
  private final int limit;
  private final Path file;

  /** Where the journal is while a shorter one takes its place. */
  private final Path old;

  private final PendingUses pending = new PendingUses();
  private final AtomicLong uses = new AtomicLong();
  private RecencyIndex index;
  private volatile @Nullable JournalFile journal;
  private long compactAt;

  /** Whether the index may not agree with the directory. */
  private boolean doubtful = true;

  /** Whether the journal does not agree with the index. */
  private boolean unwritten;

  private volatile boolean closed;

  private RecencyJournal(FileStore files, int limit) {
    this.files = files;
    this.disk = files.disk;
    this.lock = files.lock;
    this.limit = limit;
    this.file = files.directory.resolve(PREFIX + files.names.suffix());
    this.old = files.directory.resolve(PREFIX_OF_OLD + files.names.suffix());
    this.index = new RecencyIndex(files.names, limit);
  }

  /**
   * Opens the journal of a store, makes it agree with what is in the directory, shortens it if it
   * is long, and makes a limit known to all.
   */
  static RecencyJournal open(FileStore files, int limit) throws IOException {
    RecencyJournal opened = new RecencyJournal(files, limit);
    try {
      files.lock.whileHeld(
          () -> {
            // Also shortens a journal that those who only read, and not much, have made long.
            opened.prepare();
            if (opened.index.limit() != limit) {
              opened.append(new JournalLines().add(Kind.LIMIT, Integer.toString(limit)));
            }
            // What a process left that died just after the next journal had taken its place.
            opened.disk.delete(opened.old);
            return true;
          });
    } catch (IOException | RuntimeException e) {
      opened.use(null);
      throw e;
    }
    return opened;
  }

  /**
   * Writes down that a file was read. What cannot be written down now, as on a full disk, is with
   * the next that can: the value has been read, and that is what was asked for.
   */
  void used(String name) {
    JournalFile current = journal;
    if (current == null || !pending.isEmpty() || !appendUse(current, name)) {
      pending.add(name);
      try {
        lock.whileHeld(
            () -> {
              refresh();
              writePending();
              return true;
            });
      } catch (IOException e) {
        // Pending; and a write, which needs the journal, will say what is wrong with it.
      }
    }
    if (uses.incrementAndGet() % USES_BETWEEN_CARE == 0) {
      try {
        lock.ifFree(
            () -> {
              prepare();
              return true;
            });
      } catch (IOException e) {
        // As above.
      }
    }
  }

  /** Appends to a journal without a lock, and tells whether that is still the one in place. */
  private boolean appendUse(JournalFile current, String name) {
    try {
      current.append(new JournalLines().add(Kind.GET, name));
      return current.is(disk.attributes(file));
    } catch (IOException e) {
      // It may just have been closed, as another one took its place.
      return false;
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
      append(lines);
    } catch (IOException e) {
      pending.giveBack(names);
      throw e;
    }
  }

  @Override
  public void beforePut(String name) throws IOException {
    prepare();
    JournalLines lines = new JournalLines();
    for (String victim : index.victimsOf(name)) {
      files.evict(victim);
      lines.add(Kind.DELETE, victim);
    }
    append(lines.add(Kind.PUT, name));
  }

  @Override
  public boolean beforeDelete(String name) throws IOException {
    catchUp();
    try {
      appendDeletion(name);
      return false;
    } catch (IOException e) {
      // The disk may be full, and what is to be deleted may be all that makes room on it.
      disk.delete(files.directory.resolve(name));
      try {
        appendDeletion(name);
      } catch (IOException e2) {
        // It is gone all the same, and who lists the directory will see it.
        doubtful = true;
      }
      return true;
    }
  }

  private void appendDeletion(String name) throws IOException {
    writeAnewIfNeeded();
    tidy();
    append(new JournalLines().add(Kind.DELETE, name));
  }

  /** Brings the index up to date, and the journal in order, before a change. */
  private void prepare() throws IOException {
    refresh();
    tidy();
  }

  /** Brings the journal in order: nothing pending, nothing in doubt, and not too long. */
  private void tidy() throws IOException {
    writePending();
    read();
    settle();
    if (index.lines() >= Math.max(compactAt, 2L * index.size() + SPARE_LINES)) {
      try {
        rewrite();
        compactAt = 0;
      } catch (IOException e) {
        // A long journal is as good as a short one, so this fails nobody; again some lines later.
        compactAt = index.lines() + index.size() + SPARE_LINES;
        refresh();
      }
    }
  }

  /**
   * Finds out whether the last change in the journal was made: whoever wrote it may have died, or
   * failed, before. Only the last one can be in doubt.
   */
  private void settle() throws IOException {
    JournalFile current = journal;
    if (current != null && current.endsInMidLine()) {
      // A write was cut short. Were it short of the line feed alone, the next lines would make it a
      // line, and one that is not the last.
      append(new JournalLines());
      read();
    }
    String name = index.lastChanged();
    if (name == null) {
      return;
    }
    BasicFileAttributes attributes = disk.attributes(files.directory.resolve(name));
    boolean there = attributes != null && !attributes.isDirectory();
    if (there != index.contains(name)) {
      append(new JournalLines().add(there ? Kind.PUT : Kind.DELETE, name));
      read();
    }
    index.settle();
  }

  /** Brings the index up to date, and writes the journal anew if it does not agree with it. */
  private void refresh() throws IOException {
    catchUp();
    writeAnewIfNeeded();
  }

  private void writeAnewIfNeeded() throws IOException {
    if (unwritten) {
      rewrite();
    }
  }

  /** Reads what has been added to the journal, or all of it if another one is in place now. */
  private void catchUp() throws IOException {
    if (closed) {
      throw new FileSystemException(file.toString(), null, "the journal is closed");
    }
    JournalFile current = journal;
    BasicFileAttributes attributes = disk.attributes(file);
    if (attributes == null && disk.attributes(old) != null) {
      // Somebody moved it away and died before putting the next one in place.
      disk.rename(old, file);
      load();
      doubtful = true;
    } else if (attributes != null && (current == null || !current.is(attributes))) {
      load();
    } else {
      // Not after reading on: others may have appended since the attributes were taken.
      boolean lost = attributes == null || current == null || current.isCut(attributes);
      read();
      if (lost) {
        // Somebody deleted or cut it: what it told is known here.
        doubtful = true;
        unwritten = true;
      }
    }
    if (doubtful || unwritten) {
      // The latter as well: what has been read since may end in a change that nobody made.
      unwritten |= reconcile();
      doubtful = false;
    }
  }

  private void read() throws IOException {
    JournalFile current = journal;
    if (current != null) {
      current.read(index::apply);
    }
  }

  private void append(JournalLines lines) throws IOException {
    JournalFile current = journal;
    if (current == null) {
      throw new FileSystemException(file.toString(), null, "the journal is closed");
    }
    current.append(lines);
  }

  /** Reads the journal that is in place from its beginning. */
  private void load() throws IOException {
    JournalFile opened = JournalFile.open(disk, file);
    RecencyIndex loaded = new RecencyIndex(files.names, limit);
    try {
      opened.read(loaded::apply);
      checkVersion(loaded.version());
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    index = loaded;
    compactAt = 0;
    use(opened);
    unwritten = loaded.version() == null;
    doubtful |= unwritten;
  }

  private void checkVersion(@Nullable String version) throws IOException {
    if (version != null && !version.equals(JournalLines.VERSION)) {
      throw new FileSystemException(
          file.toString(),
          null,
          "the journal is of version %s, and this release knows version %s; use the one that wrote it, or remove the file"
              .formatted(version, JournalLines.VERSION));
    }
  }

  /**
   * Makes the index agree with the directory: what is not there is forgotten, and what nobody has
   * written down becomes the least recently used, by time of last modification.
   *
   * @return whether they disagreed
   */
  private boolean reconcile() throws IOException {
    Set<String> present = new HashSet<>();
    try (Stream<String> listed = Listing.lazily(disk, files.directory)) {
      listed.filter(name -> files.keyOf(name) != null).forEach(present::add);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    boolean changed = index.retain(present);
    List<Unknown> unknown = new ArrayList<>();
    for (String name : present) {
      if (!index.contains(name)) {
        BasicFileAttributes attributes = disk.attributes(files.directory.resolve(name));
        if (attributes != null && attributes.isRegularFile()) {
          unknown.add(new Unknown(name, attributes.lastModifiedTime()));
        }
      }
    }
    unknown.sort(Comparator.comparing(Unknown::modified).thenComparing(Unknown::name));
    index.addOldest(unknown.stream().map(Unknown::name).toList());
    return changed || !unknown.isEmpty();
  }

  /** A file that the journal does not know. */
  private record Unknown(String name, FileTime modified) {}

  /**
   * Puts a new journal in place that tells the same in as few lines as possible. The old one is
   * moved away first: whoever appended to it before then is read here, and whoever did so later
   * finds it no longer in place and appends again to the new one. A process that dies in between
   * leaves the old one for {@link #catchUp}.
   */
  private void rewrite() throws IOException {
    JournalFile replaced = journal;
    try (PreparedFile next = PreparedFile.write(disk, files.directory, index.toJournal(), false)) {
      JournalFile opened = JournalFile.open(disk, next.path());
      boolean movedAway = false;
      try {
        if (disk.attributes(file) != null) {
          disk.rename(file, old);
          movedAway = true;
        }
        if (replaced != null) {
          JournalLines tail = new JournalLines();
          replaced.read(
              (kind, argument) -> {
                // Here and now, as it is not read again if this fails.
                index.apply(kind, argument);
                tail.add(kind, argument);
              });
          if (!tail.isEmpty()) {
            opened.append(tail);
          }
        }
        opened.read((kind, argument) -> {});
        next.place(file);
      } catch (IOException e) {
        abandon(opened, movedAway, e);
        throw e;
      }
      index.rewritten();
      use(opened);
      unwritten = false;
    }
    try {
      disk.delete(old);
    } catch (IOException e) {
      // The next one takes its name, or the next opening deletes it.
    }
  }

  private void abandon(JournalFile opened, boolean movedAway, IOException cause) {
    try (opened) {
      if (movedAway) {
        disk.rename(old, file);
      }
    } catch (IOException e) {
      // Then the next call of catchUp does it.
      cause.addSuppressed(e);
    }
  }

  /** Makes an open journal, or none, the current one, and closes the one before. */
  private void use(@Nullable JournalFile next) {
    JournalFile before = journal;
    journal = next;
    if (before != null) {
      try {
        before.close();
      } catch (IOException e) {
        // All that was written to it was written without a buffer.
      }
    }
    if (next != null && closed) {
      // Closed while this one was being opened.
      use(null);
    }
  }

  /** Writes down what is pending, and closes the journal in any case. */
  @Override
  public void close() throws IOException {
    try {
      if (!pending.isEmpty()) {
        lock.whileHeld(
            () -> {
              refresh();
              writePending();
              return true;
            });
      }
    } finally {
      closed = true;
      use(null);
    }
  }
}
