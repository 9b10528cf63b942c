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
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values of every type that a pickle is read as, in any mixture. */
final class RandomValues {
  private static final long MICROS = 1_000;

  private final Random random;

  RandomValues(long seed) {
    this.random = new Random(seed);
  }

  /** Returns a value, of which some contain keys that are one to Python and cannot be written. */
  Object value() {
    Object value = value(4);
    return value == null ? "null" : value;
  }

  private @Nullable Object value(int levels) {
    if (levels == 0 || random.nextInt(3) == 0) {
      return random.nextInt(12) == 0 ? bytes() : scalar();
    }
    Supplier<@Nullable Object> element = () -> value(levels - 1);
    Supplier<@Nullable Object> key = () -> key(levels - 1);
    return switch (random.nextInt(6)) {
      case 0 -> PythonValues.list(some(element));
      case 1 -> Tuple.of(some(element));
      case 2 -> PythonValues.deque(some(element));
      case 3 -> PythonValues.set(some(key));
      case 4 -> frozen(key);
      default -> {
        @Nullable Object[] keys = some(key);
        @Nullable Object[] pairs = new @Nullable Object[2 * keys.length];
        for (int i = 0; i < keys.length; i++) {
          pairs[2 * i] = keys[i];
          pairs[2 * i + 1] = element.get();
        }
        yield PythonValues.dict(pairs);
      }
    };
  }

  private @Nullable Object[] some(Supplier<@Nullable Object> element) {
    @Nullable Object[] some = new @Nullable Object[random.nextInt(6)];
    for (int i = 0; i < some.length; i++) {
      some[i] = element.get();
    }
    return some;
  }

  private @Nullable Object key(int levels) {
    if (levels <= 0 || random.nextInt(3) > 0) {
      return random.nextInt(12) == 0 ? ByteBuffer.wrap(bytes()) : scalar();
    }
    Supplier<@Nullable Object> key = () -> key(levels - 1);
    return random.nextBoolean() ? Tuple.of(some(key)) : frozen(key);
  }

  private FrozenSet frozen(Supplier<@Nullable Object> key) {
    return FrozenSet.copyOf(PythonValues.set(some(key)));
  }

  private @Nullable Object scalar() {
    return switch (random.nextInt(18)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> (long) random.nextInt(5);
      case 3 -> random.nextLong() >> random.nextInt(64);
      case 4 -> beyondLong(new BigInteger(random.nextInt(64, 3_000), random));
      case 5 -> random.nextBoolean() ? random.nextInt(9) / 4.0 : random.nextGaussian();
      case 6 -> Double.longBitsToDouble(random.nextLong());
      case 7 -> text(' ', '~');
      case 8 -> text(0, Character.MAX_VALUE);
      case 9 -> new BigDecimal(new BigInteger(random.nextInt(100), random), random.nextInt(-9, 50));
      case 10 -> Fraction.of(random.nextInt(), 1 + random.nextInt(100));
      case 11 -> new UUID(random.nextLong(), random.nextLong());
      case 12 -> date();
      case 13 -> random.nextBoolean() ? time() : OffsetTime.of(time(), offset());
      case 14 -> LocalDateTime.of(date(), time());
      case 15 -> OffsetDateTime.of(date(), time(), offset());
      case 16 -> Duration.ofSeconds(random.nextInt() * 10_000L, random.nextInt(1_000_000) * MICROS);
      default -> offset();
    };
  }

  private BigInteger beyondLong(BigInteger number) {
    BigInteger beyond = number.setBit(63);
    return random.nextBoolean() ? beyond : beyond.negate().subtract(BigInteger.ONE);
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return bytes;
  }

  private String text(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(10); n > 0; n--) {
      text.append((char) random.nextInt(from, to + 1));
    }
    return random.nextInt(10) == 0 ? text + "\ud83d\ude00" : text.toString();
  }

  private LocalDate date() {
    return LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_652_059));
  }

  private LocalTime time() {
    return LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000L) * MICROS);
  }

  private ZoneOffset offset() {
    return ZoneOffset.ofTotalSeconds(random.nextInt(-64_800, 64_801));
  }
}
