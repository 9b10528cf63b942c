package io.jstorage.spi;

import io.jstorage.Codec;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import java.util.Set;

/**
 * Makes the codecs of one name. Found through {@link java.util.ServiceLoader}, or registered with a
 * provider. Thread-safe and cheap, as a {@link StorageFactory} is.
 */
public interface CodecFactory {
  /**
   * Returns the name that the option {@code codec} takes.
   *
   * @return the name
   */
  String name();

  /**
   * Returns the codec's own options, each named {@code <codec>.<option>}.
   *
   * @return the options
   */
  Set<Option<?>> options();

  /**
   * Makes a codec.
   *
   * @param type the type of the values
   * @param options the options of the storage, checked by the provider
   * @param <V> the type of the values
   * @return the codec
   * @throws InvalidOptionException if the codec cannot hold values of that type, or its options do
   *     not go together
   */
  <V> Codec<V> create(TypeRef<V> type, StorageOptions options);
}
