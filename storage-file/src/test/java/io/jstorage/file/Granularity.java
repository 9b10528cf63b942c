package io.jstorage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/** How exactly a file system keeps times of modification, found by writing and reading one. */
final class Granularity {
  /** An odd number of seconds, as some file systems keep even ones, and milliseconds. */
  private static final Instant TRIED = Instant.parse("2026-01-01T00:00:01.123Z");

  private Granularity() {}

  /**
   * Returns zero if milliseconds are kept, else the seconds that are kept as one. Some file systems
   * (encfs) show the exact time until the file has another name.
   */
  static Duration of(Path directory) throws IOException {
    Path first = Files.createTempFile(directory, "granularity", "");
    Files.setLastModifiedTime(first, FileTime.from(TRIED));
    Path file = Files.move(first, directory.resolve("granularity"));
    try {
      Instant kept = Files.getLastModifiedTime(file).toInstant();
      Duration lost = Duration.between(kept, TRIED).abs();
      return lost.isZero() ? lost : Duration.ofSeconds(lost.toSeconds() + 1);
    } finally {
      Files.delete(file);
    }
  }
}
