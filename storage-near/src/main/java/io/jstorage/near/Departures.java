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
 * The values that have left the memory and of which the listener has not been told yet. They are
 * noted under the guards of the cache and on the thread that reports changes, neither of which may
 * wait for a listener; callers tell the listener, without a guard. Only callers bring values into
 * the memory, and each tells the listener after that, so that no more wait here than fit into it.
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

  /** Notes that an entry has left, by expiration if its time was over, else for the given cause. */
  void note(@Nullable NearEntry<V> entry, RemovalCause cause) {
    if (entry != null && entry.value != null) {
      RemovalCause known = entry.isFresh(clock) ? cause : RemovalCause.EXPIRED;
      waiting.add(new Departure<>(entry.key, entry.value, known));
    }
  }

  /** Tells the listener of all values that wait. It may use the storage. */
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
