package io.jstorage.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jstorage.Capability;
import io.jstorage.Storage;
import java.util.Optional;

/** Says which tests apply; the others are reported as skipped, with the reason. */
final class Assume {
  private Assume() {}

  static void has(Storage<?> storage, Capability... needed) {
    for (Capability capability : needed) {
      assumeTrue(storage.capabilities().contains(capability), "not " + capability);
    }
  }

  static void hasNot(Storage<?> storage, Capability refused) {
    assumeTrue(!storage.capabilities().contains(refused), "is " + refused);
  }

  static <T> T given(Optional<T> optional, String what) {
    assumeTrue(optional.isPresent(), "no " + what);
    return optional.orElseThrow();
  }

  static void that(boolean condition, String otherwise) {
    assumeTrue(condition, otherwise);
  }
}
