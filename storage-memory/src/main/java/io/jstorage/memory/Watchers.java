package io.jstorage.memory;

import io.jstorage.spi.ChangeListener;
import io.jstorage.spi.SerialListener;
import java.io.Closeable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The listeners that hear of the changes of a table. They are called by the threads that make the
 * changes, after the lock of the table has been released.
 */
final class Watchers {
  private final List<SerialListener> all = new CopyOnWriteArrayList<>();

  boolean areThere() {
    return !all.isEmpty();
  }

  /** Adds a listener, until the answer is closed. */
  Closeable add(ChangeListener listener) {
    SerialListener watcher = new SerialListener(listener);
    all.add(watcher);
    return () -> {
      all.remove(watcher);
      watcher.end();
    };
  }

  void changed(List<String> keys) {
    for (SerialListener watcher : all) {
      keys.forEach(watcher::changed);
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
