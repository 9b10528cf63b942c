package io.jstorage.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongFunction;

/** Counts of values between bounds, which are drawn as bars. Thread-safe for adding. */
public final class Histogram {
  private static final int SMALLEST_BAR = 4;

  private final String title;
  private final long[] bounds;
  private final LongFunction<String> text;
  private final AtomicLongArray counts;

  /**
   * Makes an empty one.
   *
   * @param title what is counted
   * @param bounds the upper bounds, which do not belong to what is below them, in ascending order
   * @param text shows a bound
   */
  public Histogram(String title, long[] bounds, LongFunction<String> text) {
    this.title = title;
    this.bounds = bounds.clone();
    this.text = text;
    this.counts = new AtomicLongArray(bounds.length + 1);
  }

  /** A row of the picture. */
  public record Bar(String label, long count) {}

  public String title() {
    return title;
  }

  public void add(long value) {
    int i = 0;
    while (i < bounds.length && value >= bounds[i]) {
      i++;
    }
    counts.incrementAndGet(i);
  }

  /** Returns the bars from the first to the last that is not empty. */
  public List<Bar> bars() {
    List<Bar> bars = new ArrayList<>();
    int first = 0;
    int last = counts.length() - 1;
    while (first <= last && counts.get(first) == 0) {
      first++;
    }
    while (last > first && counts.get(last) == 0) {
      last--;
    }
    for (int i = first; i <= last; i++) {
      String label =
          i < bounds.length
              ? "< " + text.apply(bounds[i])
              : "≥ " + text.apply(bounds[bounds.length - 1]);
      bars.add(new Bar(label, counts.get(i)));
    }
    return bars;
  }

  /** Draws it on lines of so many columns. */
  public List<String> lines(int columns) {
    List<Bar> bars = bars();
    List<String> lines = new ArrayList<>();
    lines.add(Texts.cut(title, columns));
    if (bars.isEmpty()) {
      lines.add("  none");
      return lines;
    }
    int labels = bars.stream().mapToInt(bar -> bar.label().length()).max().orElse(0);
    long most = bars.stream().mapToLong(Bar::count).max().orElse(1);
    int numbers = Long.toString(most).length();
    int room = Math.max(SMALLEST_BAR, columns - labels - numbers - 4);
    for (Bar bar : bars) {
      long eighths = most == 0 ? 0 : Math.round(8.0 * room * bar.count() / most);
      if (eighths == 0 && bar.count() > 0) {
        eighths = 1;
      }
      String blocks = "█".repeat((int) (eighths / 8)) + partial((int) (eighths % 8));
      String line =
          String.format(
              Locale.ROOT,
              " %" + labels + "s %" + numbers + "d %s",
              bar.label(),
              bar.count(),
              blocks);
      lines.add(Texts.cut(line.stripTrailing(), columns));
    }
    return lines;
  }

  private static String partial(int eighths) {
    return eighths == 0 ? "" : String.valueOf((char) ('█' + 8 - eighths));
  }
}
