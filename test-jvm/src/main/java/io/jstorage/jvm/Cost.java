package io.jstorage.jvm;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * The cost of a task, apart from the work of other threads meanwhile.
 *
 * @param processorTime the time for which its thread ran on a processor
 * @param allocatedBytes the size of all objects that its thread made
 */
public record Cost(Duration processorTime, long allocatedBytes) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Runs a task in this thread and returns its cost. */
  public static Cost of(Runnable task) {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long begun = THREADS.getCurrentThreadCpuTime();
    task.run();
    long taken = THREADS.getCurrentThreadCpuTime() - begun;
    return new Cost(Duration.ofNanos(taken), THREADS.getCurrentThreadAllocatedBytes() - allocated);
  }
}
