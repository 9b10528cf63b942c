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
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An index of a store's files in the order of their last access, kept in step with the journal that
 * all processes append to. Everything but {@link #appendUse} and {@link #close} happens under the
 * directory's lock.
 */
final class SharedIndex implements Closeable {
  private static final String PREFIX = ".jstorage-order";
  private static final String PREFIX_OF_OLD = ".jstorage-order-old";

  /** How many lines a journal may have that a shorter one would not. */
  private static final int SPARE_LINES = 1024;

  /** How far directory, index and journal agree. */
  private enum State {
    /** All three do. */
    CURRENT,
    /** The index may not agree with the directory. */
    DOUBTFUL,
    /** The same, and the journal does not agree with the index. */
    UNWRITTEN,
    /** No journal is open, nor will be. */
    CLOSED
  }

  private final OpenDirectory directory;
  private final Disk disk;
  private final RecencyIndex.Limits limits;
  private final Path file;

  /** The name of the journal while a shorter one takes its place. */
  private final Path old;

  private final AtomicReference<State> state = new AtomicReference<>(State.DOUBTFUL);
  private RecencyIndex index;
  private volatile @Nullable JournalFile journal;

  /** How long a journal may be that could not be shortened. */
  private long compactAt;

  SharedIndex(OpenDirectory directory, RecencyIndex.Limits limits) {
    this.directory = directory;
    this.disk = directory.disk;
    this.limits = limits;
    this.file = directory.file(PREFIX + directory.names.suffix());
    this.old = directory.file(PREFIX_OF_OLD + directory.names.suffix());
    this.index = new RecencyIndex(directory.names, limits);
  }

  RecencyIndex index() {
    return index;
  }

  /** Deletes what a process left that died just after the next journal had taken its place. */
  void deleteOld() throws IOException {
    disk.delete(old);
  }

  /** Appends an access without the lock, and returns whether it is in the journal in place. */
  boolean appendUse(String name) {
    JournalFile current = journal;
    if (current == null) {
      return false;
    }
    try {
      current.append(new JournalLines().add(Kind.GET, name));
      return current.is(disk.attributes(file));
    } catch (IOException e) {
      // It may just have been closed, as another one took its place.
      return false;
    }
  }

  void append(JournalLines lines) throws IOException {
    JournalFile current = journal;
    if (current == null) {
      throw closed();
    }
    current.append(lines);
  }

  private FileSystemException closed() {
    return new FileSystemException(file.toString(), null, "the journal is closed");
  }

  private void read() throws IOException {
    JournalFile current = journal;
    if (current != null) {
      current.read(index::apply);
    }
  }

  /** Closed is for good: a call that close overtook may still be at work. */
  private void become(State next) {
    state.updateAndGet(now -> now == State.CLOSED ? now : next);
  }

  /** Notes that the index may not agree with the directory. */
  void doubt() {
    state.compareAndSet(State.CURRENT, State.DOUBTFUL);
  }

  /** Brings the index up to date, and writes the journal again if it does not agree with it. */
  void refresh() throws IOException {
    catchUp();
    writeAgainIfNeeded();
  }

  void writeAgainIfNeeded() throws IOException {
    if (state.get() == State.UNWRITTEN) {
      rewrite();
    }
  }

  /** Replaces a journal that has many more lines than it needs. */
  void compactIfLong() throws IOException {
    if (index.lines() < Math.max(compactAt, 2L * index.size() + SPARE_LINES)) {
      return;
    }
    try {
      rewrite();
      compactAt = 0;
    } catch (IOException e) {
      // A long journal is as good as a short one, so this is no failure; it is tried again some
      // lines later.
      compactAt = index.lines() + index.size() + SPARE_LINES;
      refresh();
    }
  }

  /** Reads what has been added to the journal, or all of it if another one is in place now. */
  void catchUp() throws IOException {
    if (state.get() == State.CLOSED) {
      throw closed();
    }
    JournalFile current = journal;
    BasicFileAttributes attributes = disk.attributes(file);
    if (attributes == null && disk.attributes(old) != null) {
      // A process moved it away and died before putting the next one in place.
      disk.rename(old, file);
      load();
      doubt();
    } else if (attributes != null && (current == null || !current.is(attributes))) {
      load();
    } else {
      // Not after reading on: others may have appended since the attributes were taken.
      boolean lost = attributes == null || current == null || current.isCut(attributes);
      read();
      if (lost) {
        // Another program deleted or truncated it: its content is known here.
        become(State.UNWRITTEN);
      }
    }
    State agreed = state.get();
    if (agreed != State.CURRENT) {
      // Also if it is unwritten: the lines read since may end in a change that was never made.
      boolean changed = reconcile();
      become(changed || agreed == State.UNWRITTEN ? State.UNWRITTEN : State.CURRENT);
    }
  }

  /**
   * Determines whether the last change in the journal was made: its writer may have died, or
   * failed, before. Only the last one can be in doubt.
   */
  void settle() throws IOException {
    read();
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
    BasicFileAttributes attributes = disk.attributes(directory.file(name));
    boolean there = attributes != null && !attributes.isDirectory();
    if (there != index.contains(name)) {
      append(new JournalLines().add(there ? Kind.PUT : Kind.DELETE, name));
      read();
    }
    index.settle(there ? bytesOf(attributes) : 0);
  }

  /** Looks at the files whose sizes are not known, if their bytes are limited. */
  void measure() throws IOException {
    FileSizes sizes = index.sizes();
    if (sizes != null) {
      for (String name : sizes.unknown()) {
        sizes.set(name, bytesOf(disk.attributes(directory.file(name))));
      }
    }
  }

  /** A file that another program has deleted keeps its place in the order, but has no bytes. */
  private static long bytesOf(@Nullable BasicFileAttributes attributes) {
    return attributes != null && attributes.isRegularFile() ? attributes.size() : 0;
  }

  /** Reads the journal that is in place from its beginning. */
  private void load() throws IOException {
    JournalFile opened = JournalFile.open(disk, file);
    RecencyIndex loaded = new RecencyIndex(directory.names, limits);
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
    if (loaded.version() == null) {
      become(State.UNWRITTEN);
    } else if (state.get() == State.UNWRITTEN) {
      become(State.DOUBTFUL);
    }
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
   * Makes the index agree with the directory: missing files are forgotten, and files that are not
   * in the journal become the least recently used, by time of last modification.
   *
   * @return whether they disagreed
   */
  private boolean reconcile() throws IOException {
    Set<String> present = new HashSet<>();
    try (Stream<String> listed = Listing.lazily(disk, directory.path)) {
      for (String name : (Iterable<String>) listed::iterator) {
        if (directory.keyOfLocked(name) != null) {
          present.add(name);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    boolean changed = index.retain(present);
    List<Unknown> unknown = new ArrayList<>();
    for (String name : present) {
      if (!index.contains(name)) {
        BasicFileAttributes attributes = disk.attributes(directory.file(name));
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
   * Puts a new journal in place with the same content in as few lines as possible. The old one is
   * moved away first: lines that were appended before are read here, and a process that appends
   * later finds it no longer in place and appends again to the new one. A process that dies in
   * between leaves the old one for {@link #catchUp}.
   */
  private void rewrite() throws IOException {
    JournalFile replaced = journal;
    try (PreparedFile next = PreparedFile.create(disk, directory.path)) {
      next.write(Content.of(index.toJournal()));
      next.finish(false);
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
      become(State.CURRENT);
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
    if (next != null && state.get() == State.CLOSED) {
      // Closed while this one was being opened.
      use(null);
    }
  }

  @Override
  public void close() {
    state.set(State.CLOSED);
    use(null);
  }
}
