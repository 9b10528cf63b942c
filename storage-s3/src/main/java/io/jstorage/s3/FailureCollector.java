package io.jstorage.s3;

import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The failures of an operation that attempts everything: the first, with a few of the others. */
final class FailureCollector {
  private static final int KEPT = 10;

  private @Nullable IOException first;

  void addAll(Collection<IOException> failures) {
    for (IOException failure : failures) {
      if (first == null) {
        first = failure;
      } else if (first != failure && first.getSuppressed().length < KEPT) {
        first.addSuppressed(failure);
      }
    }
  }

  void throwIfAny() throws IOException {
    if (first != null) {
      throw first;
    }
  }
}
