package io.jstorage.pickle;

import io.jstorage.pickle.Node.Call;
import io.jstorage.pickle.Node.Container;
import io.jstorage.pickle.Node.Python2String;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The scalars that Python pickles as calls. Only the arguments that Python writes are taken, so
 * that no call is within another more than three times.
 */
final class Calls {
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  /** What Python's timedelta can hold, either way. */
  static final long MAX_DAYS = 999_999_999;

  private static final int DAY = 86_400;
  private static final int MILLION = 1_000_000;
  private static final int MAX_OFFSET = 18 * 3_600;

  /** Set where the repeated hour after a change of the clocks is meant. */
  private static final int FOLD = 0x80;

  private Calls() {}

  /** Makes the scalar that a call stands for. */
  static Object scalar(Call call) throws Refusal {
    List<@Nullable Object> arguments = call.arguments;
    if (call.state != null) {
      return uuid(call, call.state);
    }
    try {
      return switch (call.function) {
        case BYTES -> bytes(call);
        case ENCODE -> encoded(call);
        case BYTEARRAY -> bytearray(call);
        case DATE -> date(call);
        case TIME -> time(call);
        case DATETIME -> dateTime(call);
        case TIMEDELTA -> duration(call);
        case TIMEZONE -> offset(call);
        case DECIMAL -> Scalars.decimal(text(only(call), call));
        case FRACTION -> fraction(call, arguments);
        default -> throw wrong(call);
      };
    } catch (DateTimeException e) {
      throw new Refusal("%s has no such value: %s".formatted(call.function, e.getMessage()), e);
    }
  }

  private static Refusal wrong(Call call) {
    return new Refusal("%s is not called as Python writes it".formatted(call.function));
  }

  private static @Nullable Object only(Call call) throws Refusal {
    if (call.arguments.size() != 1) {
      throw wrong(call);
    }
    return call.arguments.get(0);
  }

  private static String text(@Nullable Object argument, Call call) throws Refusal {
    if (argument instanceof String text) {
      return text;
    }
    if (argument instanceof Python2String old) {
      return new String(old.bytes, StandardCharsets.ISO_8859_1);
    }
    throw wrong(call);
  }

  private static long integer(@Nullable Object argument, Call call) throws Refusal {
    if (argument instanceof Long number) {
      return number;
    }
    throw wrong(call);
  }

  /** Protocols below 3 of Python 3 write bytes as the text of the same characters. */
  private static byte[] encoded(Call call) throws Refusal {
    List<@Nullable Object> arguments = call.arguments;
    if (arguments.size() != 2 || !isLatin1(text(arguments.get(1), call))) {
      throw wrong(call);
    }
    String text = text(arguments.get(0), call);
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xff) {
        throw wrong(call);
      }
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean isLatin1(String name) {
    return name.equals("latin1") || name.equals("latin-1");
  }

  private static byte[] bytes(Call call) throws Refusal {
    if (!call.arguments.isEmpty()) {
      throw wrong(call);
    }
    return new byte[0];
  }

  private static byte[] bytearray(Call call) throws Refusal {
    return switch (call.arguments.size()) {
      case 0 -> new byte[0];
      case 1 -> payload(call, 0);
      default -> encoded(call);
    };
  }

  /** The bytes of an argument, in any of the ways in which one is written. */
  private static byte[] payload(Call call, int index) throws Refusal {
    Object argument = call.arguments.get(index);
    if (argument instanceof byte[] bytes) {
      return bytes;
    }
    if (argument instanceof Python2String old) {
      return old.bytes;
    }
    if (argument instanceof Call inner && inner.state == null) {
      if (inner.function == Allowed.ENCODE) {
        return encoded(inner);
      }
      if (inner.function == Allowed.BYTES) {
        return bytes(inner);
      }
    }
    throw wrong(call);
  }

  /** The payload of a date or time, which stands before a time zone if there is one. */
  private static byte[] payload(Call call, int length, int mostArguments) throws Refusal {
    int given = call.arguments.size();
    byte[] payload = given < 1 || given > mostArguments ? new byte[0] : payload(call, 0);
    if (payload.length != length) {
      throw wrong(call);
    }
    return payload;
  }

  private static int u1(byte[] payload, int at) {
    return payload[at] & 0xff;
  }

  private static LocalDate date(byte[] payload) {
    int month = u1(payload, 2) & ~FOLD;
    return LocalDate.of(u1(payload, 0) << 8 | u1(payload, 1), month, u1(payload, 3));
  }

  private static LocalTime time(byte[] payload, int at) {
    int micros = u1(payload, at + 3) << 16 | u1(payload, at + 4) << 8 | u1(payload, at + 5);
    int hour = u1(payload, at) & ~FOLD;
    return LocalTime.of(hour, u1(payload, at + 1), u1(payload, at + 2)).plusNanos(micros * 1_000L);
  }

