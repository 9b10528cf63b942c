package io.jstorage.file;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Accesses to entries that could not be recorded yet, each name once, the latest access last. */
final class PendingUses {
  private final LinkedHashSet<String> names = new LinkedHashSet<>();

  synchronized boolean isEmpty() {
    return names.isEmpty();
  }

  synchronized void add(String name) {
    names.remove(name);
    names.add(name);
  }

  synchronized List<String> take() {
    List<String> taken = List.copyOf(names);
    names.clear();
    return taken;
  }

  /**
   * Puts back the names that were taken; a name that was accessed concurrently counts as accessed
   * later.
   */
  synchronized void giveBack(List<String> taken) {
    List<String> later = new ArrayList<>(names);
    names.clear();
    names.addAll(taken);
    later.forEach(this::add);
  }
}
