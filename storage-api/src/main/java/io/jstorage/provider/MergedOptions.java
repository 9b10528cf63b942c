package io.jstorage.provider;

import io.jstorage.InvalidOptionException;
import io.jstorage.StorageOptions;
import io.jstorage.spi.StorageFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The options of a storage from several places. An option that is given in two of them is an error
 * that names both.
 */
final class MergedOptions {
  private final StorageFactory factory;
  private StorageOptions options = StorageOptions.none();
  private final Map<String, String> places = new HashMap<>();

  MergedOptions(StorageFactory factory) {
    this.factory = factory;
  }

  /** Adds the options of a place such as "in the options". */
  MergedOptions add(StorageOptions more, String place) {
    return add(more, name -> place);
  }

  /** Adds the options that properties give whose names begin with a prefix. */
  MergedOptions addProperties(StorageOptions more, String prefix) {
    return add(more, name -> "as the property '" + prefix + name + "'");
  }

  private MergedOptions add(StorageOptions more, UnaryOperator<String> placeOf) {
    for (String name : more.names()) {
      String place = placeOf.apply(name);
      String before = places.putIfAbsent(name, place);
      if (before != null) {
        throw new InvalidOptionException(
            "option '%s' is given twice, %s and %s: leave one out".formatted(name, before, place));
      }
    }
    options = options.withAll(more);
    return this;
  }

  StorageFactory factory() {
    return factory;
  }

  StorageOptions options() {
    return options;
  }
}
