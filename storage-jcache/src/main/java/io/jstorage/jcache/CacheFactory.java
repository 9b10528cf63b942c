package io.jstorage.jcache;

import io.jstorage.Capability;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.TypeRef;
import io.jstorage.cache.CachePlace;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Set;
import javax.cache.CacheException;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;

/** Makes a cache from its configuration, or reports the fault and an alternative. */
final class CacheFactory {
  private static final String ATOMIC_PLACES =
      "memory, files and Redis do; so does S3 where the server decides conditional writes";

  private CacheFactory() {}

  static <K, V> StorageCache<K, V> create(
      StorageCacheManager manager, String name, Configuration<K, V> given) {
    MutableConfiguration<K, V> settings = copyOf(given);
    CachePlace place = manager.configuration().placeOf(name);
    check(name, settings, place);
    Expiry expiry = new Expiry(settings.getExpiryPolicyFactory().create());
    Storage<Stored<Object>> storage = open(manager, name, settings.getValueType(), place);
    try {
      checkCapabilities(name, storage, expiry);
      return new StorageCache<>(manager, name, settings, place, storage, expiry);
    } catch (RuntimeException | Error e) {
      try {
        storage.close();
      } catch (RuntimeException f) {
        e.addSuppressed(f);
      }
      throw e;
    }
  }

  /** A copy that no other code changes. */
  private static <K, V> MutableConfiguration<K, V> copyOf(Configuration<K, V> given) {
    return given instanceof CompleteConfiguration<K, V> complete
        ? new MutableConfiguration<>(complete)
        : new MutableConfiguration<K, V>()
            .setTypes(given.getKeyType(), given.getValueType())
            .setStoreByValue(given.isStoreByValue());
  }

  private static void check(String name, CompleteConfiguration<?, ?> settings, CachePlace place) {
    if (settings.isReadThrough() && settings.getCacheLoaderFactory() == null) {
      throw new IllegalArgumentException(
          "the cache '%s' reads through and has no loader: call setCacheLoaderFactory"
              .formatted(name));
    }
    if (settings.isWriteThrough() && settings.getCacheWriterFactory() == null) {
      throw new IllegalArgumentException(
          "the cache '%s' writes through and has no writer: call setCacheWriterFactory"
              .formatted(name));
    }
    if (!settings.isStoreByValue() && !place.isInMemory()) {
      throw new UnsupportedOperationException(
          "the cache '%s' cannot store by reference in %s: call setStoreByValue(true), or keep it in memory"
              .formatted(name, place));
    }
    if ("text".equals(place.codec()) || "bytes".equals(place.codec())) {
      throw new IllegalArgumentException(
          "the cache '%s' keeps more than %s of an entry: choose codec=json or codec=serialized for %s, or redis.json: in place of redis:"
              .formatted(name, place.codec(), place));
    }
    if ("json".equals(place.codec()) && settings.getValueType() == Object.class) {
      throw new IllegalArgumentException(
          "the cache '%s' has values of any type, which JSON does not give back: call setTypes with their type, or choose codec=serialized for %s"
              .formatted(name, place));
    }
  }

  private static Storage<Stored<Object>> open(
      StorageCacheManager manager, String name, Class<?> valueType, CachePlace place) {
    try {
      return place.open(name, storedOf(valueType), manager.backends());
    } catch (StorageException e) {
      throw new CacheException("cannot make the cache '%s': %s".formatted(name, e.getMessage()), e);
    }
  }

  /** The type {@code Stored<V>}. That its values are objects is all that this library needs. */
  @SuppressWarnings("unchecked")
  private static TypeRef<Stored<Object>> storedOf(Class<?> valueType) {
    return (TypeRef<Stored<Object>>) TypeRef.of(new StoredType(valueType));
  }

  private record StoredType(Class<?> valueType) implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return new Type[] {valueType};
    }

    @Override
    public Type getRawType() {
      return Stored.class;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return null;
    }

    @Override
    public String getTypeName() {
      return "%s<%s>".formatted(Stored.class.getName(), valueType.getTypeName());
    }
  }

  private static void checkCapabilities(String name, Storage<?> storage, Expiry expiry) {
    Set<Capability> capabilities;
    try {
      capabilities = storage.capabilities();
    } catch (StorageException e) {
      throw new CacheException("cannot make the cache '%s': %s".formatted(name, e.getMessage()), e);
    }
    if (!capabilities.contains(Capability.ATOMIC)) {
      throw new UnsupportedOperationException(
          "the cache '%s' cannot be kept in %s, which does not decide conditional writes (ATOMIC): choose a storage that does (%s)"
              .formatted(name, storage, ATOMIC_PLACES));
    }
    if (!expiry.isEternal() && !capabilities.contains(Capability.EXPIRY)) {
      throw new UnsupportedOperationException(
          "the entries of the cache '%s' may expire, and %s keeps no deadlines (EXPIRY): give it the option 'expiration', which then bounds the life of all entries, choose memory or Redis, or set the EternalExpiryPolicy"
              .formatted(name, storage));
    }
  }
}
