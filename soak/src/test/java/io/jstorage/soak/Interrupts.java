package io.jstorage.soak;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** Interrupts threads at random moments of their calls, and at no others. */
final class Interrupts {
  private final List<Target> targets = new CopyOnWriteArrayList<>();

  /** One thread; it arms before a call and disarms after it. */
  static final class Target {
    private final Thread thread = Thread.currentThread();
    private boolean armed;
    private boolean struck;

    synchronized void arm() {
      armed = true;
      struck = false;
    }

    /** Returns whether the thread was interrupted since. */
    synchronized boolean disarm() {
      armed = false;
      return struck;
    }

    private synchronized boolean strike() {
      if (armed) {
        struck = true;
        thread.interrupt();
      }
      return armed;
    }
  }

  /** Makes the current thread one that may be interrupted. */
  Target target() {
    Target target = new Target();
    targets.add(target);
    return target;
  }

  void run(RandomGenerator random, BooleanSupplier goOn, Runnable onStrike) {
    while (goOn.getAsBoolean()) {
      LockSupport.parkNanos(random.nextLong(20_000_000));
      if (!targets.isEmpty() && targets.get(random.nextInt(targets.size())).strike()) {
        onStrike.run();
      }
    }
  }
}
