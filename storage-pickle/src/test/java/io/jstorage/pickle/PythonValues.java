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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The values of {@code values.py} in Java, by the names that they have there. */
final class PythonValues {
  /** Values that are read, and can be written. */
  static final Map<String, Object> READ = new LinkedHashMap<>();

  /** Values that are refused, with a part of the message. */
  static final Map<String, String> REFUSED = new LinkedHashMap<>();

  /** Values of Python 2 only, as they are read in ASCII. */
  static final Map<String, Object> PYTHON2 = new LinkedHashMap<>();

  private PythonValues() {}

  static List<@Nullable Object> list(@Nullable Object... elements) {
    return new ArrayList<>(Arrays.asList(elements));
  }

  @SuppressWarnings("JdkObsolete") // what a deque is read as
  static List<@Nullable Object> deque(@Nullable Object... elements) {
    return new LinkedList<>(Arrays.asList(elements));
  }

  static Set<@Nullable Object> set(@Nullable Object... elements) {
    return new LinkedHashSet<>(Arrays.asList(elements));
  }

  /** Makes a map of keys, and after each its value. */
  static Map<@Nullable Object, @Nullable Object> dict(@Nullable Object... pairs) {
    Map<@Nullable Object, @Nullable Object> dict = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      dict.put(pairs[i], pairs[i + 1]);
    }
    return dict;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static ByteBuffer key(String ascii) {
    return ByteBuffer.wrap(bytes(ascii.chars().toArray()));
  }

  private static BigInteger twoTo(int exponent) {
    return BigInteger.TWO.pow(exponent);
  }

  private static Object nested(int levels) {
    Object value = "core";
    for (int i = 0; i < levels; i++) {
      value = list(value);
    }
    return value;
  }

  static {
    numbers();
    texts();
    containers();
    keys();
    collections();
    decimals();
    times();
    refused();
    PYTHON2.put("python2_str", "some text");
    PYTHON2.put("python2_str_empty", "");
    PYTHON2.put("python2_str_escapes", "\\ \n \r \t \0 \u007f ' \"");
    PYTHON2.put("python2_dict", dict("a", list("b"), "c", dict("d", "e")));
    PYTHON2.put("python2_tuple", Tuple.of(1.5, "a", 5L));
    PYTHON2.put("python2_long", 5L);
  }

  private static void numbers() {
    READ.put("null_in_list", Collections.singletonList(null));
    READ.put("true", true);
    READ.put("false", false);
    READ.put("int_0", 0L);
    READ.put("int_1", 1L);
    READ.put("int_minus_1", -1L);
    READ.put("int_255", 255L);
    READ.put("int_256", 256L);
    READ.put("int_65535", 65_535L);
    READ.put("int_65536", 65_536L);
    READ.put("int_max", 2_147_483_647L);
    READ.put("int_min", -2_147_483_648L);
    READ.put("int_beyond", 2_147_483_648L);
    READ.put("long_max", Long.MAX_VALUE);
    READ.put("long_min", Long.MIN_VALUE);
    READ.put("big", twoTo(63));
    READ.put("big_negative", twoTo(63).negate().subtract(BigInteger.ONE));
    READ.put("big_255_bytes", twoTo(2039).subtract(BigInteger.ONE));
    READ.put("big_256_bytes", twoTo(2040).negate());
    READ.put("float", 1.5);
    READ.put("float_0", 0.0);
    READ.put("float_minus_0", -0.0);
    READ.put("float_tenth", 0.1);
    READ.put("float_min", Double.MIN_VALUE);
    READ.put("float_max", Double.MAX_VALUE);
    READ.put("float_inf", Double.POSITIVE_INFINITY);
    READ.put("float_minus_inf", Double.NEGATIVE_INFINITY);
    READ.put("float_nan", Double.NaN);
  }

