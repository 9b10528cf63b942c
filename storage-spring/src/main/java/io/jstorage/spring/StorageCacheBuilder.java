package io.jstorage.spring;

import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import io.jstorage.cache.CacheKeys;
import io.jstorage.cache.CachePlace;
import io.jstorage.cache.ObservedStorage;
import io.jstorage.cache.StorageObserver;
import io.jstorage.provider.StorageProvider;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link StorageCache} is made of. Not thread-safe. */
public final class StorageCacheBuilder {
  private final String name;
  private final String url;
  private Type type = Object.class;
  private StorageOptions options = StorageOptions.none();
  private @Nullable StorageProvider provider;
  private OnFailure onFailure = OnFailure.THROW;
  private boolean requiredAtStart = true;
  private boolean statistics;
  private @Nullable StorageObserver observer;
  private @Nullable Executor executor;

  StorageCacheBuilder(String name, String url) {
    this.name = Objects.requireNonNull(name, "name");
    this.url = Objects.requireNonNull(url, "url");
  }

  /**
   * Returns the name of the cache.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Sets the type of the values.
   *
   * @param given a class, or a type with type arguments
   * @return this builder
   */
  public StorageCacheBuilder type(Type given) {
    this.type = Objects.requireNonNull(given, "type");
    return this;
  }

  /**
   * Adds options of the storage, its codec and its transforms to those of the URL.
   *
   * @param given the options
   * @return this builder
   */
  public StorageCacheBuilder options(StorageOptions given) {
    this.options = options.withAll(given);
    return this;
  }

  /**
   * Sets what knows the storages; by default all that the thread's class loader sees.
   *
   * @param given the provider
   * @return this builder
   */
  public StorageCacheBuilder provider(StorageProvider given) {
    this.provider = Objects.requireNonNull(given, "provider");
    return this;
  }

  /**
   * Sets what happens when the storage fails.
   *
   * @param given what happens
   * @return this builder
   */
  public StorageCacheBuilder onFailure(OnFailure given) {
    this.onFailure = Objects.requireNonNull(given, "onFailure");
    return this;
  }

  /**
   * Sets whether a storage that cannot be opened now keeps the cache from being made. If not, it is
   * opened when it is needed, and every use of the cache until then is a failure of the storage.
   *
   * @param required true by default
   * @return this builder
   */
  public StorageCacheBuilder requiredAtStart(boolean required) {
    this.requiredAtStart = required;
    return this;
  }

  /**
   * Counts {@link io.jstorage.Statistics} of the storage.
   *
   * @return this builder
   */
  public StorageCacheBuilder statistics() {
    this.statistics = true;
    return this;
  }

  /**
   * Lets an observer watch the storage, which is then counted too.
   *
   * @param given the observer
   * @return this builder
   */
  public StorageCacheBuilder observer(StorageObserver given) {
    this.observer = Objects.requireNonNull(given, "observer");
    return this;
  }

  /**
   * Sets what {@code retrieve} runs on where values are not in memory. Each load of a value
   * occupies a thread until it ends.
   *
   * @param given the executor; by default daemon threads, as many as are needed
   * @return this builder
   */
  public StorageCacheBuilder executor(Executor given) {
    this.executor = Objects.requireNonNull(given, "executor");
    return this;
  }

  /**
   * Makes the cache.
   *
   * @return the cache, to be closed by the caller or the manager that it is given to
   * @throws InvalidOptionException if an option or the type is not right, or the type does not go
   *     with the codec
   * @throws io.jstorage.UnknownStorageException if there is no such storage
   * @throws io.jstorage.StorageException if the storage cannot be opened and is required
   */
  public StorageCache build() {
    StorageProvider knowing = provider == null ? StorageProvider.load() : provider;
    CachePlace place = CachePlace.of(url, options, knowing);
    checkCodec(place);
    TypeRef<CachedValue<Object>> stored = storedOf(type);
    Opening opening = new Opening(name, () -> open(place, stored, knowing), requiredAtStart);
    return new StorageCache(
        name,
        opening,
        place.isInMemory() ? CacheKeys.inMemory(key -> key) : CacheKeys.writeOnly(),
        TypeRef.of(type).rawType(),
        place.isInMemory(),
        onFailure,
        executor != null ? executor : new Workers(name));
  }

  private Storage<CachedValue<Object>> open(
      CachePlace place, TypeRef<CachedValue<Object>> stored, StorageProvider knowing) {
    Storage<CachedValue<Object>> opened = place.open(name, stored, knowing);
    StorageObserver watching = observer;
    if (watching != null) {
      return ObservedStorage.of(opened, watching);
    }
    return statistics ? ObservedStorage.of(opened) : opened;
  }

  private void checkCodec(CachePlace place) {
    String codec = place.codec();
    if ("text".equals(codec) || "bytes".equals(codec)) {
      throw new InvalidOptionException(
          "the cache '%s' keeps more than %s of an entry: choose codec=json or codec=serialized for %s, or redis.json: in place of redis:"
              .formatted(name, codec, place));
    }
    if ("json".equals(codec) && type == Object.class) {
      throw new InvalidOptionException(
          "the cache '%s' has values of any type, which JSON does not give back: name their type, or choose codec=serialized for %s"
              .formatted(name, place));
    }
  }

  /** The type {@code CachedValue<V>}. That its values are objects is all that is needed here. */
  @SuppressWarnings("unchecked")
  private static TypeRef<CachedValue<Object>> storedOf(Type valueType) {
    return (TypeRef<CachedValue<Object>>) TypeRef.of(new StoredType(valueType));
  }

  private record StoredType(Type valueType) implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return new Type[] {valueType};
    }

    @Override
    public Type getRawType() {
      return CachedValue.class;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return null;
    }

    @Override
    public String getTypeName() {
      return "%s<%s>".formatted(CachedValue.class.getName(), valueType.getTypeName());
    }
  }
}
