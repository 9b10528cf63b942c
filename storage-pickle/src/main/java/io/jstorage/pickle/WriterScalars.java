package io.jstorage.pickle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes what has no elements, as Python itself writes it in protocol 4. */
final class WriterScalars {
  private static final long MAX_SECONDS = (Calls.MAX_DAYS + 1) * 86_400 - 1;
  private static final long MIN_SECONDS = -Calls.MAX_DAYS * 86_400;

  private final PickleWriter names;
  private final Output out;

  WriterScalars(PickleWriter names, Output out) {
    this.names = names;
    this.out = out;
  }

  /** Returns false if the value is none that a pickle has a scalar for. */
  boolean write(@Nullable Object value) throws Refusal {
    if (value == null) {
      out.u1(Opcode.NONE);
    } else if (value instanceof String text) {
      text(text);
    } else if (value instanceof Long number) {
      integer(number);
    } else if (value instanceof Boolean flag) {
      out.u1(flag ? Opcode.NEWTRUE : Opcode.NEWFALSE);
    } else if (value instanceof Double number) {
      out.u1(Opcode.BINFLOAT);
      out.littleEndian(Long.reverseBytes(Double.doubleToRawLongBits(number)), Long.BYTES);
    } else if (value.getClass() == BigInteger.class) {
      return large((BigInteger) value);
    } else if (value.getClass() == BigDecimal.class) {
      decimal((BigDecimal) value);
    } else if (value instanceof Fraction fraction) {
      fraction(fraction);
    } else if (value instanceof UUID uuid) {
      uuid(uuid);
    } else {
      return time(value);
    }
    return true;
  }

  private boolean time(Object value) throws Refusal {
    if (value instanceof LocalDate date) {
      names.name(Allowed.DATE);
      payload(4).date(date);
      out.u1(Opcode.TUPLE1).u1(Opcode.REDUCE);
    } else if (value instanceof LocalTime time) {
      names.name(Allowed.TIME);
      payload(6).time(time);
      out.u1(Opcode.TUPLE1).u1(Opcode.REDUCE);
    } else if (value instanceof OffsetTime time) {
      names.name(Allowed.TIME);
      payload(6).time(time.toLocalTime());
      offset(time.getOffset());
      out.u1(Opcode.TUPLE2).u1(Opcode.REDUCE);
    } else if (value instanceof LocalDateTime time) {
      names.name(Allowed.DATETIME);
      payload(10).date(time.toLocalDate()).time(time.toLocalTime());
      out.u1(Opcode.TUPLE1).u1(Opcode.REDUCE);
    } else if (value instanceof OffsetDateTime time) {
      names.name(Allowed.DATETIME);
      payload(10).date(time.toLocalDate()).time(time.toLocalTime());
      offset(time.getOffset());
      out.u1(Opcode.TUPLE2).u1(Opcode.REDUCE);
    } else if (value instanceof Duration duration) {
      duration(duration);
    } else if (value instanceof ZoneOffset offset) {
      offset(offset);
    } else {
      return false;
    }
    return true;
  }

  void text(String text) throws Refusal {
    byte[] utf8 = Utf8.encode(text);
    if (utf8.length <= 0xff) {
      out.u1(Opcode.SHORT_BINUNICODE).u1(utf8.length);
    } else {
      out.u1(Opcode.BINUNICODE).littleEndian(utf8.length, 4);
    }
    out.bytes(utf8);
  }

  void bytes(byte[] bytes) throws Refusal {
    if (bytes.length <= 0xff) {
      out.u1(Opcode.SHORT_BINBYTES).u1(bytes.length);
    } else {
      out.u1(Opcode.BINBYTES).littleEndian(bytes.length, 4);
    }
    out.bytes(bytes);
  }

  private void integer(long number) throws Refusal {
    if (number >= 0 && number <= 0xff) {
      out.u1(Opcode.BININT1).u1((int) number);
    } else if (number >= 0 && number <= 0xffff) {
      out.u1(Opcode.BININT2).littleEndian(number, 2);
    } else if (number == (int) number) {
      out.u1(Opcode.BININT).littleEndian(number, 4);
    } else {
      integer(BigInteger.valueOf(number));
    }
  }

  private boolean large(BigInteger number) throws Refusal {
    if (number.bitLength() < Long.SIZE) {
      return false;
    }
    integer(number);
    return true;
  }

