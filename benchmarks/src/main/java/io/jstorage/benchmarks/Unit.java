package io.jstorage.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;

/** The unit of a cost. */
enum Unit {
  NANOS,
  BYTES;

  static final double NANOS_PER_MILLI = 1e6;
  static final double NANOS_PER_MICRO = 1e3;

  String format(double cost) {
    if (this == BYTES) {
      return digits(cost) + " bytes";
    }
    if (cost >= NANOS_PER_MILLI) {
      return digits(cost / NANOS_PER_MILLI) + " ms";
    }
    return cost >= NANOS_PER_MICRO ? digits(cost / NANOS_PER_MICRO) + " µs" : digits(cost) + " ns";
  }

  /** More than three are not to be had from a machine that others use too. */
  private static String digits(double value) {
    return new BigDecimal(value).round(new MathContext(3)).toPlainString();
  }
}
