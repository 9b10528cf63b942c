package io.jstorage.near;

import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.ChangeListener;
import java.io.Closeable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reports what a test tells it. */
final class FakeFeed implements ChangeFeed {
  private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();
  private boolean losing;

  /** Loses changes before {@code watch} has returned. */
  void losesAtOnce() {
    losing = true;
  }

  @Override
  public Closeable watch(ChangeListener listener) {
    listeners.add(listener);
    if (losing) {
      listener.lost();
    }
    return () -> listeners.remove(listener);
  }

  void lost() {
    listeners.forEach(ChangeListener::lost);
  }

  void resumed() {
    listeners.forEach(ChangeListener::resumed);
  }

  int listeners() {
    return listeners.size();
  }
}