  private static void texts() {
    READ.put("str_empty", "");
    READ.put("str_ascii", "some text");
    READ.put("str_latin1", "\u00e9\u00ff");
    READ.put("str_bmp", "\u20ac\ufffd");
    READ.put("str_astral", "a\ud83d\ude00b\udbff\udfff");
    READ.put("str_high", "\ud83d");
    READ.put("str_low", "a\udc00b");
    READ.put("str_low_high", "\ude00\ud83d");
    READ.put("str_escapes", "\\ \n \r \t \0 \u001a ' \" \\" + "u0041 \\\\");
    READ.put("str_300", "\u00fc".repeat(300));
    READ.put("bytes_empty", new byte[0]);
    READ.put("bytes", bytes(0, 97, 255));
    READ.put("bytes_256", bytes(IntStream.range(0, 256).toArray()));
    READ.put("bytearray_empty", new byte[0]);
    READ.put("bytearray", bytes(0, 97, 255));
  }

  private static void containers() {
    Object part = list(1L, "part");
    READ.put("list_empty", list());
    READ.put("list_1", list(1L));
    READ.put("list_5", list(1L, 2.5, "three", null, true));
    READ.put("list_1001", list(new @Nullable Object[1001]));
    READ.put("list_nested", list(list(), list(list()), dict("a", list())));
    READ.put("list_shared", list(part, part, dict("a", part)));
    READ.put("list_100_levels", nested(100));
    READ.put("tuple_empty", Tuple.of());
    READ.put("tuple_1", Tuple.of(1L));
    READ.put("tuple_2", Tuple.of(1L, "a"));
    READ.put("tuple_3", Tuple.of(1L, 2L, 3L));
    READ.put("tuple_4", Tuple.of(1L, 2L, 3L, Tuple.of(4L, list())));
    READ.put("volatile_entry", Tuple.of(1_700_000_000.25, dict("text", "Hello World!")));
    READ.put("dict_empty", dict());
    READ.put("dict_1", dict("text", "Hello World!"));
    READ.put("dict_in_order", dict("z", 1L, "a", 2L, "m", 3L));
    READ.put(
        "dicts_of_same_keys", list(dict("name", "a", "value", 1L), dict("name", "b", "value", 2L)));
  }

  private static void keys() {
    READ.put(
        "dict_flat_keys",
        dict("a", 1L, 2L, "b", null, 3L, 1.5, 4L, false, 5L, BigInteger.TWO.pow(64), 6L));
    READ.put(
        "dict_tuple_keys",
        dict(Tuple.of(1L, "a"), 1L, Tuple.of(), 2L, Tuple.of(Tuple.of(1L), null), 3L));
    READ.put("dict_date_keys", dict(LocalDate.of(2024, 2, 29), 1L, new BigDecimal("1.5"), 2L));
    READ.put("dict_frozenset_keys", dict(FrozenSet.of(1L, 2L), 1L, FrozenSet.of(), 2L));
    READ.put("dict_bytes_keys", dict(key("a"), 1L, Tuple.of(key("b"), 2L), 3L));
    Map<@Nullable Object, @Nullable Object> many = dict();
    for (long i = 0; i < 1001; i++) {
      many.put(i, null);
    }
    READ.put("dict_1001", many);
    READ.put("set_empty", set());
    READ.put("set", set(1L, 2L, 3L));
    READ.put("set_mixed", set(1L, 2.5, null, Tuple.of(3L, 4L)));
    READ.put("set_bytes", set(key("a")));
    READ.put("frozenset_empty", FrozenSet.of());
    READ.put("frozenset", FrozenSet.of(1L, 2L, 3L));
    READ.put("frozenset_nested", FrozenSet.of(FrozenSet.of(1L), Tuple.of(2L, FrozenSet.of())));
  }

  private static void collections() {
    READ.put("ordered_dict", dict("b", 1L, "a", list(2L)));
    READ.put("ordered_dict_empty", dict());
    READ.put("default_dict", dict("a", list(1L)));
    READ.put("default_dict_int", dict("a", 1L));
    READ.put("default_dict_none", dict("a", 1L));
    READ.put("counter", dict("a", 2L, "b", 1L));
    READ.put("counter_empty", dict());
    READ.put("deque", deque(1L, null, list(2L)));
    READ.put("deque_empty", deque());
    READ.put("deque_bounded", deque(1L, 2L));
  }

