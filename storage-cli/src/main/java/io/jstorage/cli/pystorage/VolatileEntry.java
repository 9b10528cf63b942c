package io.jstorage.cli.pystorage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a volatile pystorage: the time of its writing, and the value.
 *
 * @param writtenAt when it was written
 * @param value the value
 */
record VolatileEntry(Instant writtenAt, Object value) {
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

  /** Before it pystorage did not exist; after it nobody reads this. */
  private static final BigDecimal EARLIEST = BigDecimal.valueOf(1_000_000_000);

  private static final BigDecimal LATEST = BigDecimal.valueOf(4_102_444_800L);

  /** Returns the entry that a value is, or null if it is none. */
  static @Nullable VolatileEntry of(Object pair) {
    if (!(pair instanceof List<?> list) || list.size() != 2 || !(list.get(0) instanceof Number)) {
      return null;
    }
    Object value = list.get(1);
    BigDecimal seconds;
    try {
      seconds = new BigDecimal(list.get(0).toString());
    } catch (NumberFormatException e) {
      return null; // NaN
    }
    if (value == null || seconds.compareTo(EARLIEST) < 0 || seconds.compareTo(LATEST) > 0) {
      return null;
    }
    try {
      long nanos =
          seconds
              .remainder(BigDecimal.ONE)
              .multiply(NANOS)
              .setScale(0, RoundingMode.DOWN)
              .longValue();
      return new VolatileEntry(Instant.ofEpochSecond(seconds.longValue(), nanos), value);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
