package io.jstorage.testkit;

import io.jstorage.spi.ChangeListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Remembers what a feed of changes reports. */
final class RecordingListener implements ChangeListener {
  private final boolean throwing;
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicLong calls = new AtomicLong();
  private volatile boolean everything;
  private volatile boolean lost;
  private volatile boolean overlapped;

  RecordingListener() {
    this(false);
  }

  private RecordingListener(boolean throwing) {
    this.throwing = throwing;
  }

  /** One whose methods fail after they have heard. */
  static RecordingListener throwing() {
    return new RecordingListener(true);
  }

  @Override
  public void changed(String key) {
    hear(() -> keys.add(key));
  }

  @Override
  public void lost() {
    hear(
        () -> {
          lost = true;
          everything = true;
        });
  }

  @Override
  public void resumed() {
    hear(() -> lost = false);
  }

  private void hear(Runnable report) {
    overlapped |= inside.incrementAndGet() > 1;
    calls.incrementAndGet();
    report.run();
    LockSupport.parkNanos(1_000); // Long enough for another call to come in between.
    inside.decrementAndGet();
    if (throwing) {
      Thread thread = Thread.currentThread();
      Thread.UncaughtExceptionHandler usual = thread.getUncaughtExceptionHandler();
      if (!(usual instanceof Silent)) {
        thread.setUncaughtExceptionHandler(new Silent());
      }
      throw new IllegalStateException("this listener always throws");
    }
  }

  /** Keeps what is thrown on purpose out of the output. */
  private static final class Silent implements Thread.UncaughtExceptionHandler {
    @Override
    public void uncaughtException(Thread thread, Throwable e) {}
  }

  /** Whether it was reported that a key changed, or may have. */
  boolean has(String key) {
    return everything || keys.contains(key);
  }

  boolean isLost() {
    return lost;
  }

  boolean overlapped() {
    return overlapped;
  }

  long calls() {
    return calls.get();
  }
}
