package io.jstorage.jcache;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Hands over messages one after the other in the order in which they came, on another thread. */
final class SerialDispatcher<M> {
  private final Queue<M> messages = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Executor executor;
  private final Consumer<M> receiver;

  /** The receiver throws nothing. */
  SerialDispatcher(Executor executor, Consumer<M> receiver) {
    this.executor = executor;
    this.receiver = receiver;
  }

  void send(M message) {
    messages.add(message);
    if (waiting.getAndIncrement() == 0) {
      executor.execute(this::deliver);
    }
  }

  private void deliver() {
    do {
      receiver.accept(messages.remove());
    } while (waiting.decrementAndGet() > 0);
  }
}