  private static LocalDate date(Call call) throws Refusal {
    byte[] payload = payload(call, 4, 1);
    if ((u1(payload, 2) & FOLD) != 0) {
      throw wrong(call);
    }
    return date(payload);
  }

  private static Object time(Call call) throws Refusal {
    byte[] payload = payload(call, 6, 2);
    checkMicros(payload, 3, call);
    LocalTime time = time(payload, 0);
    return call.arguments.size() == 1 ? time : OffsetTime.of(time, zone(call));
  }

  private static Object dateTime(Call call) throws Refusal {
    byte[] payload = payload(call, 10, 2);
    checkMicros(payload, 7, call);
    LocalDateTime time = LocalDateTime.of(date(payload), withoutFold(payload));
    return call.arguments.size() == 1 ? time : OffsetDateTime.of(time, zone(call));
  }

  /** The fold of a date with a time stands in its month, so the hour has none. */
  private static LocalTime withoutFold(byte[] payload) {
    if ((u1(payload, 4) & FOLD) != 0) {
      throw new DateTimeException("hour " + u1(payload, 4));
    }
    return time(payload, 4);
  }

  private static void checkMicros(byte[] payload, int at, Call call) throws Refusal {
    int micros = u1(payload, at) << 16 | u1(payload, at + 1) << 8 | u1(payload, at + 2);
    if (micros >= MILLION) {
      throw wrong(call);
    }
  }

  private static ZoneOffset zone(Call call) throws Refusal {
    if (call.arguments.get(1) instanceof Call inner && inner.function == Allowed.TIMEZONE) {
      return offset(inner);
    }
    throw wrong(call);
  }

  /** A time zone may have a name, which Python does not compare and Java does not have. */
  private static ZoneOffset offset(Call call) throws Refusal {
    List<@Nullable Object> arguments = call.arguments;
    if (arguments.isEmpty()
        || arguments.size() > 2
        || !(arguments.get(0) instanceof Call inner && inner.function == Allowed.TIMEDELTA)) {
      throw wrong(call);
    }
    if (arguments.size() == 2) {
      text(arguments.get(1), call);
    }
    Duration offset = duration(inner);
    if (offset.getNano() != 0 || Math.abs(offset.getSeconds()) > MAX_OFFSET) {
      throw new Refusal(
          "Java has no offset of %s: whole seconds of up to 18 hours".formatted(offset));
    }
    return ZoneOffset.ofTotalSeconds((int) offset.getSeconds());
  }

  private static Duration duration(Call call) throws Refusal {
    List<@Nullable Object> arguments = call.arguments;
    if (arguments.size() != 3) {
      throw wrong(call);
    }
    long days = integer(arguments.get(0), call);
    long seconds = integer(arguments.get(1), call);
    long micros = integer(arguments.get(2), call);
    if (Math.abs(days) > MAX_DAYS
        || seconds < 0
        || seconds >= DAY
        || micros < 0
        || micros >= MILLION) {
      throw wrong(call);
    }
    return Duration.ofSeconds(days * DAY + seconds, micros * 1_000);
  }

  private static Fraction fraction(Call call, List<@Nullable Object> arguments) throws Refusal {
    Object numerator;
    Object denominator;
    if (arguments.size() == 1) {
      String text = text(arguments.get(0), call);
      int slash = text.indexOf('/');
      numerator = Scalars.integer(slash < 0 ? text : text.substring(0, slash));
      denominator = slash < 0 ? (Object) 1L : Scalars.integer(text.substring(slash + 1));
    } else if (arguments.size() == 2) {
      numerator = arguments.get(0);
      denominator = arguments.get(1);
    } else {
      throw wrong(call);
    }
    BigInteger below = bigInteger(denominator, call);
    if (below.signum() <= 0) {
      throw wrong(call);
    }
    return new Fraction(bigInteger(numerator, call), below);
  }

  private static BigInteger bigInteger(@Nullable Object argument, Call call) throws Refusal {
    if (argument instanceof Long number) {
      return BigInteger.valueOf(number);
    }
    if (argument instanceof BigInteger number) {
      if (number.bitLength() > Limits.MAX_BITS) {
        throw new Refusal(
            "an int of a Fraction has more than %d digits".formatted(Limits.MAX_DIGITS));
      }
      return number;
    }
    throw wrong(call);
  }

  /** Its one int, and since Python 3.7 whether no other process can have made it. */
  private static UUID uuid(Call call, Container state) throws Refusal {
    List<@Nullable Object> items = state.items;
    BigInteger number = null;
    for (int i = 0; i < items.size(); i += 2) {
      String name = text(items.get(i), call);
      if (name.equals("int")) {
        number = bigInteger(items.get(i + 1), call);
      } else if (!name.equals("is_safe")) {
        throw wrong(call);
      }
    }
    if (number == null
        || !call.arguments.isEmpty()
        || number.signum() < 0
        || number.bitLength() > 128) {
      throw wrong(call);
    }
    return new UUID(number.divide(TWO_TO_64).longValue(), number.longValue());
  }
}
