package io.jstorage.examples;

import java.io.PrintStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prints what the quick start does, and stops it where a storage does something else. */
final class Report {
  /** A step did not do what it says. */
  static final class WrongStep extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongStep(String message) {
      super(message);
    }
  }

  private final PrintStream out;
  private int steps;
  private String title = "";

  Report(PrintStream out) {
    this.out = out;
  }

  void step(String title) {
    this.title = title;
    out.printf("%n%d. %s%n", ++steps, title);
  }

  void say(String line) {
    out.println("   " + line);
  }

  /** Prints what an expression returned, which must be what the step expects. */
  void check(String expression, @Nullable Object expected, @Nullable Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw new WrongStep(
          "step %d, '%s', went wrong: %s is %s, but should be %s"
              .formatted(steps, title, expression, actual, expected));
    }
    say("%s is %s".formatted(expression, actual));
  }

  int steps() {
    return steps;
  }
}
