package io.jstorage.spring.boot;

import io.jstorage.InvalidOptionException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.PropertyMatches;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;

/** The properties of one cache as they stand in the environment. */
record CacheSettings(String cache, StorageCacheProperties own, Map<String, String> options) {
  private static final List<String> OWN =
      List.of("url", "type", "on-failure", "required-at-start", "transaction-aware");

  /** Reads the properties of all caches, in the order of their names. */
  static List<CacheSettings> of(Binder binder) {
    Map<String, Map<String, String>> caches =
        binder
            .bind(
                StorageCacheProperties.PREFIX,
                Bindable.of(
                    ResolvableType.forClassWithGenerics(
                        Map.class,
                        ResolvableType.forClass(String.class),
                        ResolvableType.forClassWithGenerics(
                            Map.class, String.class, String.class))))
            .map(CacheSettings::typed)
            .orElse(Map.of());
    return new TreeMap<>(caches)
        .entrySet().stream().map(each -> of(binder, each.getKey(), each.getValue())).toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, String>> typed(Object bound) {
    return (Map<String, Map<String, String>>) bound;
  }

  private static CacheSettings of(Binder binder, String cache, Map<String, String> given) {
    ConfigurationPropertyName name =
        ConfigurationPropertyName.of(StorageCacheProperties.PREFIX).append("[" + cache + "]");
    StorageCacheProperties own;
    try {
      own =
          binder
              .bind(name, Bindable.of(StorageCacheProperties.class))
              .orElseGet(StorageCacheProperties::new);
    } catch (BindException e) {
      throw new InvalidOptionException(
          "%s.%s: %s".formatted(StorageCacheProperties.PREFIX, cache, reason(e)), e);
    }
    Map<String, String> options = new LinkedHashMap<>();
    given.forEach(
        (property, value) -> {
          if (OWN.stream().noneMatch(each -> uniform(each).equals(uniform(property)))) {
            options.put(property, value);
          }
        });
    return new CacheSettings(cache, own, options);
  }

  private static String reason(BindException e) {
    Throwable cause = e.getCause();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return "%s: %s".formatted(e.getName(), cause == null ? e.getMessage() : cause.getMessage());
  }

  /** Properties are one whatever their case and dashes: {@code onFailure} is {@code on-failure}. */
  private static String uniform(String property) {
    return property.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** The name of a property of this cache, for messages. */
  String property(String last) {
    return "%s.%s.%s".formatted(StorageCacheProperties.PREFIX, cache, last);
  }

  String url() {
    String url = own.getUrl();
    if (url != null) {
      return url;
    }
    throw new InvalidOptionException(
        "%s is missing%s".formatted(property("url"), suggestions(options.keySet().stream())));
  }

  /** For properties that are no options, says which are nearest to them. */
  String suggestions(Stream<String> unknown) {
    StringBuilder text = new StringBuilder();
    unknown.forEach(
        property -> {
          String[] near =
              PropertyMatches.forProperty(camelCase(property), StorageCacheProperties.class)
                  .getPossibleMatches();
          if (near.length > 0) {
            text.append("; there is '%s': did you mean '%s'?".formatted(property, dashed(near[0])));
          }
        });
    return text.toString();
  }

  private static String camelCase(String property) {
    return Pattern.compile("-(.)")
        .matcher(property)
        .replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
  }

  private static String dashed(String property) {
    return property.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static boolean names(InvalidOptionException e, String property) {
    return String.valueOf(e.getMessage()).contains("'" + property + "'");
  }

  /** The error in an option, and the nearest match. */
  InvalidOptionException wrong(InvalidOptionException e) {
    return new InvalidOptionException(
        "%s.%s: %s%s"
            .formatted(
                StorageCacheProperties.PREFIX,
                cache,
                e.getMessage(),
                suggestions(options.keySet().stream().filter(name -> names(e, name)))),
        e);
  }
}
