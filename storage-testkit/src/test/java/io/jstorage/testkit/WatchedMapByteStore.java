package io.jstorage.testkit;

import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.ChangeListener;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
import java.io.Closeable;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store in a map that reports its changes, and those of the others over the same map. */
class WatchedMapByteStore extends AtomicMapByteStore implements ChangeFeed, Closeable {
  final List<Subscription> listeners;
  final List<Subscription> own = new CopyOnWriteArrayList<>();

  /** A listener, which hears of one thing at a time. */
  static final class Subscription {
    final ChangeListener listener;

    Subscription(ChangeListener listener) {
      this.listener = listener;
    }

    synchronized void changed(String key) {
      listener.changed(key);
    }

    synchronized void lost() {
      listener.lost();
    }
  }

  /** Entries with the listeners of all objects that are open on them. */
  record Place(Map<String, State> entries, List<Subscription> listeners, InstantSource clock) {
    Place(InstantSource clock) {
      this(new ConcurrentHashMap<>(), new CopyOnWriteArrayList<>(), clock);
    }
  }

  WatchedMapByteStore(Place place) {
    super(place.entries, "", place.clock, null);
    this.listeners = place.listeners;
  }

  void report(String key) {
    for (Subscription each : listeners) {
      try {
        each.changed(key);
      } catch (IllegalStateException e) {
        // That of one listener is not that of the others.
      }
    }
  }

  @Override
  public boolean write(String key, byte[] bytes, WriteOptions options) {
    boolean written = super.write(key, bytes, options);
    report(key);
    return written;
  }

  @Override
  public boolean delete(String key, Condition condition) {
    boolean deleted = super.delete(key, condition);
    report(key);
    return deleted;
  }

  @Override
  public Closeable watch(ChangeListener listener) {
    Subscription subscription = new Subscription(listener);
    listeners.add(subscription);
    own.add(subscription);
    return () -> end(subscription);
  }

  void end(Subscription subscription) {
    listeners.remove(subscription);
    own.remove(subscription);
  }

  @Override
  public void close() {
    listeners.removeAll(own);
    own.forEach(Subscription::lost);
  }
}
