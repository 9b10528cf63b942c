package io.jstorage.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;

/** The unit of a cost. */
enum Unit {
  NANOS("ns"),
  MILLIS("ms"),
  BYTES("bytes"),
  TIMES("×");

  private static final double MICRO = 1e3;
  private static final double MILLI = 1e6;

  final String symbol;

  Unit(String symbol) {
    this.symbol = symbol;
  }

  String format(double cost) {
    if (this == NANOS && cost >= MILLI) {
      return digits(cost / MILLI) + " ms";
    }
    if (this == NANOS && cost >= MICRO) {
      return digits(cost / MICRO) + " µs";
    }
    return digits(cost) + " " + symbol;
  }

  /** More than three are not to be had from a machine that others use too. */
  private static String digits(double value) {
    return new BigDecimal(value).round(new MathContext(3)).toPlainString();
  }
}
