package io.jstorage.benchmarks.report;

import static java.util.Objects.requireNonNullElse;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The figure that is wanted of a row.
 *
 * @param text as the plan has it
 * @param sign {@code >=} or {@code <=}; empty if nothing is wanted
 * @param limit the figure, with times in nanoseconds
 * @param unit that of the limit, and "more" if it is of the difference to the peer; empty for
 *     ratios
 */
record Target(String text, String sign, double limit, String unit) {
  private static final Pattern TEXT =
      Pattern.compile("(?:([<>]=) ([0-9.]+)(?: ((?:ns|ms|bytes)(?: more)?))?)?");

  /**
   * Reads {@code >= 2} (times as fast as the peer), {@code <= 1.1} (times the time of the peer),
   * {@code <= 5 ms}, {@code <= 30 ns more}, or nothing.
   */
  static Target parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no target: " + text);
    }
    String unit = requireNonNullElse(matcher.group(3), "");
    double limit = Double.parseDouble(requireNonNullElse(matcher.group(2), "0"));
    String sign = requireNonNullElse(matcher.group(1), "");
    return new Target(text, sign, unit.startsWith("ms") ? limit * 1e6 : limit, unit);
  }

  /** Returns whether the figure is one of two costs. */
  boolean needsPeer() {
    return !sign.isEmpty() && (unit.isEmpty() || unit.endsWith("more"));
  }

  /** The figure that has the limit, from the least costs. */
  double figure(double ours, double peers) {
    if (unit.isEmpty()) {
      return sign.equals("<=") ? ours / peers : peers / ours;
    }
    return unit.endsWith("more") ? ours - peers : ours;
  }

  String format(double figure, boolean bytes) {
    return unit.isEmpty()
        ? String.format(Locale.ROOT, "%.2f×", figure)
        : Scores.format(figure, bytes);
  }

  String verdict(double figure) {
    boolean reached = sign.equals(">=") ? figure >= limit : figure <= limit;
    return sign.isEmpty() ? "" : reached ? "yes" : "**no**";
  }

  /** The target as the table shows it. */
  String wanted() {
    String wanted = text.replace(">=", "≥").replace("<=", "≤");
    boolean ratio = !sign.isEmpty() && unit.isEmpty();
    return !ratio ? wanted : wanted + (sign.equals(">=") ? "× as fast" : "× the time");
  }
}
