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
 * that no call is within another more than three times. Long arguments are taken once: Python
 * writes them again for each call, and calls with one that is shared could make any amount of data.
 */
final class Calls {
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  /** The most days of Python's timedelta, either way. */
  static final long MAX_DAYS = 999_999_999;

  static final int MAX_YEAR = 9_999;

  private static final int DAY = 86_400;
  private static final int MILLION = 1_000_000;
  private static final int MAX_OFFSET = 18 * 3_600;

  /** Set where the repeated hour after a change of the clocks is meant. */
  private static final int FOLD = 0x80;

  /** 64 bytes: Python shares texts of one character, and sharing so few more gains nothing. */
  private static final int LONG_ARGUMENT = 64;

  /** How many bytes long arguments may have together. */
  private long rest;

  /** Makes the scalars of a pickle that has so many bytes. */
  Calls(int length) {
    this.rest = length;
  }

  /** Makes the scalar that a call stands for. */
  Object scalar(Call call) throws Refusal {
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
        default -> throw call.wrong();
      };
    } catch (DateTimeException e) {
      throw new Refusal("%s has no such value: %s".formatted(call.function, e.getMessage()), e);
    }
  }

  private static @Nullable Object only(Call call) throws Refusal {
    if (call.arguments.size() != 1) {
      throw call.wrong();
    }
    return call.arguments.get(0);
  }

  private String text(@Nullable Object argument, Call call) throws Refusal {
    if (argument instanceof String text) {
      use(text.length());
      return text;
    }
    if (argument instanceof Python2String old) {
      use(old.bytes.length);
      return new String(old.bytes, StandardCharsets.ISO_8859_1);
    }
    throw call.wrong();
  }

  private void use(int length) throws Refusal {
    if (length > LONG_ARGUMENT) {
      rest -= length;
    }
    if (rest < 0) {
      throw new Refusal("the pickle makes more data of its texts than it has");
    }
  }

  private static long integer(@Nullable Object argument, Call call) throws Refusal {
    if (argument instanceof Long number) {
      return number;
    }
    throw call.wrong();
  }

  /** Protocols below 3 of Python 3 write bytes as the text of the same characters. */
  private byte[] encoded(Call call) throws Refusal {
    List<@Nullable Object> arguments = call.arguments;
    if (arguments.size() != 2 || !isLatin1(text(arguments.get(1), call))) {
      throw call.wrong();
    }
    String text = text(arguments.get(0), call);
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xff) {
        throw call.wrong();
      }
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean isLatin1(String name) {
    return name.equals("latin1") || name.equals("latin-1");
  }

  private static byte[] bytes(Call call) throws Refusal {
    if (!call.arguments.isEmpty()) {
      throw call.wrong();
    }
    return new byte[0];
  }

  private byte[] bytearray(Call call) throws Refusal {
    return switch (call.arguments.size()) {
      case 0 -> new byte[0];
      case 1 -> payload(call, 0);
      default -> encoded(call);
    };
  }

  /** The bytes of an argument, in any of the ways in which one is written. */
  private byte[] payload(Call call, int index) throws Refusal {
    Object argument = call.arguments.get(index);
    if (argument instanceof byte[] bytes) {
      return bytes;
    }
    if (argument instanceof Python2String old) {
      return old.bytes;
    }
    if (argument instanceof Call inner
        && (inner.function == Allowed.ENCODE || inner.function == Allowed.BYTES)) {
      // It may be an argument more than once, and a value besides.
      if (inner.value == null) {
        inner.value = scalar(inner);
      }
      return (byte[]) inner.value;
    }
    throw call.wrong();
  }

  /** The payload of a date or time, which stands before a time zone if there is one. */
  private byte[] payload(Call call, int length, int mostArguments) throws Refusal {
    int given = call.arguments.size();
    byte[] payload = given < 1 || given > mostArguments ? new byte[0] : payload(call, 0);
    if (payload.length != length) {
      throw call.wrong();
    }
    return payload;
  }

  private static int u1(byte[] payload, int at) {
    return payload[at] & 0xff;
  }

  private static LocalDate date(byte[] payload) {
    int year = u1(payload, 0) << 8 | u1(payload, 1);
    if (year < 1 || year > MAX_YEAR) {
      throw new DateTimeException("year " + year);
    }
    return LocalDate.of(year, u1(payload, 2) & ~FOLD, u1(payload, 3));
  }

  private static LocalTime time(byte[] payload, int at) {
    int micros = u1(payload, at + 3) << 16 | u1(payload, at + 4) << 8 | u1(payload, at + 5);
    int hour = u1(payload, at) & ~FOLD;
    return LocalTime.of(hour, u1(payload, at + 1), u1(payload, at + 2)).plusNanos(micros * 1_000L);
  }

  private LocalDate date(Call call) throws Refusal {
    byte[] payload = payload(call, 4, 1);
    if ((u1(payload, 2) & FOLD) != 0) {
      throw call.wrong();
    }
    return date(payload);
  }

  private Object time(Call call) throws Refusal {
    byte[] payload = payload(call, 6, 2);
    checkMicros(payload, 3, call);
    LocalTime time = time(payload, 0);
    return call.arguments.size() == 1 ? time : OffsetTime.of(time, zone(call));
  }

  private Object dateTime(Call call) throws Refusal {
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
      throw call.wrong();
    }
  }

  private ZoneOffset zone(Call call) throws Refusal {
    if (call.arguments.get(1) instanceof Call inner && inner.function == Allowed.TIMEZONE) {
      return offset(inner);
    }
    throw call.wrong();
  }

  /** A time zone may have a name, which Python does not compare and Java does not have. */
  private ZoneOffset offset(Call call) throws Refusal {
    List<@Nullable Object> arguments = call.arguments;
    if (arguments.isEmpty()
        || arguments.size() > 2
        || !(arguments.get(0) instanceof Call inner && inner.function == Allowed.TIMEDELTA)) {
      throw call.wrong();
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
      throw call.wrong();
    }
    long days = integer(arguments.get(0), call);
    long seconds = integer(arguments.get(1), call);
    long micros = integer(arguments.get(2), call);
    if (days < -MAX_DAYS
        || days > MAX_DAYS
        || seconds < 0
        || seconds >= DAY
        || micros < 0
        || micros >= MILLION) {
      throw call.wrong();
    }
    return Duration.ofSeconds(days * DAY + seconds, micros * 1_000);
  }

  private Fraction fraction(Call call, List<@Nullable Object> arguments) throws Refusal {
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
      throw call.wrong();
    }
    BigInteger below = bigInteger(denominator, call);
    if (below.signum() <= 0) {
      throw call.wrong();
    }
    return new Fraction(bigInteger(numerator, call), below);
  }

  private BigInteger bigInteger(@Nullable Object argument, Call call) throws Refusal {
    if (argument instanceof Long number) {
      return BigInteger.valueOf(number);
    }
    if (argument instanceof BigInteger number) {
      use(number.bitLength() / 8);
      if (number.bitLength() > Limits.MAX_BITS) {
        throw new Refusal(
            "an int of a Fraction has more than %d digits".formatted(Limits.MAX_DIGITS));
      }
      return number;
    }
    throw call.wrong();
  }

  /** Its one int, and since Python 3.7 whether no other process can have made it. */
  private UUID uuid(Call call, Container state) throws Refusal {
    List<@Nullable Object> items = state.items;
    BigInteger number = null;
    if (items.size() > 4) {
      throw call.wrong();
    }
    for (int i = 0; i < items.size(); i += 2) {
      String name = text(items.get(i), call);
      if (name.equals("int")) {
        number = bigInteger(items.get(i + 1), call);
      } else if (!name.equals("is_safe")) {
        throw call.wrong();
      }
    }
    if (number == null
        || !call.arguments.isEmpty()
        || number.signum() < 0
        || number.bitLength() > 128) {
      throw call.wrong();
    }
    return new UUID(number.divide(TWO_TO_64).longValue(), number.longValue());
  }
}
