package io.jstorage.benchmarks.memory;

import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The step that a read of an exact LRU cannot do without: it takes the next number of one order.
 */
@State(Scope.Benchmark)
public class StampBenchmark {
  private final AtomicLong counter = new AtomicLong();

  @Benchmark
  public long next() {
    return counter.getAndIncrement();
  }
}
