package io.jstorage.spi;

import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the storages of one service name. Found through {@link java.util.ServiceLoader}, or
 * registered with a provider.
 *
 * <p>A factory is thread-safe and cheap: its constructor, and every method but {@link #create},
 * uses no library of the backend and no medium. Backends that keep bytes extend {@link
 * ByteStoreFactory}.
 */
public interface StorageFactory {
  /**
   * Returns the service name, such as {@code acme.dynamo}. Names that start with {@code storage.}
   * belong to this project.
   *
   * @return the name
   */
  String name();

  /**
   * Returns the options that the service takes. Those of the codec and of the transforms are not
   * included.
   *
   * @return the options, no two of one name
   */
  Set<Option<?>> options();

  /**
   * Returns the URL schemes that the service answers to.
   *
   * @return the schemes, in lower case; by default the name without a leading {@code storage.}
   */
  default Set<String> schemes() {
    String prefix = "storage.";
    return Set.of(name().startsWith(prefix) ? name().substring(prefix.length()) : name());
  }

  /**
   * Turns a URL into options. By default the query's parameters are options and the path is the
   * option {@code path}, where the service has one.
   *
   * @param url a URL with one of this service's schemes
   * @return the options
   * @throws InvalidOptionException if the URL has parts that the service does not know
   */
  default StorageOptions fromUrl(StorageUrl url) {
    return url.toOptions(options());
  }

  /**
   * Returns the codec that the service uses unless the option {@code codec} names another.
   *
   * @return the codec's name; empty, the default, for a service that keeps objects and takes no
   *     codec and no transforms
   */
  default Optional<String> defaultCodec() {
    return Optional.empty();
  }

  /**
   * Returns the transforms that the service uses unless the option {@code transforms} names others.
   *
   * @return the transforms' names in the order in which they are applied; by default none
   */
  default List<String> defaultTransforms() {
    return List.of();
  }

  /**
   * Makes a storage. The provider has checked that every given option is known and well-formed and
   * every required one given, and has made the codec and the transforms.
   *
   * @param spec what the storage is to be
   * @param <V> the type of the values
   * @return the storage, to be closed by the caller
   * @throws InvalidOptionException if the options do not go together
   * @throws StorageException if the medium cannot be opened
   */
  <V> Storage<V> create(StorageSpec<V> spec);
}
