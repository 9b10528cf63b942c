package io.jstorage.benchmarks;

/**
 * Something that is measured once in a JVM of its own, because it is no matter of operations in a
 * second: a start, a worst case, an amount of memory. It has a constructor without parameters.
 */
public interface Probe {
  /** Measures, in the unit that the plan names. */
  double measure(String argument) throws Exception;

  /** Runs a probe, given by its class, with an argument, and prints what it measured. */
  static void main(String[] args) throws Exception {
    Probe probe = Class.forName(args[0]).asSubclass(Probe.class).getConstructor().newInstance();
    System.out.println(probe.measure(args[1]));
  }
}
