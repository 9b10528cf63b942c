package io.jstorage.benchmarks;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A thread's way through the entries that are there, in an order that defeats prefetching. */
@State(Scope.Thread)
public class Walk {
  private int next;

  int next(int entries) {
    next += 7919;
    return Math.floorMod(next, entries);
  }
}
