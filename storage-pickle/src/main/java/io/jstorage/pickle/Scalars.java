package io.jstorage.pickle;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Scalars that a pickle holds as text: all of protocol 0, and arguments of constructors later. */
final class Scalars {
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final Pattern NO_FINITE =
      Pattern.compile("[+-]?(?:inf(?:inity)?|s?nan[0-9]*)", Pattern.CASE_INSENSITIVE);

  /** 100 characters: Python writes a float with at most 24. */
  private static final int MAX_FLOAT = 100;

  /** Digits, sign, point and exponent. */
  private static final int MAX_DECIMAL = Limits.MAX_DIGITS + 30;

  private Scalars() {}

  /** A Long where it fits. */
  static Object integer(BigInteger value) {
    if (value.bitLength() < Long.SIZE) {
      return value.longValue();
    }
    return value;
  }

  static Object integer(String text) throws Refusal {
    if (text.length() > Limits.MAX_DIGITS + 1) {
      throw new Refusal("an int is written with more than %d digits".formatted(Limits.MAX_DIGITS));
    }
    if (!INTEGER.matcher(text).matches()) {
      throw new Refusal("'%s' is not an int".formatted(Refusal.printable(text)));
    }
    return integer(new BigInteger(text));
  }

  /** The line of the opcode of small ints, which is also how bools are written at first. */
  static Object integerOrBool(String line) throws Refusal {
    return line.equals("00") ? (Object) false : line.equals("01") ? true : integer(line);
  }

  /** The line of the opcode of long ints, which Python 2 ends with an L. */
  static Object longInteger(String line) throws Refusal {
    return integer(line.endsWith("L") ? line.substring(0, line.length() - 1) : line);
  }

  static double floating(String text) throws Refusal {
    if (text.length() <= MAX_FLOAT) {
      if (FLOAT.matcher(text).matches()) {
        return Double.parseDouble(text);
      }
      if (NO_FINITE.matcher(text).matches()) {
        boolean isNumber = text.indexOf('a') < 0 && text.indexOf('A') < 0;
        double infinite =
            text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        return isNumber ? infinite : Double.NaN;
      }
    }
    throw new Refusal("'%s' is not a float".formatted(Refusal.printable(text)));
  }

  static BigDecimal decimal(String text) throws Refusal {
    if (text.length() > MAX_DECIMAL) {
      throw new Refusal("a Decimal has more than %d digits".formatted(Limits.MAX_DIGITS));
    }
    if (NO_FINITE.matcher(text).matches()) {
      throw new Refusal(
          "Java has no BigDecimal for Decimal('%s')".formatted(Refusal.printable(text)));
    }
    if (!FLOAT.matcher(text).matches()) {
      throw new Refusal("'%s' is not a Decimal".formatted(Refusal.printable(text)));
    }
    try {
      BigDecimal decimal = new BigDecimal(text);
      // Arithmetic with another exponent than a BigDecimal can have would fail much later.
      if (decimal.precision() - 1L - decimal.scale() <= Integer.MAX_VALUE) {
        return decimal;
      }
    } catch (NumberFormatException e) {
      // The exponent is beyond those of a BigDecimal.
    }
    throw new Refusal(
        "the exponent of Decimal('%s') is too large".formatted(Refusal.printable(text)));
  }

  /** A str of protocol 0 in the escapes of Python's {@code raw-unicode-escape}. */
  static String rawUnicodeEscape(String line) throws Refusal {
    int escape = line.indexOf('\\');
    if (escape < 0) {
      return line;
    }
    StringBuilder text = new StringBuilder(line.length());
    int from = 0;
    for (; escape >= 0; escape = line.indexOf('\\', from)) {
      text.append(line, from, escape);
      char kind = escape + 1 < line.length() ? line.charAt(escape + 1) : '\\';
      int digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
      if (digits == 0) {
        // Both characters stand for themselves, so that the second begins no escape.
        from = Math.min(escape + 2, line.length());
        text.append(line, escape, from);
      } else {
        from = escape + 2 + digits;
        append(codePoint(line, escape + 2, from), text);
      }
    }
    return text.append(line, from, line.length()).toString();
  }

  private static void append(int codePoint, StringBuilder text) throws Refusal {
    boolean unpaired = Character.isBmpCodePoint(codePoint);
    text.appendCodePoint(codePoint);
    int last = text.length() - 1;
    if (unpaired
        && last > 0
        && Character.isSurrogatePair(text.charAt(last - 1), text.charAt(last))) {
      throw Utf8.pair();
    }
  }

  private static int codePoint(String line, int from, int to) throws Refusal {
    int codePoint = to > line.length() ? -1 : hexadecimal(line, from, to);
    if (codePoint < 0 || codePoint > Character.MAX_CODE_POINT) {
      throw new Refusal("a str has a wrong escape at character %d".formatted(from - 2));
    }
    return codePoint;
  }

  private static int hexadecimal(String line, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = line.charAt(i) < 0x80 ? Character.digit(line.charAt(i), 16) : -1;
      if (digit < 0 || value > Character.MAX_CODE_POINT) {
        return -1;
      }
      value = 16 * value + digit;
    }
    return value;
  }

  /** A str of Python 2 in protocol 0: quoted, with the escapes of its source code. */
  static byte[] quoted(String line) throws Refusal {
    int end = line.length() - 1;
    char quote = end > 0 ? line.charAt(0) : 0;
    if ((quote != '\'' && quote != '"') || line.charAt(end) != quote) {
      throw new Refusal("a str of Python 2 is not quoted");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(end);
    for (int i = 1; i < end; ) {
      i = line.charAt(i) == '\\' ? unescape(line, i + 1, end, bytes) : plain(line, i, bytes);
    }
    return bytes.toByteArray();
  }

  private static int plain(String line, int at, ByteArrayOutputStream to) {
    to.write(line.charAt(at));
    return at + 1;
  }

  /** Returns where the text goes on. */
  private static int unescape(String line, int at, int end, ByteArrayOutputStream to)
      throws Refusal {
    char kind = at < end ? line.charAt(at) : 0;
    int simple = "\\'\"nrtabfv".indexOf(kind);
    if (simple >= 0) {
      to.write("\\'\"\n\r\t\007\b\f\013".charAt(simple));
      return at + 1;
    }
    int value = kind == 'x' && at + 3 <= end ? hexadecimal(line, at + 1, at + 3) : -1;
    if (value >= 0) {
      to.write(value);
      return at + 3;
    }
    // Python 2 writes no other, and no octal ones either.
    throw new Refusal("a str of Python 2 has a wrong escape at character %d".formatted(at));
  }
}
