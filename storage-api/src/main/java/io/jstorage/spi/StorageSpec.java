package io.jstorage.spi;

import io.jstorage.ByteTransform;
import io.jstorage.Codec;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The parts of a storage, resolved and checked, as a provider hands them to a {@link
 * StorageFactory}.
 *
 * @param <V> the type of the values
 */
public interface StorageSpec<V> {
  /**
   * Returns the type of the values.
   *
   * @return the type; {@code Object} where the user named none or gave a codec
   */
  TypeRef<V> type();

  /**
   * Returns the given options. Read them with the {@link io.jstorage.Option} constants, which have
   * the defaults.
   *
   * @return the options
   */
  StorageOptions options();

  /**
   * Returns the codec that the user gave or named, or else the factory's default.
   *
   * @return the codec
   * @throws IllegalStateException if the factory has no {@link StorageFactory#defaultCodec()}
   */
  Codec<V> codec();

  /**
   * Returns the transforms that the user named, or else the factory's default.
   *
   * @return the transforms in the order in which they are applied to encoded values
   */
  List<ByteTransform> transforms();

  /**
   * Opens another storage of the same type of values, for policies in front of one.
   *
   * @param nameOrUrl a service name, or a URL if it has a colon
   * @return the storage, to be closed by the caller
   * @throws io.jstorage.UnknownStorageException if there is no such storage
   * @throws io.jstorage.InvalidOptionException if its options are not right
   */
  Storage<V> open(String nameOrUrl);

  /**
   * Makes a policy in front of a storage that an option names.
   *
   * @param given the option's value: a {@link Storage} of values of the same type, which is
   *     borrowed, or a service name or URL, which is opened
   * @param policy makes the policy of the storage and of whether the policy has to close it; if
   *     that fails, what was opened is closed
   * @param <S> the type of the policy
   * @return the policy
   * @throws io.jstorage.UnknownStorageException if there is no such storage
   * @throws io.jstorage.InvalidOptionException if its options are not right
   */
  @SuppressWarnings("unchecked") // An option says nothing about values; its text asks for the type.
  default <S> S inFrontOf(Object given, BiFunction<? super Storage<V>, Boolean, S> policy) {
    if (given instanceof Storage<?> borrowed) {
      return policy.apply((Storage<V>) borrowed, false);
    }
    Storage<V> opened = open(given.toString());
    try {
      return policy.apply(opened, true);
    } catch (RuntimeException e) {
      try {
        opened.close();
      } catch (RuntimeException f) {
        e.addSuppressed(f);
      }
      throw e;
    }
  }
}