  /** Writes an int of any size in two's complement, the lowest byte first. */
  private void integer(BigInteger number) throws Refusal {
    byte[] magnitude = number.toByteArray();
    if (magnitude.length <= 0xff) {
      out.u1(Opcode.LONG1).u1(magnitude.length);
    } else {
      out.u1(Opcode.LONG4).littleEndian(magnitude.length, 4);
    }
    for (int i = magnitude.length - 1; i >= 0; i--) {
      out.u1(magnitude[i]);
    }
  }

  private void part(BigInteger number) throws Refusal {
    if (number.bitLength() < Integer.SIZE) {
      integer(number.longValue());
    } else {
      integer(number);
    }
  }

  private void decimal(BigDecimal number) throws Refusal {
    if (number.unscaledValue().bitLength() > Limits.MAX_BITS) {
      throw new Refusal("a BigDecimal has more than %d digits".formatted(Limits.MAX_DIGITS));
    }
    String text = number.toString();
    // The reader refuses the same exponents; of the others, the text keeps every digit.
    Scalars.decimal(text);
    names.name(Allowed.DECIMAL);
    text(text);
    out.u1(Opcode.TUPLE1).u1(Opcode.REDUCE);
  }

  private void fraction(Fraction fraction) throws Refusal {
    if (fraction.numerator().bitLength() > Limits.MAX_BITS
        || fraction.denominator().bitLength() > Limits.MAX_BITS) {
      throw new Refusal("a Fraction has more than %d digits".formatted(Limits.MAX_DIGITS));
    }
    names.name(Allowed.FRACTION);
    part(fraction.numerator());
    part(fraction.denominator());
    out.u1(Opcode.TUPLE2).u1(Opcode.REDUCE);
  }

  private void uuid(UUID uuid) throws Refusal {
    names.name(Allowed.UUID);
    out.u1(Opcode.EMPTY_TUPLE).u1(Opcode.NEWOBJ).u1(Opcode.EMPTY_DICT);
    text("int");
    byte[] number = new byte[17];
    for (int i = 0; i < 8; i++) {
      number[1 + i] = (byte) (uuid.getMostSignificantBits() >> (56 - 8 * i));
      number[9 + i] = (byte) (uuid.getLeastSignificantBits() >> (56 - 8 * i));
    }
    part(new BigInteger(number));
    out.u1(Opcode.SETITEM).u1(Opcode.BUILD);
  }

  private void duration(Duration duration) throws Refusal {
    long seconds = duration.getSeconds();
    if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
      throw new Refusal("Python has no timedelta of %s".formatted(duration));
    }
    names.name(Allowed.TIMEDELTA);
    integer(Math.floorDiv(seconds, 86_400L));
    integer(Math.floorMod(seconds, 86_400L));
    integer(micros(duration.getNano()));
    out.u1(Opcode.TUPLE3).u1(Opcode.REDUCE);
  }

  private void offset(ZoneOffset offset) throws Refusal {
    names.name(Allowed.TIMEZONE);
    duration(Duration.ofSeconds(offset.getTotalSeconds()));
    out.u1(Opcode.TUPLE1).u1(Opcode.REDUCE);
  }

  private static int micros(int nanos) throws Refusal {
    if (nanos % 1_000 != 0) {
      throw new Refusal("Python has no nanoseconds: truncate the time to microseconds");
    }
    return nanos / 1_000;
  }

  /** Begins the bytes in which Python keeps a date or a time. */
  private WriterScalars payload(int length) throws Refusal {
    out.u1(Opcode.SHORT_BINBYTES).u1(length);
    return this;
  }

  private WriterScalars date(LocalDate date) throws Refusal {
    if (date.getYear() < 1 || date.getYear() > Calls.MAX_YEAR) {
      throw new Refusal("Python has the years 1 to 9999, and not %d".formatted(date.getYear()));
    }
    out.u1(date.getYear() >> 8).u1(date.getYear()).u1(date.getMonthValue());
    out.u1(date.getDayOfMonth());
    return this;
  }

  private WriterScalars time(LocalTime time) throws Refusal {
    int micros = micros(time.getNano());
    out.u1(time.getHour()).u1(time.getMinute()).u1(time.getSecond());
    out.u1(micros >> 16).u1(micros >> 8).u1(micros);
    return this;
  }
}
