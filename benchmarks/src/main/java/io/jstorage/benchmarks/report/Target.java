package io.jstorage.benchmarks.report;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The figure that is wanted of a row: {@code >= 2} times as fast as the peer, {@code <= 1.1} times
 * the peer's time, {@code <= 5 ms}, {@code <= 16 bytes more} than the peer, or, if empty, none.
 */
record Target(String text) {
  private static final Pattern TEXT =
      Pattern.compile("|>= (?<fast>[0-9.]+)|<= (?<limit>[0-9.]+)( (?<unit>ns|ms|bytes)( more)?)?");

  Target {
    matcher(text);
  }

  private static Matcher matcher(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no target: " + text);
    }
    return matcher;
  }

  /** Whether it is no ratio, but has a unit. */
  private boolean hasUnit() {
    return matcher(text).group("unit") != null;
  }

  /** The figure that the target is about, from the least costs. */
  double figure(double ours, double peers) {
    if (hasUnit()) {
      return text.endsWith(" more") ? ours - peers : ours;
    }
    return text.startsWith("<") ? ours / peers : peers / ours;
  }

  String format(double figure, boolean bytes) {
    return hasUnit() ? Scores.format(figure, bytes) : String.format(Locale.ROOT, "%.2f×", figure);
  }

  /** Says whether it is reached. */
  String verdict(double figure) {
    Matcher matcher = matcher(text);
    if (text.isEmpty()) {
      return "";
    }
    boolean reached =
        matcher.group("fast") != null
            ? figure >= Double.parseDouble(matcher.group("fast"))
            : figure
                <= Double.parseDouble(matcher.group("limit"))
                    * ("ms".equals(matcher.group("unit")) ? 1e6 : 1);
    return reached ? "yes" : "**no**";
  }

  @Override
  public String toString() {
    String sign = text.replace("<=", "≤").replace(">=", "≥");
    return text.isEmpty() || hasUnit()
        ? sign
        : sign + (text.startsWith("<") ? "× the time" : "× as fast");
  }
}
