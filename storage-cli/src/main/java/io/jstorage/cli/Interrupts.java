package io.jstorage.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ctrl-C: a command that knows how to end in good order does so, within some seconds. */
final class Interrupts {
  private static final long PATIENCE_SECONDS = 10;

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Runnable stop;
  private volatile boolean fired;

  /** Says how to end the command. */
  void onInterrupt(Runnable stop) {
    this.stop = stop;
    if (fired) {
      stop.run();
    }
  }

  /** Whether somebody has asked for the end. */
  boolean haveFired() {
    return fired;
  }

  /** Asks the command to end, and waits until it has. */
  void fire() {
    if (ended.getCount() == 0) {
      return;
    }
    fired = true;
    Runnable action = stop;
    if (action == null) {
      return;
    }
    action.run();
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that the command has ended. */
  void ended() {
    ended.countDown();
  }
}
