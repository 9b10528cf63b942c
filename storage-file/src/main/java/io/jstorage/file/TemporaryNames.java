package io.jstorage.file;

import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The names of files that are being written: {@code .jstorage-<time>-<random>.tmp}. The name shows
 * the age, as the time of last modification may be a deadline.
 */
final class TemporaryNames {
  /** How long a temporary file is left alone, as it may still be in use. */
  static final Duration ABANDONED_AFTER = Duration.ofHours(1);

  private static final String PREFIX = ".jstorage-";
  private static final Pattern NAME =
      Pattern.compile("\\.jstorage-[0-9a-f]{16}-[0-9a-f]{16,}\\.tmp");
  private static final String SUFFIX = ".tmp";

  /** The length of the shortest of these names. */
  static final int MIN_BYTES = PREFIX.length() + 4 * Long.BYTES + 1 + SUFFIX.length();

  private static final HexFormat HEX = HexFormat.of();

  private TemporaryNames() {}

  /** Makes a name that no other call makes. */
  static String next(long nowMillis) {
    return PREFIX
        + HEX.toHexDigits(nowMillis)
        + "-"
        + HEX.toHexDigits(ThreadLocalRandom.current().nextLong())
        + SUFFIX;
  }

  /** Makes a name of a given length, at least {@link #MIN_BYTES}, that no other call makes. */
  static String next(long nowMillis, int length) {
    String shortest = next(nowMillis);
    int stem = shortest.length() - SUFFIX.length();
    return shortest.substring(0, stem) + "0".repeat(length - shortest.length()) + SUFFIX;
  }

  /** Returns whether a name is one of these and was made so long ago that its maker may be dead. */
  static boolean isAbandoned(String name, long nowMillis) {
    if (!NAME.matcher(name).matches()) {
      return false;
    }
    long madeMillis =
        HexFormat.fromHexDigitsToLong(name, PREFIX.length(), PREFIX.length() + Long.BYTES * 2);
    return nowMillis - madeMillis > ABANDONED_AFTER.toMillis();
  }
}
