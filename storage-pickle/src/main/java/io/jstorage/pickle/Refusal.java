package io.jstorage.pickle;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A value or a pickle that is refused, and where in the value the reason is. */
final class Refusal extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_PATH = 100;
  private static final int LONGEST_NAME = 60;

  private final String reason;
  private final StringBuilder path = new StringBuilder();

  Refusal(String reason) {
    super(reason);
    this.reason = reason;
  }

  Refusal(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  /** Adds the step from a container to the element that was refused. */
  Refusal in(@Nullable Object step) {
    if (path.length() <= LONGEST_PATH) {
      path.insert(0, "[" + shown(step) + "]");
    }
    return this;
  }

  /** Shows the scalars that keys usually are, and only the type of anything else. */
  private static String shown(@Nullable Object step) {
    if (step instanceof String text) {
      return "'" + printable(text) + "'";
    }
    if (step == null || step instanceof Long || step instanceof Integer || step instanceof Double) {
      return String.valueOf(step);
    }
    return "a " + step.getClass().getSimpleName();
  }

  /** Cuts text that comes from outside, and escapes what a terminal or a log could obey. */
  static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && i < LONGEST_NAME; i++) {
      char c = text.charAt(i);
      shown.append(c >= ' ' && c <= '~' ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return text.length() > LONGEST_NAME ? shown + "…" : shown.toString();
  }

  @Override
  public String getMessage() {
    if (path.isEmpty()) {
      return reason;
    }
    String where =
        path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "…" : path.toString();
    return reason + ", in the value's " + where;
  }
}
