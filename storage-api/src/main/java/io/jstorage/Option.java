package io.jstorage;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A named setting of a storage, codec or transform, with its accepted values, its meaning and its
 * default.
 *
 * <p>A backend declares its options as constants. An option takes a value of its own type, or text
 * in the form that its description names, so that the same option works from code, from a
 * properties file and from a URL. Immutable.
 *
 * @param <T> the type of the values
 */
public final class Option<T> {
  private final String name;
  private final Class<?> type;

  /** Describes the accepted values, for messages. */
  private final String expected;

  /** Converts a given object to a value; returns null if it is not one. */
  private final Function<Object, @Nullable T> convert;

  private final String description;
  private final @Nullable T defaultValue;
  private final boolean required;
  private final boolean secret;

  private Option(
      String name,
      Class<?> type,
      String expected,
      Function<Object, @Nullable T> convert,
      String description,
      @Nullable T defaultValue,
      boolean required,
      boolean secret) {
    this.name = name;
    this.type = type;
    this.expected = expected;
    this.convert = convert;
    this.description = description;
    this.defaultValue = defaultValue;
    this.required = required;
    this.secret = secret;
  }

  private static <T> Option<T> of(
      String name, Class<?> type, String expected, Function<Object, @Nullable T> convert) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an option needs a name");
    }
    return new Option<>(name, type, expected, convert, "", null, false, false);
  }

  /**
   * Makes an option that takes text.
   *
   * @param name the name
   * @return the option
   */
  public static Option<String> text(String name) {
    return of(name, String.class, "text", given -> given instanceof String s ? s : null);
  }

  /**
   * Makes an option that takes several texts: a collection of strings, or one string with commas
   * between them. Blanks around each are dropped.
   *
   * @param name the name
   * @return the option; its values are unmodifiable lists
   */
  public static Option<List<String>> texts(String name) {
    return of(name, List.class, "texts with commas between them", Option::toTexts);
  }

  /**
   * Makes an option that takes a whole number of 32 bits.
   *
   * @param name the name
   * @return the option
   */
  public static Option<Integer> integer(String name) {
    return of(
        name,
        Integer.class,
        "a whole number",
        given -> new BigDecimal(given.toString()).intValueExact());
  }

  /**
   * Makes an option that takes a whole number of 64 bits.
   *
   * @param name the name
   * @return the option
   */
  public static Option<Long> number(String name) {
    return of(
        name,
        Long.class,
        "a whole number",
        given -> new BigDecimal(given.toString()).longValueExact());
  }

  /**
   * Makes an option that takes true or false.
   *
   * @param name the name
   * @return the option
   */
  public static Option<Boolean> flag(String name) {
    return of(
        name,
        Boolean.class,
        "true or false",
        given ->
            switch (given.toString().toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> null;
            });
  }

  /**
   * Makes an option that takes a positive duration: a {@link Duration}, a number of seconds, or
   * text such as {@code 500ms}, {@code 5s}, {@code 5m}, {@code 1h}, {@code 7d}, {@code PT1H30M} or
   * {@code 5} (seconds).
   *
   * @param name the name
   * @return the option
   */
  public static Option<Duration> duration(String name) {
    Option<Duration> option =
        of(
            name,
            Duration.class,
            "a duration such as 500ms, 5s, 5m, 1h, PT1H30M, or a number of seconds",
            Option::toDuration);
    return option.where(value -> !value.isZero() && !value.isNegative(), "longer than zero");
  }

  /**
   * Makes an option that takes a path of the default file system or of another one.
   *
   * @param name the name
   * @return the option
   */
  public static Option<Path> path(String name) {
    return of(
        name,
        Path.class,
        "a path",
        given -> given instanceof Path path ? path : Path.of(given.toString()));
  }

  /**
   * Makes an option that takes one constant of an enumeration, or its name in any case.
   *
   * @param name the name
   * @param type the enumeration
   * @param <E> the enumeration
   * @return the option
   */
  public static <E extends Enum<E>> Option<E> choice(String name, Class<E> type) {
    String names =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return of(
        name,
        type,
        "one of " + names,
        given -> {
          for (E constant : type.getEnumConstants()) {
            if (constant == given || constant.name().equalsIgnoreCase(given.toString())) {
              return constant;
            }
          }
          return null;
        });
  }

  /**
   * Makes an option that takes an object and has no text form, such as a client or a clock.
   *
   * @param name the name
   * @param type the type of the object
   * @param <T> the type of the object
   * @return the option
   */
  public static <T> Option<T> object(String name, Class<T> type) {
    return of(
        name,
        type,
        "an object of type " + type.getName(),
        given -> type.isInstance(given) ? type.cast(given) : null);
  }

  /**
   * Returns this option with a description.
   *
   * @param description what the option does, in one sentence
   * @return a new option
   */
  public Option<T> describedAs(String description) {
    return with(description, defaultValue, required, secret);
  }

  private Option<T> with(
      String description, @Nullable T defaultValue, boolean required, boolean secret) {
    return new Option<>(name, type, expected, convert, description, defaultValue, required, secret);
  }

  /**
   * Returns this option as one that must be given.
   *
   * @return a new option
   */
  public Option<T> required() {
    return with(description, null, true, secret);
  }

  /**
   * Returns this option as one whose values appear in no message and no description.
   *
   * @return a new option
   */
  public Option<T> secret() {
    return with(description, defaultValue, required, true);
  }

  /**
   * Returns this option with a default value.
   *
   * @param value the default
   * @return a new option
   */
  public Option<T> withDefault(T value) {
    return with(description, Objects.requireNonNull(value, "value"), false, secret);
  }

  /**
   * Returns this option with a further requirement.
   *
   * @param holds returns whether a value is acceptable
   * @param requirement the requirement in words that follow {@link #expected()} and a comma
   * @return a new option
   */
  public Option<T> where(Predicate<? super T> holds, String requirement) {
    return new Option<>(
        name,
        type,
        expected + ", " + requirement,
        given -> {
          T value = convert.apply(given);
          return value == null || holds.test(value) ? value : null;
        },
        description,
        defaultValue,
        required,
        secret);
  }

  /**
   * Converts a given object to a value of this option.
   *
   * @param given a value of the option's type, or its text form
   * @return the value
   * @throws InvalidOptionException if it is neither, or breaks the option's requirement; the
   *     message does not show the value of a {@link #secret()} option
   */
  public T parse(Object given) {
    T value;
    try {
      value = convert.apply(given);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw invalid(given, e);
    }
    if (value == null) {
      throw invalid(given, null);
    }
    return value;
  }

  private InvalidOptionException invalid(Object given, @Nullable RuntimeException cause) {
    String shown =
        secret
            ? "the given value"
            : given instanceof CharSequence || given instanceof Number || given instanceof Duration
                ? "'" + given + "'"
                : "an object of type " + given.getClass().getName();
    return new InvalidOptionException(
        "option '%s' cannot be %s: it must be %s".formatted(name, shown, expected),
        secret ? null : cause);
  }

  /**
   * Returns the name.
   *
   * @return the name, as it is written in options and URLs
   */
  public String name() {
    return name;
  }

  /**
   * Returns the type of the values.
   *
   * @return the class, without type arguments
   */
  public Class<?> type() {
    return type;
  }

  /**
   * Returns a description of the accepted values.
   *
   * @return a phrase such as "a whole number"
   */
  public String expected() {
    return expected;
  }

  /**
   * Returns the description of the option.
   *
   * @return one sentence, or the empty string
   */
  public String description() {
    return description;
  }

  /**
   * Returns the default value.
   *
   * @return the default, or empty if there is none
   */
  public Optional<T> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  /**
   * Returns whether the option must be given.
   *
   * @return true if a storage cannot be made without it
   */
  public boolean isRequired() {
    return required;
  }

  /**
   * Returns whether the option's values are secret.
   *
   * @return true if they appear in no message
   */
  public boolean isSecret() {
    return secret;
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return name;
  }

  private static @Nullable List<String> toTexts(Object given) {
    Stream<?> parts =
        given instanceof Collection<?> collection
            ? collection.stream()
            : given instanceof String s ? Arrays.stream(s.split(",", -1)).map(String::strip) : null;
    if (parts == null) {
      return null;
    }
    List<String> texts =
        parts
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .filter(s -> !s.isEmpty())
            .toList();
    return given instanceof Collection<?> collection && texts.size() != collection.size()
        ? null
        : texts;
  }

  private static @Nullable Duration toDuration(Object given) {
    if (given instanceof Duration duration) {
      return duration;
    }
    if (given instanceof Number number) {
      return Durations.ofSeconds(new BigDecimal(number.toString()));
    }
    return given instanceof String text ? Durations.parse(text) : null;
  }
}
