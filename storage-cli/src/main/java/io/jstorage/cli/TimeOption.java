package io.jstorage.cli;

import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.cli.place.UsageException;
import java.time.Duration;

/** Lengths of time on the command line, written as in URLs. */
final class TimeOption {
  private TimeOption() {}

  static Duration parse(String name, String text) {
    try {
      return Option.duration(name).parse(text);
    } catch (InvalidOptionException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
