package io.jstorage.spi;

import io.jstorage.ByteTransform;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import java.util.Set;

/**
 * Makes the transforms of one name. Found through {@link java.util.ServiceLoader}, or registered
 * with a provider. Thread-safe and cheap, as a {@link StorageFactory} is.
 */
public interface ByteTransformFactory {
  /**
   * Returns the name that the option {@code transforms} takes.
   *
   * @return the name
   */
  String name();

  /**
   * Returns the transform's own options, each named {@code <transform>.<option>}.
   *
   * @return the options
   */
  Set<Option<?>> options();

  /**
   * Makes a transform.
   *
   * @param options the options of the storage, checked by the provider
   * @return the transform
   * @throws InvalidOptionException if the options do not go together, or a library is missing
   */
  ByteTransform create(StorageOptions options);
}
