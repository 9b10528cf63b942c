package io.jstorage.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** Keys, sizes and times for people. */
public final class Texts {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Texts() {}

  /**
   * Shows a text on one line: what would move the cursor or turn the direction of writing is shown
   * as its escape in Java.
   */
  public static String shown(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isHarmless(c)) {
                shown.appendCodePoint(c);
              } else {
                for (char half : Character.toChars(c)) {
                  shown.append("\\u%04x".formatted((int) half));
                }
              }
            });
    return shown.toString();
  }

  private static boolean isHarmless(int c) {
    boolean turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    return !turns
        && switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.SURROGATE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }

  /** Shows a number of bytes in three digits and a unit. */
  public static String size(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 999.5 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, size < 9.95 ? "%.1f %s" : "%.0f %s", size, UNITS[unit]);
  }

  /** Shows a length of time in its largest unit, or the two largest. */
  public static String time(Duration duration) {
    Duration length = duration.abs();
    String text;
    if (length.toDays() >= 10) {
      text = length.toDays() + " d";
    } else if (length.toHours() >= 24) {
      text = "%d d %d h".formatted(length.toDays(), length.toHoursPart());
    } else if (length.toMinutes() >= 60) {
      text = "%d h %d min".formatted(length.toHours(), length.toMinutesPart());
    } else if (length.toSeconds() >= 60) {
      text = "%d min %d s".formatted(length.toMinutes(), length.toSecondsPart());
    } else if (length.toSeconds() >= 10) {
      text = length.toSeconds() + " s";
    } else {
      text = String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1000.0);
    }
    return duration.isNegative() ? "-" + text : text;
  }

  /** Shows a time of microseconds and more. */
  public static String latency(long time) {
    double nanos = time;
    if (nanos < 1e6) {
      return String.format(Locale.ROOT, nanos < 9950 ? "%.1f µs" : "%.0f µs", nanos / 1e3);
    }
    return nanos < 1e9
        ? String.format(Locale.ROOT, nanos < 9.95e6 ? "%.1f ms" : "%.0f ms", nanos / 1e6)
        : String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }

  /** Returns a count with its noun, {@code 1 entry} or {@code 2 entries}. */
  public static String count(long count, String one, String many) {
    return number(count) + ' ' + (count == 1 ? one : many);
  }

  /** Returns {@code 1 000} for a thousand. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
  }

  /** Returns {@code 1 entry} or {@code 2 entries}. */
  public static String entries(long count) {
    return count(count, "entry", "entries");
  }

  /** Cuts a text to a number of columns. */
  public static String cut(String text, int columns) {
    return text.length() <= columns ? text : text.substring(0, Math.max(0, columns - 1)) + "…";
  }

  /** Returns the message of a failure, of one line. */
  public static String message(Throwable failure) {
    String message = failure.getMessage();
    return shown(message == null ? failure.getClass().getSimpleName() : message);
  }
}
