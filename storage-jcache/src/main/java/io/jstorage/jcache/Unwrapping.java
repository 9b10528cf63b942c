package io.jstorage.jcache;

import org.jspecify.annotations.Nullable;

/** The answer to {@code unwrap} where nothing is underneath but the object itself. */
final class Unwrapping {
  private Unwrapping() {}

  static <T> T of(@Nullable Object object, Class<T> type) {
    if (type.isInstance(object)) {
      return type.cast(object);
    }
    throw new IllegalArgumentException("there is no " + type.getName() + " underneath");
  }
}
