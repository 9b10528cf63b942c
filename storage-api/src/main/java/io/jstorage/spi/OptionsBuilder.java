package io.jstorage.spi;

import io.jstorage.Option;
import io.jstorage.StorageOptions;

/**
 * Collects options by typed setters: the builder pattern of all backends. Each setter of a subclass
 * is one call of {@link #set}; defaults, limits and texts are the option's. Not thread-safe.
 *
 * @param <B> the subclass
 */
public abstract class OptionsBuilder<B extends OptionsBuilder<B>> {
  private StorageOptions options = StorageOptions.none();

  /** For subclasses. */
  protected OptionsBuilder() {}

  /**
   * Sets an option; the last value counts.
   *
   * @param option the option
   * @param value its value
   * @param <T> the type of the value
   * @return this builder
   * @throws io.jstorage.InvalidOptionException if the value does not fit the option
   */
  public final <T> B set(Option<T> option, T value) {
    options = options.with(option, option.parse(value));
    return self();
  }

  /**
   * Returns the options set so far.
   *
   * @return the options
   */
  protected final StorageOptions options() {
    return options;
  }

  @SuppressWarnings("unchecked") // A subclass names itself as B.
  final B self() {
    return (B) this;
  }
}
