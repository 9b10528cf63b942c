package io.jstorage.spi;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Calls the listener of a {@link ChangeFeed} as the feed promises: never two calls at the same
 * time, and none after the end. An exception of the listener goes to the handler of uncaught
 * exceptions of the calling thread, and harms neither the feed nor other listeners.
 *
 * <p>Thread-safe. A call waits for the one before it.
 */
public final class SerialListener implements ChangeListener {
  private final ChangeListener listener;
  private final ReentrantLock calling = new ReentrantLock();
  private boolean ended;

  /**
   * Makes the only caller of a listener.
   *
   * @param listener the listener
   */
  public SerialListener(ChangeListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  @Override
  public void changed(String key) {
    call(() -> listener.changed(key));
  }

  @Override
  public void lost() {
    call(listener::lost);
  }

  @Override
  public void resumed() {
    call(listener::resumed);
  }

  /** Reports that changes were missed before this call, and that none is from now on. */
  public void missed() {
    call(
        () -> {
          listener.lost();
          listener.resumed();
        });
  }

  /** Ends the calls, after the one in flight. */
  public void end() {
    call(() -> ended = true);
  }

  /** Ends the calls by a last one of {@link ChangeListener#lost}. */
  public void endLost() {
    call(
        () -> {
          ended = true;
          listener.lost();
        });
  }

  private void call(Runnable call) {
    calling.lock();
    try {
      if (!ended) {
        call.run();
      }
    } catch (Throwable e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    } finally {
      calling.unlock();
    }
  }
}
