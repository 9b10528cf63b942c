package io.jstorage.redis;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The reply to one command of a pipeline, or the reason why there is none.
 *
 * @param <T> the type of the reply
 */
final class Reply<T> {
  private final @Nullable T value;
  private final @Nullable IOException failure;

  private Reply(@Nullable T value, @Nullable IOException failure) {
    this.value = value;
    this.failure = failure;
  }

  static <T> Reply<T> of(@Nullable T value) {
    return new Reply<>(value, null);
  }

  static <T> Reply<T> failed(IOException failure) {
    return new Reply<>(null, failure);
  }

  @Nullable T get() throws IOException {
    if (failure != null) {
      throw failure;
    }
    return value;
  }
}
