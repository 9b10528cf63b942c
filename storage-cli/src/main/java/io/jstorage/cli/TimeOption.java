package io.jstorage.cli;

import io.jstorage.Option;
import java.time.Duration;

/** Lengths of time on the command line, written as in URLs. */
final class TimeOption {
  private TimeOption() {}

  static Duration parse(String name, String text) {
    return Option.duration(name).parse(text);
  }
}
