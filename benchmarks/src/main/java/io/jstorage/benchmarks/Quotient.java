package io.jstorage.benchmarks;

import java.util.List;

/**
 * How many times the cost of one thing another is, which is not measured but follows.
 *
 * @param dividend what is judged
 * @param divisor beside what
 */
record Quotient(Measurable dividend, Measurable divisor) implements Measurable {
  @Override
  public String name() {
    return dividend.name() + " over " + divisor.name();
  }

  @Override
  public List<Double> measure(Form form) {
    throw new UnsupportedOperationException("it follows from its parts");
  }
}
