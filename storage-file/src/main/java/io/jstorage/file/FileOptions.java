package io.jstorage.file;

import io.jstorage.Option;
import io.jstorage.spi.StandardOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * The options of a {@link FileStore}, beside {@link StandardOptions#EXPIRATION} and {@link
 * StandardOptions#CLOCK}.
 */
public final class FileOptions {
  /** {@code path}: the directory. */
  public static final Option<Path> PATH =
      Option.path("path")
          .describedAs(
              "The directory; by default a private one for the user under the directory for temporary files.");

  /**
   * {@code suffix}: the end of the names of the store's files; {@code .storage.json} by default.
   */
  public static final Option<String> SUFFIX =
      Option.text("suffix")
          .describedAs("How the names of the store's files end.")
          .where(
              FileNames::isSuffix,
              "a dot and up to 63 of a-z, 0-9, '.', '_' and '-', ending in a letter or digit and not in '.key'")
          .withDefault(".storage.json");

  /**
   * {@code durability}: how much of an acknowledged write survives a power failure; {@code full} by
   * default.
   */
  public static final Option<Durability> DURABILITY =
      Option.choice("durability", Durability.class)
          .describedAs(
              "The failures that a write survives: full - a power failure; file, none - a crash.")
          .withDefault(Durability.FULL);

  /**
   * {@code timeout}: how long a call waits for the lock of the directory; 30 seconds by default. A
   * holder keeps it for microseconds, and for some seconds while it lists a directory of millions
   * of files. Only a stopped or hanging process makes a call wait for so long.
   */
  public static final Option<Duration> TIMEOUT =
      Option.duration("timeout")
          .describedAs(
              "How long a call waits for the lock that all writers of the directory share.")
          .withDefault(Duration.ofSeconds(30));

  /**
   * {@code expiring}: whether entries may have a time to live without an {@code expiration}; false
   * by default. Entries written without one then stay. An {@code expiration} implies it.
   */
  public static final Option<Boolean> EXPIRING =
      Option.flag("expiring")
          .describedAs("Whether entries take a time to live where no 'expiration' is given.")
          .withDefault(false);

  private FileOptions() {}

  /**
   * Returns all options of a file store, including those that it shares with others.
   *
   * @return an unmodifiable set
   */
  public static Set<Option<?>> all() {
    return Set.of(
        PATH,
        SUFFIX,
        DURABILITY,
        TIMEOUT,
        EXPIRING,
        StandardOptions.EXPIRATION,
        StandardOptions.CLOCK);
  }
}
