package io.jstorage.near;

import io.jstorage.RemovalCause;
import io.jstorage.RemovalListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The values that have left the memory, until a listener is told of them. They are noted under the
 * guards of the cache, and by whoever reports changes, who must not wait for a listener; they are
 * told by callers without a guard. Only callers bring values into the memory, and tell after that,
 * so that no more wait here than fit into it.
 */
final class Departures<V> {
  private static final Logger LOGGER = System.getLogger(Departures.class.getName());

  private final RemovalListener<? super V> listener;
  private final InstantSource clock;
  private final Queue<Departure<V>> waiting = new ConcurrentLinkedQueue<>();

  Departures(RemovalListener<? super V> listener, InstantSource clock) {
    this.listener = listener;
    this.clock = clock;
  }

  private record Departure<V>(String key, V value, RemovalCause cause) {}

  /** Notes that an entry has left; one whose time was over has left for that. */
  void note(@Nullable NearEntry<V> entry, RemovalCause cause) {
    if (entry != null && entry.value != null) {
      RemovalCause known = entry.isFresh(clock) ? cause : RemovalCause.EXPIRED;
      waiting.add(new Departure<>(entry.key, entry.value, known));
    }
  }

  /** Tells the listener, which may use the storage. */
  void tell() {
    for (Departure<V> next; (next = waiting.poll()) != null; ) {
      try {
        listener.removed(next.key, next.value, next.cause);
      } catch (RuntimeException | Error e) {
        LOGGER.log(Level.WARNING, "a removal listener failed; the entry has left anyway", e);
      }
    }
  }
}
