package io.jstorage.pickle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order of all keys, consistent with equals: by type first, then as the type has it. */
final class KeyOrder implements Comparator<@Nullable Object> {
  static final KeyOrder INSTANCE = new KeyOrder();

  private static final List<Class<?>> TYPES =
      List.of(
          String.class,
          Long.class,
          Boolean.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          Fraction.class,
          LocalDate.class,
          LocalTime.class,
          OffsetTime.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          Duration.class,
          ZoneOffset.class,
          UUID.class,
          KeyTuple.class,
          KeySet.class);

  private KeyOrder() {}

  /** Returns whether something is a key by its type alone; {@code ByteBuffer} has many classes. */
  static boolean isKey(@Nullable Object object) {
    return rank(object) < TYPES.size();
  }

  private static int rank(@Nullable Object key) {
    if (key == null) {
      return -2;
    }
    if (key instanceof ByteBuffer) {
      return -1;
    }
    int rank = TYPES.indexOf(key.getClass());
    return rank < 0 ? TYPES.size() : rank;
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // of one type, which has an order
  public int compare(@Nullable Object left, @Nullable Object right) {
    if (left == right) {
      return 0;
    }
    int rank = rank(left);
    int other = rank(right);
    if (left == null || right == null || rank != other) {
      return Integer.compare(rank, other);
    }
    int order = ((Comparable) left).compareTo(right);
    // 1.0 and 1.00 are equal numbers and different values.
    return order == 0 && left instanceof BigDecimal decimal
        ? Integer.compare(decimal.scale(), ((BigDecimal) right).scale())
        : order;
  }

  static int compare(@Nullable Object[] left, @Nullable Object[] right) {
    return Arrays.compare(left, right, INSTANCE);
  }
}
