package io.jstorage.benchmarks.glue;

import com.sun.management.ThreadMXBean;
import io.jstorage.benchmarks.Probe;
import java.lang.management.ManagementFactory;

/** The bytes that a read allocates, by a method of {@link GlueBenchmark}. */
public final class Allocation implements Probe {
  /** The length of an {@code Optional} with compressed references. */
  public static final int OPTIONAL_BYTES = 16;

  private static final int READS = 1_000_000;

  @Override
  public double measure(String method) throws Exception {
    GlueBenchmark benchmark = new GlueBenchmark();
    boolean glued = method.equals("storage");
    read(benchmark, glued);
    long before = allocated();
    read(benchmark, glued);
    return (double) (allocated() - before) / READS;
  }

  private static void read(GlueBenchmark benchmark, boolean glued) throws Exception {
    int lengths = 0;
    for (int i = 0; i < READS; i++) {
      // The object is kept so that it is not optimized away.
      Object read = glued ? benchmark.storage() : benchmark.storeAndCodec();
      lengths += System.identityHashCode(read) == 0 ? 1 : 2;
    }
    if (lengths < READS) {
      throw new AssertionError("nothing was read");
    }
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
