package io.jstorage.provider;

import java.util.Collection;
import java.util.Optional;

/** Guesses what was meant by a name that is not there. */
final class Suggestion {
  private Suggestion() {}

  /**
   * The name with the fewest edits, unless it would take more than a third of the letters asked
   * for.
   */
  static Optional<String> nearest(String asked, Collection<String> names) {
    int fewest = 1 + (asked.length() < 4 ? 1 : Math.max(2, asked.length() / 3));
    String nearest = null;
    for (String name : names) {
      int edits = distance(asked, name);
      if (edits < fewest) {
        fewest = edits;
        nearest = name;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** The Levenshtein distance, row by row (Wagner and Fischer, 1974). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
