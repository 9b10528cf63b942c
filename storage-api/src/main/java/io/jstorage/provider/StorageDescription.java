package io.jstorage.provider;

import io.jstorage.Option;
import io.jstorage.spi.StorageFactory;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The name of a storage and the options that it takes. Immutable; {@code toString()} is for people.
 */
public final class StorageDescription {
  private final String name;
  private final Set<String> schemes;
  private final List<Option<?>> options;

  StorageDescription(StorageFactory factory, Collection<Option<?>> options) {
    this.name = factory.name();
    this.schemes = Set.copyOf(factory.schemes());
    Comparator<Option<?>> requiredFirst = Comparator.comparing(option -> !option.isRequired());
    this.options = options.stream().sorted(requiredFirst.thenComparing(Option::name)).toList();
  }

  /**
   * Returns the service name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Returns the URL schemes that the storage answers to.
   *
   * @return an unmodifiable set
   */
  public Set<String> schemes() {
    return schemes;
  }

  /**
   * Returns the options, those of the default codec and transforms included.
   *
   * @return an unmodifiable list: those that must be given first, then by name
   */
  public List<Option<?>> options() {
    return options;
  }

  /** Returns the name and one line per option: its accepted values, default and description. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    for (Option<?> option : options) {
      text.append("%n  %s: %s".formatted(option.name(), option.expected()));
      if (option.isRequired()) {
        text.append("; must be given");
      } else if (!option.isSecret() && option.defaultValue().isPresent()) {
        text.append("; default ").append(option.defaultValue().get());
      }
      if (!option.description().isEmpty()) {
        text.append(". ").append(option.description());
      }
    }
    return text.toString();
  }
}
