package io.jstorage.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Compares the keys of a listing with those that exist; a failure names the differences only. */
final class Listed {
  private Listed() {}

  /** Each of them once, and no other. */
  static void exactly(Collection<String> expected, List<String> listed) {
    Set<String> strange = new LinkedHashSet<>(listed);
    strange.removeAll(new HashSet<>(expected));
    judge(expected, listed, strange);
  }

  /** Each of them, no key twice, and perhaps others. */
  static void atLeast(Collection<String> expected, List<String> listed) {
    judge(expected, listed, Set.of());
  }

  private static void judge(Collection<String> expected, List<String> listed, Set<String> strange) {
    Set<String> missing = new LinkedHashSet<>(expected);
    missing.removeAll(new HashSet<>(listed));
    Set<String> once = new HashSet<>();
    Set<String> again = new LinkedHashSet<>();
    for (String key : listed) {
      if (!once.add(key)) {
        again.add(key);
      }
    }
    if (!missing.isEmpty() || !strange.isEmpty() || !again.isEmpty()) {
      throw new AssertionError(
          ("of %d keys that exist, %d are not listed: %s; %d are listed that do not exist: %s;"
                  + " %d are listed more than once: %s")
              .formatted(
                  expected.size(),
                  missing.size(),
                  MessageRepresentation.argument(new ArrayList<>(missing)),
                  strange.size(),
                  MessageRepresentation.argument(new ArrayList<>(strange)),
                  again.size(),
                  MessageRepresentation.argument(new ArrayList<>(again))));
    }
  }
}
