package com.example.aes;

import io.jstorage.ByteTransform;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.spi.ByteTransformFactory;
import java.util.List;
import java.util.Set;

/** Makes {@link AesTransform}s under the name {@code example.aes}. */
public final class AesFactory implements ByteTransformFactory {
  /** {@code example.aes.keys}: the keys as {@link Keyring#parse} takes them; secret. */
  public static final Option<List<String>> KEYS =
      Option.texts("example.aes.keys")
          .describedAs("The AES keys, each as name:base64. The first encrypts, all decrypt.")
          .required()
          .secret();

  /** For {@link java.util.ServiceLoader}. */
  public AesFactory() {}

  @Override
  public String name() {
    return "example.aes";
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(KEYS);
  }

  @Override
  public ByteTransform create(StorageOptions options) {
    List<String> keys = options.get(KEYS);
    try {
      return new AesTransform(Keyring.parse(keys));
    } catch (IllegalArgumentException e) {
      throw new InvalidOptionException(
          "option '%s' does not fit: %s".formatted(KEYS, e.getMessage()));
    }
  }
}
