package io.jstorage.examples;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;

/** Waits, and shows the remaining time on a terminal; to a pipe or a file it writes nothing. */
final class Countdown {
  /** File systems note the time of a write by a clock that is a few milliseconds behind. */
  private static final Duration MARGIN = Duration.ofMillis(50);

  private final PrintStream out;
  private final boolean terminal;

  Countdown(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void await(Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.plus(MARGIN).toNanos();
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      if (terminal) {
        out.printf("\r   waiting %d s ", Duration.ofNanos(left).plusMillis(900).toSeconds());
        out.flush();
      }
      Thread.sleep(Math.min(200, left / 1_000_000 + 1));
    }
    if (terminal) {
      out.print("\r                \r");
    }
  }

  /** From Java 22 on there is a console without a terminal too; the console tells which it is. */
  @SuppressWarnings("SystemConsoleNull")
  static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
