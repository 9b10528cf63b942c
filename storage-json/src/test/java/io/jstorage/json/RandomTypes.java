package io.jstorage.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.TypeFactory;

/** Types of types, and values of them, among which are the ends of ranges and nulls. */
@SuppressWarnings("JavaUtilDate") // It is one of the types that values have.
final class RandomTypes {
  /** A type with values of it. */
  record Sample(JavaType type, Function<Random, @Nullable Object> values) {}

  record Pair<A, B>(@Nullable A first, @Nullable B second) {}

  /** A bean, of which there is a subclass. */
  static class Box<T> {
    private @Nullable T content;
    private int count;

    public @Nullable T getContent() {
      return content;
    }

    public void setContent(@Nullable T content) {
      this.content = content;
    }

    public int getCount() {
      return count;
    }

    public void setCount(int count) {
      this.count = count;
    }
  }

  static final class SpecialBox<T> extends Box<T> {}

  private static final TypeFactory TYPES = JsonMapper.shared().getTypeFactory();

  private static final List<Sample> SCALARS =
      List.of(
          scalar(String.class, "", "a", "\ud800", "\0", "😀"),
          scalar(Integer.class, 0, Integer.MIN_VALUE, Integer.MAX_VALUE),
          scalar(Long.class, 0L, Long.MIN_VALUE, Long.MAX_VALUE),
          scalar(Short.class, (short) -1),
          scalar(Byte.class, (byte) -128),
          scalar(Boolean.class, true, false),
          scalar(Character.class, 'a', '\0', '\udc00'),
          scalar(Double.class, -0.0, 0.1, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN),
          scalar(Float.class, -0.0f, 0.1f, Float.MIN_VALUE, Float.MAX_VALUE),
          scalar(BigInteger.class, BigInteger.TEN.pow(400).negate(), BigInteger.ZERO),
          scalar(BigDecimal.class, new BigDecimal("1.10"), new BigDecimal("-1E+999")),
          scalar(DayOfWeek.class, DayOfWeek.MONDAY, DayOfWeek.SUNDAY),
          scalar(UUID.class, new UUID(1, 2), new UUID(-1, -1)),
          scalar(URI.class, URI.create(""), URI.create("http://a/%C3%A9?b#c")),
          scalar(Currency.class, Currency.getInstance("EUR")),
          scalar(Instant.class, Instant.MIN, Instant.MAX, Instant.ofEpochSecond(-1, 1)),
          scalar(LocalDate.class, LocalDate.MIN, LocalDate.MAX, LocalDate.of(0, 2, 29)),
          scalar(LocalTime.class, LocalTime.MIN, LocalTime.MAX, LocalTime.of(1, 2)),
          scalar(LocalDateTime.class, LocalDateTime.MIN, LocalDateTime.MAX),
          scalar(OffsetDateTime.class, OffsetDateTime.MIN, OffsetDateTime.MAX),
          scalar(OffsetTime.class, OffsetTime.MIN, OffsetTime.MAX),
          scalar(
              ZonedDateTime.class,
              LocalDateTime.MIN.atZone(ZoneOffset.MAX),
              LocalDateTime.MAX.atZone(ZoneId.of("UTC+01:00")),
              LocalDateTime.of(1800, 1, 1, 0, 0).atZone(ZoneId.of("Europe/Berlin"))),
          scalar(Duration.class, Duration.ofSeconds(Long.MIN_VALUE), Duration.ofNanos(-1)),
          scalar(Period.class, Period.ZERO, Period.of(Integer.MIN_VALUE, 0, 1)),
          scalar(Year.class, Year.of(Year.MIN_VALUE), Year.of(Year.MAX_VALUE)),
          scalar(MonthDay.class, MonthDay.of(2, 29)),
          scalar(ZoneId.class, ZoneId.of("Europe/Berlin"), ZoneOffset.UTC, ZoneId.of("UTC")),
          scalar(ZoneOffset.class, ZoneOffset.MIN, ZoneOffset.ofTotalSeconds(1)));

  private static final List<Sample> OTHERS =
      List.of(
          scalar(YearMonth.class, YearMonth.of(Year.MAX_VALUE, 12), YearMonth.of(-1, 1)),
          scalar(Date.class, new Date(0), new Date(Long.MIN_VALUE), new java.sql.Timestamp(5)),
          scalar(
              Locale.class,
              Locale.US,
              new Locale.Builder().setLanguage("de").setVariant("1901").build()),
          scalar(BitSet.class, BitSet.valueOf(new byte[] {8}), new BitSet()),
          scalar(OptionalInt.class, OptionalInt.empty(), OptionalInt.of(-1)),
          scalar(OptionalLong.class, OptionalLong.empty(), OptionalLong.of(Long.MIN_VALUE)),
          scalar(OptionalDouble.class, OptionalDouble.empty(), OptionalDouble.of(0.1)),
          scalar(byte[].class, new byte[0], new byte[] {-1, 0, 1}),
          scalar(char[].class, new char[] {'a', '\ud800'}),
          scalar(int[].class, new int[] {1, -1}),
          scalar(double[].class, new double[] {0.1, -0.0}),
          scalar(Object.class, 1L, 0.5, "a", true, List.of(1L), Map.of("a", 1L), 1, 'c'),
          scalar(Number.class, 1L, 0.5, new BigInteger("9".repeat(30)), 1),
          scalar(JsonNode.class, tree("1.50"), tree("[1e400,null]"), tree("null")));

