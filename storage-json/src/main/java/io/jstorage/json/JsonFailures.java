package io.jstorage.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Says what Jackson says, and where, in one line. */
final class JsonFailures {
  private static final int LONGEST_PATH = 100;

  private JsonFailures() {}

  static String describe(JacksonException e) {
    StringBuilder text = new StringBuilder(e.getOriginalMessage());
    TokenStreamLocation location = e.getLocation();
    if (location != null && location.getLineNr() > 0) {
      text.append(
          ", at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr()));
    }
    return e.getPath().isEmpty() ? text.toString() : text + ", in " + path(e);
  }

  private static String path(JacksonException e) {
    StringBuilder path = new StringBuilder("$");
    for (JacksonException.Reference step : e.getPath()) {
      String name = step.getPropertyName();
      path.append(name != null ? "." + name : "[" + step.getIndex() + "]");
      if (path.length() > LONGEST_PATH) {
        return path.substring(0, LONGEST_PATH) + "…";
      }
    }
    return path.toString();
  }
}