  private static void decimals() {
    READ.put("decimal", new BigDecimal("1.10"));
    READ.put("decimal_0", BigDecimal.ZERO);
    READ.put("decimal_minus", new BigDecimal("-12345678901234567890.00001"));
    READ.put("decimal_large", new BigDecimal("1E+5"));
    READ.put("decimal_small", new BigDecimal("1E-3000"));
    READ.put("decimal_minus_0", new BigDecimal("0.00"));
    READ.put("fraction", Fraction.of(-1, 3));
    READ.put("fraction_whole", Fraction.of(5, 1));
    READ.put("fraction_large", new Fraction(BigInteger.TEN.pow(30), BigInteger.valueOf(3).pow(70)));
    READ.put("uuid_0", new UUID(0, 0));
    READ.put("uuid", UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
    READ.put("uuid_max", new UUID(-1, -1));
    READ.put("uuid_safe", new UUID(0, 5));
  }

  private static void times() {
    LocalDateTime time = LocalDateTime.of(2024, 1, 2, 3, 4, 5);
    READ.put("date", LocalDate.of(2024, 2, 29));
    READ.put("date_min", LocalDate.of(1, 1, 1));
    READ.put("date_max", LocalDate.of(9999, 12, 31));
    READ.put("time", LocalTime.of(1, 2, 3));
    READ.put("time_max", LocalTime.of(23, 59, 59, 999_999_000));
    READ.put("time_fold", LocalTime.of(2, 30));
    READ.put("time_offset", OffsetTime.of(1, 2, 3, 4_000, ZoneOffset.ofHours(2)));
    READ.put("datetime", time);
    READ.put("datetime_max", LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000));
    READ.put("datetime_fold", LocalDateTime.of(2024, 10, 27, 2, 30));
    READ.put("datetime_utc", OffsetDateTime.of(time.plusNanos(6_000), ZoneOffset.UTC));
    READ.put("datetime_offset", OffsetDateTime.of(time, ZoneOffset.ofHours(2)));
    READ.put("timezone_utc", ZoneOffset.UTC);
    READ.put("timezone", ZoneOffset.ofHoursMinutes(-5, -30));
    READ.put("timezone_named", ZoneOffset.ofHours(1));
    READ.put("timezone_18_hours", ZoneOffset.MAX);
    READ.put("timedelta_0", Duration.ZERO);
    READ.put("timedelta", Duration.ofDays(1).plusSeconds(2).plusNanos(3_000));
    READ.put("timedelta_minus", Duration.ofNanos(-1_000));
    READ.put("timedelta_max", Duration.ofDays(1_000_000_000).minusNanos(1_000));
    READ.put("timedelta_min", Duration.ofDays(-999_999_999));
  }

  private static void refused() {
    REFUSED.put("null", "the pickle is None, which is never a value");
    REFUSED.put("complex", ".complex, which is none of the types of data that are read");
    REFUSED.put("type", " is a type or function of Python and no data");
    REFUSED.put("function", ".len, which is none of the types of data");
    REFUSED.put("instance", "classes.Plain");
    REFUSED.put("old_instance", "classes.Old");
    REFUSED.put("named_tuple", "classes.Point");
    REFUSED.put("subclass", "classes.Text");
    REFUSED.put("ordered_dict_attributes", "the pickle has an object with attributes");
    REFUSED.put("exception", "exceptions.ValueError|builtins.ValueError");
    REFUSED.put("cycle", "the value contains itself, in the value's [0]");
    REFUSED.put("decimal_nan", "Java has no BigDecimal for Decimal('NaN')");
    REFUSED.put("decimal_infinity", "Java has no BigDecimal for Decimal('-Infinity')");
    REFUSED.put("decimal_exponent", "the exponent of Decimal('1E+9999999999') is too large");
    REFUSED.put("range", "range, which is none of the types of data");
    REFUSED.put("ellipsis", "Ellipsis, which is none of the types of data");
    REFUSED.put("surrogates_in_a_row", "a str has a high and a low surrogate in a row");
    REFUSED.put("two_nans", "two keys of a dict, or elements of a set, are equal");
    REFUSED.put("timezone_23_hours", "Java has no offset of PT23H");
    REFUSED.put("datetime_23_hours", "Java has no offset of PT23H");
    REFUSED.put("enum", "classes.Color");
    REFUSED.put("simple_namespace", "types.SimpleNamespace");
    REFUSED.put("python2_binary", "a str of Python 2 is not ASCII; the option pickle.python2");
    REFUSED.put("python2_binary_key", "a str of Python 2 is not ASCII; the option pickle.python2");
  }
}
