package io.jstorage.spi;

import java.io.Closeable;
import java.io.IOException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A store's listing, each step of which is a call of its own: it is refused after closing, and its
 * failure reaches the reader as a storage exception.
 */
final class KeyStream extends Spliterators.AbstractSpliterator<String> implements Closeable {
  private final Stream<String> stream;
  private final Gate gate;
  private final Function<Exception, RuntimeException> classify;
  private @Nullable Spliterator<String> source;
  private @Nullable String next;

  private KeyStream(
      Stream<String> stream, Gate gate, Function<Exception, RuntimeException> classify) {
    super(Long.MAX_VALUE, DISTINCT | NONNULL);
    this.stream = stream;
    this.gate = gate;
    this.classify = classify;
  }

  static Stream<String> of(
      Stream<String> stream, Gate gate, Function<Exception, RuntimeException> classify) {
    KeyStream keys = new KeyStream(stream, gate, classify);
    gate.register(keys);
    return StreamSupport.stream(keys, false).onClose(keys::end);
  }

  @Override
  public boolean tryAdvance(Consumer<? super String> action) {
    int pass = gate.enter();
    try {
      if (source == null) {
        source = stream.spliterator();
      }
      if (!source.tryAdvance(key -> next = key)) {
        return false;
      }
    } catch (RuntimeException e) {
      throw classify.apply(e);
    } finally {
      gate.leave(pass);
    }
    // Outside the call: the reader's own action may take its time, and throws its own exceptions.
    action.accept(next);
    return true;
  }

  private void end() {
    try {
      gate.end(this);
    } catch (IOException | RuntimeException e) {
      throw classify.apply(e);
    }
  }

  /** Closes the source. */
  @Override
  public void close() {
    stream.close();
  }
}
