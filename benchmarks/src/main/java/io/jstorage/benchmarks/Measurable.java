package io.jstorage.benchmarks;

import java.util.List;

/** One thing to be measured: an operation of one engine at one size, or a probe. */
public interface Measurable {
  /** The name in the table of raw figures. */
  String name();

  /** Measures it in a JVM of its own; a cost for each window, in the unit of this measurable. */
  List<Double> measure(Form form) throws Exception;
}
