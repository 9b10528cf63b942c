package io.jstorage.cli.terminal;

import java.util.Arrays;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/** How far something is, with rate and remaining time, on a terminal only. Thread-safe. */
public final class Progress implements AutoCloseable {
  private static final int NARROW = 50;
  private static final int INTERVAL_MILLIS = 200;

  private final @Nullable ProgressBar bar;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * Begins to show progress.
   *
   * @param terminal where; nothing is shown if nobody sees its error output
   * @param task what is done, in a word
   * @param total how many steps there will be, or -1 if that is not known
   */
  public static Progress on(Terminal terminal, String task, long total) {
    if (!terminal.errIsTerminal()) {
      return new Progress(null);
    }
    int columns = Math.max(1, terminal.width() - 1);
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(INTERVAL_MILLIS)
            .showSpeed()
            .setConsumer(new Line(terminal, columns));
    if (columns < NARROW) {
      // The library's own line has a length that it does not shorten further.
      builder.setRenderer((state, length) -> narrow(state));
    }
    return new Progress(builder.build());
  }

  private static String narrow(ProgressState state) {
    long current = state.getCurrent();
    // Of a total that nobody knows the library makes the steps so far.
    return state.isIndefinite() || state.getMax() <= 0
        ? Long.toString(current)
        : "%d%% %d".formatted(100 * current / state.getMax(), current);
  }

  /** Says that some steps were done. */
  public void step(long steps) {
    if (bar != null) {
      bar.stepBy(steps);
    }
  }

  /** Says how many steps there will be. */
  public void total(long steps) {
    if (bar != null) {
      bar.maxHint(steps);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  /** One line of the terminal, written over and over without other control characters than CR. */
  private static final class Line implements ProgressBarConsumer {
    private final Terminal terminal;
    private final int columns;

    Line(Terminal terminal, int columns) {
      this.terminal = terminal;
      this.columns = columns;
    }

    @Override
    public int getMaxRenderedLength() {
      return columns;
    }

    @Override
    public void accept(String text) {
      char[] line = new char[columns];
      Arrays.fill(line, ' ');
      text.getChars(0, Math.min(columns, text.length()), line, 0);
      terminal.bar(new String(line));
    }

    @Override
    public void close() {
      terminal.clearBar();
    }
  }
}
