package io.jstorage.jdk;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps up to eight idle objects. Never blocks: a caller that finds none makes one, and an object
 * that is returned to a full pool is ended. Thread-safe without locks and without a thread's own
 * copy, so that any number of virtual threads share it.
 */
final class Pool<T> {
  private static final int SIZE = 8;

  private final AtomicReferenceArray<@Nullable T> idle = new AtomicReferenceArray<>(SIZE);
  private final Supplier<T> maker;
  private final Consumer<T> end;

  Pool(Supplier<T> maker, Consumer<T> end) {
    this.maker = maker;
    this.end = end;
  }

  /** Returns an object that is the caller's own until it gives it back. */
  T take() {
    for (int i = 0; i < SIZE; i++) {
      if (idle.get(i) != null) {
        T taken = idle.getAndSet(i, null);
        if (taken != null) {
          return taken;
        }
      }
    }
    return maker.get();
  }

  /** Takes back an object that is as good as new. */
  void give(T object) {
    for (int i = 0; i < SIZE; i++) {
      if (idle.get(i) == null && idle.compareAndSet(i, null, object)) {
        return;
      }
    }
    end.accept(object);
  }
}
