package io.jstorage.memory;

import io.jstorage.spi.ChangeListener;
import java.io.Closeable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The listeners that hear of the changes of a table. They are called by the threads that make the
 * changes, after the lock of the table has been released.
 */
final class Watchers {
  private final List<Watcher> all = new CopyOnWriteArrayList<>();

  boolean areThere() {
    return !all.isEmpty();
  }

  /** Adds a listener, until the answer is closed. */
  Closeable add(ChangeListener listener) {
    Watcher watcher = new Watcher(listener);
    all.add(watcher);
    return () -> {
      all.remove(watcher);
      watcher.end(same -> {});
    };
  }

  void changed(List<String> keys) {
    for (Watcher watcher : all) {
      keys.forEach(key -> watcher.deliver(listener -> listener.changed(key)));
    }
  }

  /** Reports that any entry may have changed. */
  void allChanged() {
    all.forEach(
        watcher ->
            watcher.deliver(
                listener -> {
                  listener.lost();
                  listener.resumed();
                }));
  }

  /** Reports that nothing will be reported any more. */
  void end() {
    all.forEach(watcher -> watcher.end(ChangeListener::lost));
    all.clear();
  }

  /** A listener, which hears of one thing at a time. */
  private static final class Watcher {
    private final ChangeListener listener;
    private final ReentrantLock delivery = new ReentrantLock();
    private boolean ended;

    Watcher(ChangeListener listener) {
      this.listener = listener;
    }

    void deliver(Consumer<ChangeListener> report) {
      delivery.lock();
      try {
        if (!ended) {
          report.accept(listener);
        }
      } catch (RuntimeException e) {
        // The fault of the listener is not that of the caller who has made a change.
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      } finally {
        delivery.unlock();
      }
    }

    void end(Consumer<ChangeListener> lastReport) {
      deliver(
          listener -> {
            ended = true;
            lastReport.accept(listener);
          });
    }
  }
}
