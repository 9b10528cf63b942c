package io.jstorage.jcache;

import org.jspecify.annotations.Nullable;

/** Several failures as one. */
final class Failures {
  private Failures() {}

  /** Keeps the first of several, with the others behind it. */
  static <E extends Exception> E first(@Nullable E first, E next) {
    if (first == null || first == next) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }
}
