package io.jstorage.benchmarks;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The target of a row.
 *
 * @param kind the figure that has a limit
 * @param limit the limit
 * @param text how the table shows it; empty if nothing is wanted
 */
record Bound(Kind kind, double limit, String text) {
  enum Kind {
    /** How many times as fast as the peer it has to be at least. */
    SPEED,
    /** How many times the peer's time it may take at most. */
    TIME,
    /** The most that it may cost. */
    COST,
    /** The most that it may cost more than the peer. */
    EXTRA,
    /** Nothing; the table says how many times as fast as the peer it is. */
    NONE
  }

  private static final Pattern TEXT =
      Pattern.compile("(>=|<=) ([0-9.]+)(?: (ns|ms|bytes)( more)?)?");

  /**
   * Reads {@code >= 2} (times as fast as the peer), {@code <= 1.1} (times the time of the peer),
   * {@code <= 5 ms}, {@code <= 30 ns more}, or nothing.
   */
  static Bound parse(String text) {
    if (text.isEmpty()) {
      return new Bound(Kind.NONE, 0, "");
    }
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || (text.startsWith(">") && matcher.group(3) != null)) {
      throw new IllegalArgumentException("no target: " + text);
    }
    String number = matcher.group(2);
    String unit = matcher.group(3);
    double limit = Double.parseDouble(number) * ("ms".equals(unit) ? Unit.NANOS_PER_MILLI : 1);
    if (unit != null) {
      Kind kind = matcher.group(4) == null ? Kind.COST : Kind.EXTRA;
      return new Bound(kind, limit, text.replace("<=", "≤"));
    }
    return text.startsWith(">")
        ? new Bound(Kind.SPEED, limit, "≥ " + number + "× as fast")
        : new Bound(Kind.TIME, limit, "≤ " + number + "× the time");
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

  String verdict(double figure) {
    boolean kept = kind == Kind.SPEED ? figure >= limit : figure <= limit;
    return kind == Kind.NONE ? "" : kept ? "yes" : "**no**";
  }

  /** Writes a figure down. */
  String write(double figure, Unit unit) {
    return kind == Kind.COST || kind == Kind.EXTRA
        ? unit.format(figure)
        : String.format(Locale.ROOT, "%.2f×", figure);
  }
}