  private RandomTypes() {}

  private static Sample scalar(Class<?> type, Object... values) {
    return new Sample(TYPES.constructType(type), random -> values[random.nextInt(values.length)]);
  }

  private static JsonNode tree(String json) {
    return JsonCodec.mapper().readTree(json);
  }

  static Sample any(Random random, int depth) {
    if (depth == 0) {
      return random.nextInt(3) > 0 ? one(random, SCALARS) : one(random, OTHERS);
    }
    Sample content = any(random, depth - 1);
    return switch (random.nextInt(10)) {
      case 0, 1 -> list(content, random.nextBoolean() ? List.class : Collection.class);
      case 2 -> set(content);
      case 3 -> map(one(random, SCALARS), content);
      case 4 -> optional(content);
      case 5 -> array(content);
      case 6, 7 -> pair(content, any(random, depth - 1));
      case 8 -> box(content);
      default -> content;
    };
  }

  private static Sample one(Random random, List<Sample> samples) {
    return samples.get(random.nextInt(samples.size()));
  }

  private static @Nullable Object valueOrNull(Sample sample, Random random) {
    return random.nextInt(30) == 0 ? null : sample.values().apply(random);
  }

  private static List<@Nullable Object> some(Sample sample, Random random) {
    List<@Nullable Object> some = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      some.add(valueOrNull(sample, random));
    }
    return some;
  }

  private static Sample list(Sample content, Class<?> type) {
    return new Sample(
        TYPES.constructParametricType(type, content.type()), random -> some(content, random));
  }

  private static Sample set(Sample content) {
    return new Sample(
        TYPES.constructParametricType(Set.class, content.type()),
        random -> new LinkedHashSet<>(some(content, random)));
  }

  private static Sample map(Sample key, Sample content) {
    return new Sample(
        TYPES.constructParametricType(Map.class, key.type(), content.type()),
        random -> {
          Map<@Nullable Object, @Nullable Object> map =
              random.nextBoolean() ? new HashMap<>() : new LinkedHashMap<>();
          some(content, random).forEach(value -> map.put(key.values().apply(random), value));
          return map;
        });
  }

  private static Sample optional(Sample content) {
    return new Sample(
        TYPES.constructParametricType(Optional.class, content.type()),
        random -> Optional.ofNullable(valueOrNull(content, random)));
  }

  private static Sample array(Sample content) {
    return new Sample(
        TYPES.constructArrayType(content.type()),
        random -> {
          List<@Nullable Object> some = some(content, random);
          Object[] array =
              (Object[])
                  java.lang.reflect.Array.newInstance(content.type().getRawClass(), some.size());
          return some.toArray(array);
        });
  }

  private static Sample pair(Sample first, Sample second) {
    return new Sample(
        TYPES.constructParametricType(Pair.class, first.type(), second.type()),
        random -> new Pair<>(valueOrNull(first, random), valueOrNull(second, random)));
  }

  private static Sample box(Sample content) {
    return new Sample(
        TYPES.constructParametricType(Box.class, content.type()),
        random -> {
          Box<Object> box = random.nextInt(10) == 0 ? new SpecialBox<>() : new Box<>();
          box.setContent(valueOrNull(content, random));
          box.setCount(random.nextInt());
          return box;
        });
  }

  /** The same for values that are equal, by content and class, and for no others. */
  static @Nullable Object content(@Nullable Object value) {
    if (value instanceof Set<?> set) {
      return set.stream().map(RandomTypes::content).collect(HashSet::new, Set::add, Set::addAll);
    }
    if (value instanceof Collection<?> collection) {
      return all(collection);
    }
    if (value instanceof Map<?, ?> map) {
      Map<@Nullable Object, @Nullable Object> contents = new HashMap<>();
      map.forEach((key, each) -> contents.put(key, content(each)));
      return contents;
    }
    if (value instanceof Object[] array) {
      return all(Arrays.asList(array));
    }
    if (value != null && value.getClass().isArray()) {
      return JsonMapper.shared().writeValueAsString(value);
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(each -> all(Arrays.asList("an Optional of", each)));
    }
    if (value instanceof Pair<?, ?> pair) {
      return all(Arrays.asList(Pair.class, pair.first(), pair.second()));
    }
    if (value instanceof Box<?> box) {
      return all(Arrays.asList(box.getClass(), box.getContent(), box.getCount()));
    }
    if (value instanceof Date date) {
      return List.of(date.getClass(), date.getTime());
    }
    if (value instanceof JsonNode tree) {
      return List.of(JsonNode.class, tree.toString());
    }
    if (value instanceof Integer
        || value instanceof Long
        || value instanceof Character
        || value instanceof String) {
      // In untyped places they come back as the table of untyped values says.
      return List.of(value.toString());
    }
    return value;
  }

  private static List<@Nullable Object> all(Collection<?> values) {
    List<@Nullable Object> contents = new ArrayList<>();
    values.forEach(value -> contents.add(content(value)));
    return contents;
  }
}
