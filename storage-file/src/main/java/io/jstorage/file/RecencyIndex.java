package io.jstorage.file;

import io.jstorage.file.JournalLines.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of a store's files in the order of their last access, by the lines of a journal. Their
 * sizes are not in the journal: those of files that it says are new are found by looking at them.
 * Not thread-safe.
 */
final class RecencyIndex {
  private final FileNames fileNames;
  private final LinkedHashMap<String, Boolean> names = new LinkedHashMap<>(16, 0.75f, true);
  private Limits limits;

  /** Whether the journal says what the limit of bytes is. */
  private boolean saysBytes;

  /** Null unless there is a limit of bytes. */
  private @Nullable FileSizes sizes;

  private long lines;
  private @Nullable String version;
  private @Nullable String lastChanged;

  /**
   * How many files may exist, and how many bytes they may have together.
   *
   * @param bytes 0 for any number
   */
  record Limits(int files, long bytes) {}

  /**
   * Makes an empty index.
   *
   * @param limits those that the journal does not say
   */
  RecencyIndex(FileNames fileNames, Limits limits) {
    this.fileNames = fileNames;
    this.limits = limits;
    this.sizes = limits.bytes == 0 ? null : new FileSizes();
  }

  /** Does what a line says. */
  void apply(Kind kind, String argument) {
    lines++;
    switch (kind) {
      case VERSION -> version = argument;
      case LIMIT -> limits = new Limits(filesOf(argument), limits.bytes);
      case BYTES -> limitBytes(argument);
      case GET -> names.get(argument);
      case PUT -> {
        if (isName(argument)) {
          names.put(argument, true);
          lastChanged = argument;
          if (sizes != null) {
            sizes.change(argument);
          }
        }
      }
      case DELETE -> {
        if (isName(argument)) {
          names.remove(argument);
          lastChanged = argument;
          if (sizes != null) {
            sizes.remove(argument);
          }
        }
      }
    }
  }

  /** A hostile journal must not be able to name files that are not the store's. */
  private boolean isName(String argument) {
    return names.containsKey(argument)
        || fileNames.keyOf(argument) != null
        || fileNames.isHashed(argument);
  }

  private int filesOf(String argument) {
    try {
      return Math.max(1, Integer.parseInt(argument));
    } catch (NumberFormatException e) {
      return limits.files;
    }
  }

  private void limitBytes(String argument) {
    long bytes;
    try {
      bytes = Math.max(0, Long.parseLong(argument));
    } catch (NumberFormatException e) {
      return;
    }
    saysBytes = true;
    limits = new Limits(limits.files, bytes);
    if (bytes == 0) {
      sizes = null;
    } else if (sizes == null) {
      forgetSizes();
    }
  }

  /** Every file must be looked at again. */
  private void forgetSizes() {
    FileSizes unknown = new FileSizes();
    names.keySet().forEach(unknown::change);
    sizes = unknown;
  }

  /** Returns the version of the journal, or null if it has had no line with it. */
  @Nullable String version() {
    return version;
  }

  Limits limits() {
    return limits;
  }

  /** Returns whether the journal says nothing else than these limits. */
  boolean agrees(Limits wanted) {
    return limits.equals(wanted) && (saysBytes || wanted.bytes == 0);
  }

  /** How many lines have been read. */
  long lines() {
    return lines;
  }

  int size() {
    return names.size();
  }

  boolean contains(String name) {
    return names.containsKey(name);
  }

  /** The sizes of the files, where their bytes are limited. */
  @Nullable FileSizes sizes() {
    return sizes;
  }

  /**
   * Returns the name in the last line that is not about a read: the process that wrote it may have
   * died before it made the change.
   */
  @Nullable String lastChanged() {
    return lastChanged;
  }

  /**
   * Takes the last change for done.
   *
   * @param bytes the size of the file, 0 if it was deleted
   */
  void settle(long bytes) {
    String name = lastChanged;
    if (sizes != null && name != null && names.containsKey(name)) {
      sizes.set(name, bytes);
    }
    lastChanged = null;
  }

  /**
   * The least recently used names that must be evicted before a name is put, the oldest first.
   *
   * @param bytes the size of the file that is put, not more than the limit
   */
  List<String> victimsOf(String name, long bytes) {
    int excess = names.size() + (names.containsKey(name) ? 0 : 1) - limits.files;
    FileSizes known = sizes;
    long over = known == null ? 0 : known.sum() - known.of(name) + bytes - limits.bytes;
    List<String> victims = new ArrayList<>();
    for (String candidate : names.keySet()) {
      if (victims.size() >= excess && over <= 0) {
        break;
      }
      if (!candidate.equals(name)) {
        victims.add(candidate);
        over -= known == null ? 0 : known.of(candidate);
      }
    }
    return victims;
  }

  /** Forgets all names but those of a set, and all sizes; returns whether there were others. */
  boolean retain(Set<String> present) {
    boolean changed = names.keySet().retainAll(present);
    if (sizes != null) {
      forgetSizes();
    }
    return changed;
  }

  /** Adds names as the least recently used ones, the oldest first. */
  void addOldest(List<String> oldest) {
    List<String> newer = List.copyOf(names.keySet());
    names.clear();
    oldest.forEach(name -> names.put(name, true));
    newer.forEach(name -> names.put(name, true));
    if (sizes != null) {
      oldest.forEach(sizes::change);
    }
  }

  /** Takes note that the journal is now the shortest one. */
  void rewritten() {
    version = JournalLines.VERSION;
    saysBytes |= limits.bytes > 0;
    lines = 2L + (saysBytes ? 1 : 0) + names.size();
  }

  /** Returns the shortest journal of this content. */
  byte[] toJournal() {
    JournalLines journal = new JournalLines();
    journal.add(Kind.VERSION, JournalLines.VERSION).add(Kind.LIMIT, Integer.toString(limits.files));
    if (saysBytes || limits.bytes > 0) {
      journal.add(Kind.BYTES, Long.toString(limits.bytes));
    }
    names.keySet().forEach(name -> journal.add(Kind.PUT, name));
    return journal.toBytes();
  }
}
