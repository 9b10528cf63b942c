package io.jstorage.soak;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.soak.Subject.Kind;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The one user of a second namespace of each storage, which it fills and clears. The workers would
 * notice if that took anything of theirs.
 */
final class Clearing {
  private static final int KEYS = 20;

  private final List<Subject> subjects;
  private final Tally tally;
  private final SplittableRandom random;

  Clearing(List<Subject> subjects, Tally tally, long seed) {
    this.subjects = subjects;
    this.tally = tally;
    this.random = new SplittableRandom(seed);
  }

  void run(BooleanSupplier goOn) {
    while (goOn.getAsBoolean()) {
      Subject subject = subjects.get(random.nextInt(subjects.size()));
      try (Storage<String> storage = subject.opener().open("other")) {
        for (int i = 0; i < KEYS; i++) {
          storage.put("key" + i, Value.of("key" + i, i, random));
        }
        storage.clear();
        check(subject, storage);
        tally.event("cleared");
      } catch (StorageException e) {
        tally.failure(subject.name(), "clearing, " + e.getClass().getSimpleName());
        if (subject.kind() != Kind.SERVER) {
          tally.violation(subject + ", clearing", e);
        }
      }
    }
  }

  private void check(Subject subject, Storage<String> storage) {
    try (Stream<String> keys = storage.keys()) {
      List<String> left = keys.toList();
      if (!left.isEmpty()) {
        tally.violation(subject + " has after clear " + left);
      }
    }
  }
}
