package io.jstorage.file;

import io.jstorage.file.JournalLines.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of a store's files in the order of their last access, by the lines of a journal. Not
 * thread-safe.
 */
final class RecencyIndex {
  private final FileNames fileNames;
  private final LinkedHashMap<String, Boolean> names = new LinkedHashMap<>(16, 0.75f, true);
  private int limit;
  private long lines;
  private @Nullable String version;
  private @Nullable String lastChanged;

  /**
   * Makes an empty index.
   *
   * @param limit the most files that may exist, unless the journal has a limit
   */
  RecencyIndex(FileNames fileNames, int limit) {
    this.fileNames = fileNames;
    this.limit = limit;
  }

  /** Does what a line says. */
  void apply(Kind kind, String argument) {
    lines++;
    switch (kind) {
      case VERSION -> version = argument;
      case LIMIT -> limit = limitOf(argument);
      case GET -> names.get(argument);
      case PUT -> {
        if (isName(argument)) {
          names.put(argument, true);
          lastChanged = argument;
        }
      }
      case DELETE -> {
        if (isName(argument)) {
          names.remove(argument);
          lastChanged = argument;
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

  private int limitOf(String argument) {
    try {
      return Math.max(1, Integer.parseInt(argument));
    } catch (NumberFormatException e) {
      return limit;
    }
  }

  /** Returns the version of the journal, or null if it has had no line with it. */
  @Nullable String version() {
    return version;
  }

  int limit() {
    return limit;
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

  /**
   * Returns the name in the last line that is not about a read: the process that wrote it may have
   * died before it made the change.
   */
  @Nullable String lastChanged() {
    return lastChanged;
  }

  /** Takes the last change for done. */
  void settle() {
    lastChanged = null;
  }

  /** The least recently used names that must be evicted before a name is put, the oldest first. */
  List<String> victimsOf(String name) {
    int excess = names.size() + (names.containsKey(name) ? 0 : 1) - limit;
    List<String> victims = new ArrayList<>();
    for (String candidate : names.keySet()) {
      if (victims.size() >= excess) {
        break;
      }
      if (!candidate.equals(name)) {
        victims.add(candidate);
      }
    }
    return victims;
  }

  /** Forgets all names but those of a set; returns whether there were others. */
  boolean retain(Set<String> present) {
    return names.keySet().retainAll(present);
  }

  /** Adds names as the least recently used ones, the oldest first. */
  void addOldest(List<String> oldest) {
    List<String> newer = List.copyOf(names.keySet());
    names.clear();
    oldest.forEach(name -> names.put(name, true));
    newer.forEach(name -> names.put(name, true));
  }

  /** Takes note that the journal is now the shortest one. */
  void rewritten() {
    version = JournalLines.VERSION;
    lines = 2L + names.size();
  }

  /** Returns the shortest journal of this content. */
  byte[] toJournal() {
    JournalLines journal = new JournalLines();
    journal.add(Kind.VERSION, JournalLines.VERSION).add(Kind.LIMIT, Integer.toString(limit));
    names.keySet().forEach(name -> journal.add(Kind.PUT, name));
    return journal.toBytes();
  }
}
