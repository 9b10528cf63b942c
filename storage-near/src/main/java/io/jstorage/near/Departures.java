package io.jstorage.near;

import io.jstorage.RemovalCause;
import io.jstorage.RemovalListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The values that have left the memory and of which the listener has not been told yet. They are
 * noted under the guards of the cache and on the thread that reports changes, neither of which may
 * wait for a listener; callers tell the listener, without a guard. Only callers bring values into
 * the memory, and each tells the listener after that, so that no more wait here than fit into it,
 * and than the calls in progress bring into it.
 */
final class Departures<V> {
  private static final Logger LOGGER = System.getLogger(Departures.class.getName());

  private final RemovalListener<? super V> listener;
  private final InstantSource clock;
  private final Queue<Departure<V>> waiting = new ConcurrentLinkedQueue<>();

  /** The threads that are telling the listener. */
  private final Set<Thread> telling = ConcurrentHashMap.newKeySet();

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

  /**
   * Tells the listener of the values that wait at the beginning and that no other thread takes. The
   * listener may use the storage. Its own calls do not call it again: the values that they remove
   * wait for the next call, so that neither the stack nor the work grows without end.
   */
  void tell() {
    if (waiting.isEmpty()) {
      return;
    }
    Thread me = Thread.currentThread();
    if (!telling.add(me)) {
      return;
    }
    try {
      for (int left = waiting.size(); left > 0; left--) {
        Departure<V> next = waiting.poll();
        if (next == null) {
          return;
        }
        tell(next);
      }
    } finally {
      telling.remove(me);
    }
  }

  private void tell(Departure<V> departure) {
    try {
      listener.removed(departure.key, departure.value, departure.cause);
    } catch (Throwable e) {
      LOGGER.log(Level.WARNING, "a removal listener failed; the entry has left anyway", e);
    }
  }
}
