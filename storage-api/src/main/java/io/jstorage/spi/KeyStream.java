package io.jstorage.spi;

import io.jstorage.StorageException;
import java.io.UncheckedIOException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A store's listing, whose failures on the way reach the reader as storage exceptions. */
final class KeyStream extends Spliterators.AbstractSpliterator<String> {
  private final Stream<String> stream;
  private final Function<Exception, StorageException> classify;
  private @Nullable Spliterator<String> source;
  private @Nullable String next;

  private KeyStream(Stream<String> stream, Function<Exception, StorageException> classify) {
    super(Long.MAX_VALUE, DISTINCT | NONNULL);
    this.stream = stream;
    this.classify = classify;
  }

  static Stream<String> of(Stream<String> stream, Function<Exception, StorageException> classify) {
    return StreamSupport.stream(new KeyStream(stream, classify), false).onClose(stream::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super String> action) {
    try {
      if (source == null) {
        source = stream.spliterator();
      }
      if (!source.tryAdvance(key -> next = key)) {
        return false;
      }
    } catch (UncheckedIOException e) {
      throw classify.apply(e);
    }
    // Outside the try: what the reader's own action throws is the reader's.
    action.accept(next);
    return true;
  }
}
