package io.jstorage.redis;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one command of a batch: its reply, or why there is none.
 *
 * @param <T> the type of the reply
 */
final class Answer<T> {
  private final @Nullable T reply;
  private final @Nullable IOException failure;

  private Answer(@Nullable T reply, @Nullable IOException failure) {
    this.reply = reply;
    this.failure = failure;
  }

  static <T> Answer<T> of(@Nullable T reply) {
    return new Answer<>(reply, null);
  }

  static <T> Answer<T> failed(IOException failure) {
    return new Answer<>(null, failure);
  }

  @Nullable T get() throws IOException {
    if (failure != null) {
      throw failure;
    }
    return reply;
  }
}
