package io.jstorage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Settings by name, from which a storage is made.
 *
 * <p>Values are of the option's own type or its text form; they are checked when the storage is
 * made, before anything is opened. Immutable and therefore thread-safe, apart from objects given as
 * values.
 */
public final class StorageOptions {
  private static final StorageOptions NONE = new StorageOptions(Map.of());

  private final Map<String, Object> values;

  private StorageOptions(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * Returns no options at all.
   *
   * @return the empty options
   */
  public static StorageOptions none() {
    return NONE;
  }

  /**
   * Makes options of one setting.
   *
   * @param name the option's name
   * @param value its value, or the value's text form
   * @return the options
   */
  public static StorageOptions of(String name, Object value) {
    return NONE.with(name, value);
  }

  /**
   * Makes options of two settings.
   *
   * @param name1 the first option's name
   * @param value1 its value, or the value's text form
   * @param name2 the second option's name
   * @param value2 its value, or the value's text form
   * @return the options
   * @throws InvalidOptionException if a name is given twice
   */
  public static StorageOptions of(String name1, Object value1, String name2, Object value2) {
    return of(name1, value1).withNew(name2, value2);
  }

  /**
   * Makes options of three settings.
   *
   * @param name1 the first option's name
   * @param value1 its value, or the value's text form
   * @param name2 the second option's name
   * @param value2 its value, or the value's text form
   * @param name3 the third option's name
   * @param value3 its value, or the value's text form
   * @return the options
   * @throws InvalidOptionException if a name is given twice
   */
  public static StorageOptions of(
      String name1, Object value1, String name2, Object value2, String name3, Object value3) {
    return of(name1, value1, name2, value2).withNew(name3, value3);
  }

  /**
   * Makes options of one typed setting; add more by {@link #with(Option, Object)}.
   *
   * @param option the option
   * @param value its value
   * @param <T> the type of the value
   * @return the options
   */
  public static <T> StorageOptions of(Option<T> option, T value) {
    return NONE.with(option, value);
  }

  /**
   * Makes options of a map.
   *
   * @param values the values, or their text forms, by option name
   * @return the options
   */
  public static StorageOptions from(Map<String, ?> values) {
    Map<String, Object> copy = new LinkedHashMap<>();
    values.forEach(
        (name, value) ->
            copy.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, name)));
    return new StorageOptions(copy);
  }

  /**
   * Makes options of the properties that start with a prefix, as in {@code sessions.limit=100} for
   * the prefix {@code sessions.}. Defaults of the properties count too.
   *
   * @param properties the properties
   * @param prefix what the names start with and the options' names do not
   * @return the options
   */
  public static StorageOptions from(Properties properties, String prefix) {
    StorageOptions options = NONE;
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(prefix) && name.length() > prefix.length()) {
        String value = Objects.requireNonNull(properties.getProperty(name));
        options = options.with(name.substring(prefix.length()), value);
      }
    }
    return options;
  }

  /**
   * Returns these options with one more setting, or with another value for it.
   *
   * @param name the option's name
   * @param value its value, or the value's text form
   * @return new options
   */
  public StorageOptions with(String name, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, name));
    return new StorageOptions(copy);
  }

  /**
   * Returns these options with one more setting, or with another value for it.
   *
   * @param option the option
   * @param value its value
   * @param <T> the type of the value
   * @return new options
   */
  public <T> StorageOptions with(Option<T> option, T value) {
    return with(option.name(), value);
  }

  /**
   * Returns these options and others. If both have a value, that of the others is used.
   *
   * @param others the others
   * @return new options
   */
  public StorageOptions withAll(StorageOptions others) {
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.putAll(others.values);
    return new StorageOptions(copy);
  }

  private StorageOptions withNew(String name, Object value) {
    if (values.containsKey(name)) {
      throw new InvalidOptionException("option '%s' is given twice".formatted(name));
    }
    return with(name, value);
  }

  /**
   * Returns these options without one of them.
   *
   * @param name the option's name
   * @return new options, or these if it is not among them
   */
  public StorageOptions without(String name) {
    if (!values.containsKey(name)) {
      return this;
    }
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.remove(name);
    return new StorageOptions(copy);
  }

  /**
   * Returns the value of an option that was given, or else its default.
   *
   * @param option the option
   * @param <T> the type of the value
   * @return the value, or empty if it was not given and has no default
   * @throws InvalidOptionException if the given value does not fit the option
   */
  public <T> Optional<T> find(Option<T> option) {
    Object given = values.get(option.name());
    return given == null ? option.defaultValue() : Optional.of(option.parse(given));
  }

  /**
   * Returns the value of an option that was given, or else its default.
   *
   * @param option the option
   * @param <T> the type of the value
   * @return the value
   * @throws InvalidOptionException if the given value does not fit the option, or if it was not
   *     given and has no default
   */
  public <T> T get(Option<T> option) {
    return find(option)
        .orElseThrow(
            () ->
                new InvalidOptionException(
                    "option '%s' is missing: it must be %s. %s"
                        .formatted(option.name(), option.expected(), option.description())
                        .strip()));
  }

  /**
   * Returns whether an option was given.
   *
   * @param option the option
   * @return true if it was given, even with its default
   */
  public boolean has(Option<?> option) {
    return values.containsKey(option.name());
  }

  /**
   * Returns the names of the options that were given.
   *
   * @return an unmodifiable set in the order in which they were given
   */
  public Set<String> names() {
    return values.keySet();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StorageOptions options && values.equals(options.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Names the options without their values, which may be secret. */
  @Override
  public String toString() {
    return "StorageOptions" + values.keySet();
  }
}
