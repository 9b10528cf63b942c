package io.jstorage.soak;

import io.jstorage.jvm.FileHandles;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;

/** The resources that a JVM holds. */
record Resources(long files, int threads, long heapKilobytes) {
  static Resources now() {
    return new Resources(
        FileHandles.count(), ManagementFactory.getThreadMXBean().getThreadCount(), heap());
  }

  /** The resources left when nothing has run for a moment and the garbage is collected. */
  static Resources settled() {
    Resources least = now();
    for (int i = 0; i < 5; i++) {
      System.gc();
      LockSupport.parkNanos(100_000_000);
      Resources next = now();
      least =
          new Resources(
              Math.min(least.files, next.files),
              Math.min(least.threads, next.threads),
              Math.min(least.heapKilobytes, next.heapKilobytes));
    }
    return least;
  }

  boolean isWithin(Resources most) {
    return files <= most.files && threads <= most.threads && heapKilobytes <= most.heapKilobytes;
  }

  private static long heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10;
  }

  @Override
  public String toString() {
    return "%d open files, %d threads, %d KiB of heap".formatted(files, threads, heapKilobytes);
  }
}
