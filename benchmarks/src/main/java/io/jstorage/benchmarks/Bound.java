package io.jstorage.benchmarks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The target of a comparison.
 *
 * @param kind the figure that has a limit
 * @param limit the limit
 */
record Bound(Kind kind, double limit) {
  enum Kind {
    /** How many times as fast as the peer it has to be at least. */
    SPEED,
    /** How many times the peer's time it may take at most. */
    TIME,
    /** The most it may cost, in its own unit. */
    COST,
    /** The most it may cost more than the peer, in its own unit. */
    EXTRA,
    /** No target; the report says how many times as fast as the peer it is. */
    NONE
  }

  static Bound speed(double atLeast) {
    return new Bound(Kind.SPEED, atLeast);
  }

  static Bound time(double atMost) {
    return new Bound(Kind.TIME, atMost);
  }

  static Bound cost(double atMost) {
    return new Bound(Kind.COST, atMost);
  }

  static Bound extra(double atMost) {
    return new Bound(Kind.EXTRA, atMost);
  }

  static Bound none() {
    return new Bound(Kind.NONE, 0);
  }

  /** The figure that has the limit, from the least costs. */
  double figure(double ours, double peers) {
    return switch (kind) {
      case SPEED, NONE -> peers / ours;
      case TIME -> ours / peers;
      case COST -> ours;
      case EXTRA -> ours - peers;
    };
  }

  boolean isKept(double figure) {
    return switch (kind) {
      case SPEED -> figure >= limit;
      case TIME, COST, EXTRA -> figure <= limit;
      case NONE -> true;
    };
  }

  @Nullable String wanted(String unit) {
    return switch (kind) {
      case SPEED -> "≥ " + number(limit) + "× as fast";
      case TIME -> "≤ " + number(limit) + "× the time";
      case COST -> "≤ " + number(limit) + " " + unit;
      case EXTRA -> "≤ " + number(limit) + " " + unit + " more";
      case NONE -> null;
    };
  }

  /** Writes a figure down. */
  String write(double figure, Unit unit) {
    return kind == Kind.COST || kind == Kind.EXTRA
        ? unit.format(figure)
        : String.format(Locale.ROOT, "%.2f×", figure);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%s", value);
  }
}
