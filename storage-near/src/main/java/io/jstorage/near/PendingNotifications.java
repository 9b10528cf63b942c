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
final class PendingNotifications<V> {
  private static final Logger LOGGER = System.getLogger(PendingNotifications.class.getName());

  private final RemovalListener<? super V> listener;
  private final InstantSource clock;
  private final Queue<Notification<V>> waiting = new ConcurrentLinkedQueue<>();

  /** The threads that are telling the listener. */
  private final Set<Thread> telling = ConcurrentHashMap.newKeySet();

  PendingNotifications(RemovalListener<? super V> listener, InstantSource clock) {
    this.listener = listener;
    this.clock = clock;
  }

  private record Notification<V>(String key, V value, RemovalCause cause) {}

  /** Notes that an entry has left, by expiration if its time was over, else for the given cause. */
  void note(@Nullable NearEntry<V> entry, RemovalCause cause) {
    if (entry != null && entry.value != null) {
      RemovalCause known = entry.isFresh(clock) ? cause : RemovalCause.EXPIRED;
      waiting.add(new Notification<>(entry.key, entry.value, known));
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
        Notification<V> next = waiting.poll();
        if (next == null) {
          return;
        }
        tell(next);
      }
    } finally {
      telling.remove(me);
    }
  }

  private void tell(Notification<V> notification) {
    try {
      listener.removed(notification.key, notification.value, notification.cause);
    } catch (Throwable e) {
      LOGGER.log(Level.WARNING, "a removal listener failed; the entry has left anyway", e);
    }
  }
}
