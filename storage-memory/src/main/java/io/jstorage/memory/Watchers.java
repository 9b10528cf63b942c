package io.jstorage.memory;

import io.jstorage.spi.ChangeListener;
import io.jstorage.spi.SerialListener;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The listeners that hear of the changes of a table. They are called by the threads that make the
 * changes, after the lock of the table has been released.
 */
final class Watchers {
  private final List<SerialListener> all = new CopyOnWriteArrayList<>();

  /** The keys of the change that is under way, if it is watched. Guarded by the table's lock. */
  private @Nullable List<String> noted;

  /** Adds a listener, until the answer is closed. */
  Closeable add(ChangeListener listener) {
    SerialListener watcher = new SerialListener(listener);
    all.add(watcher);
    return () -> {
      all.remove(watcher);
      watcher.end();
    };
  }

  /** Notes that a key has changed, if anybody wants to know. Under the lock. */
  void note(String key) {
    if (!all.isEmpty()) {
      List<String> keys = noted;
      if (keys == null) {
        keys = new ArrayList<>();
        noted = keys;
      }
      keys.add(key);
    }
  }

  /** Returns the keys that were noted, for {@link #changed}; null if none was. Under the lock. */
  @Nullable List<String> take() {
    List<String> taken = noted;
    if (taken != null) {
      noted = null;
    }
    return taken;
  }

  /** Reports what {@link #take} returned. */
  void changed(@Nullable List<String> keys) {
    if (keys != null) {
      for (SerialListener watcher : all) {
        keys.forEach(watcher::changed);
      }
    }
  }

  /** Reports that any entry may have changed. */
  void allChanged() {
    all.forEach(SerialListener::missed);
  }

  /** Reports that nothing will be reported any more. */
  void end() {
    all.forEach(SerialListener::endLost);
    all.clear();
  }
}
