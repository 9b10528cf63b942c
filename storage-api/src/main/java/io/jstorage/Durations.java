package io.jstorage;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as people write them in options and URLs. */
final class Durations {
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)(ms|s|m|h|d|)");

  private Durations() {}

  /**
   * Accepts {@code 500ms}, {@code 5s}, {@code 1.5m}, {@code 1h}, {@code 7d}, ISO-8601, bare
   * seconds.
   */
  static Duration parse(String text) {
    if (text.regionMatches(true, 0, "P", 0, 1)) {
      try {
        return Duration.parse(text);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("not an ISO-8601 duration", e);
      }
    }
    Matcher matcher = AMOUNT.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a duration");
    }
    return ofSeconds(new BigDecimal(matcher.group(1)).multiply(secondsPer(matcher.group(2))));
  }

  /**
   * Rounds towards zero at the nanosecond.
   *
   * @throws ArithmeticException if that is more than a duration holds
   */
  static Duration ofSeconds(BigDecimal seconds) {
    // Judged by the exponent first: 1e999999999 written out would fill the memory.
    long digits = (long) seconds.precision() - seconds.scale();
    if (digits > 19) {
      throw new ArithmeticException("more seconds than a duration holds");
    }
    if (digits < -9) {
      return Duration.ZERO;
    }
    long whole = seconds.toBigInteger().longValueExact();
    int nanos = seconds.remainder(BigDecimal.ONE).movePointRight(9).intValue();
    return Duration.ofSeconds(whole, nanos);
  }

  private static BigDecimal secondsPer(String unit) {
    return switch (unit) {
      case "ms" -> new BigDecimal("0.001");
      case "m" -> BigDecimal.valueOf(60);
      case "h" -> BigDecimal.valueOf(3600);
      case "d" -> BigDecimal.valueOf(86_400);
      default -> BigDecimal.ONE;
    };
  }
}
