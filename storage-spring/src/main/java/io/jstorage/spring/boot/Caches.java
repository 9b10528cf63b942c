package io.jstorage.spring.boot;

import io.jstorage.InvalidOptionException;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.UnknownStorageException;
import io.jstorage.cache.CachePlace;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spring.StorageCache;
import io.jstorage.spring.StorageCacheBuilder;
import io.jstorage.spring.StorageCacheManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the caches that the properties describe, all or none. */
final class Caches {
  private final StorageProvider provider;
  private final Consumer<StorageCacheBuilder> customizer;
  private final @Nullable ClassLoader loader;

  Caches(
      StorageProvider provider,
      Consumer<StorageCacheBuilder> customizer,
      @Nullable ClassLoader loader) {
    this.provider = provider;
    this.customizer = customizer;
    this.loader = loader;
  }

  StorageCacheManager manager(List<CacheSettings> settings) {
    checkPlaces(settings);
    Set<String> transactionAware = new HashSet<>();
    List<StorageCache> caches = new ArrayList<>();
    try {
      for (CacheSettings each : settings) {
        caches.add(cache(each));
        if (each.own().isTransactionAware()) {
          transactionAware.add(each.cache());
        }
      }
      checkOpened(caches);
      return new StorageCacheManager(caches, transactionAware);
    } catch (RuntimeException | Error e) {
      try {
        StorageCacheManager.closeAll(caches);
      } catch (RuntimeException f) {
        e.addSuppressed(f);
      }
      throw e;
    }
  }

  private StorageCache cache(CacheSettings settings) {
    StorageCacheBuilder builder =
        StorageCache.builder(settings.cache(), settings.url())
            .provider(provider)
            .options(StorageOptions.from(settings.options()))
            .onFailure(settings.own().getOnFailure())
            .requiredAtStart(settings.own().isRequiredAtStart());
    try {
      String type = settings.own().getType();
      if (type != null) {
        builder.type(TypeNames.find(type, loader));
      }
      customizer.accept(builder);
      return builder.build();
    } catch (InvalidOptionException e) {
      throw settings.wrong(e);
    } catch (UnknownStorageException e) {
      throw new UnknownStorageException(
          "%s: %s".formatted(settings.property("url"), e.getMessage()));
    } catch (StorageException e) {
      throw new StorageException(
          "the cache '%s' cannot be opened: %s. To let the application start anyway, set %s=false"
              .formatted(settings.cache(), e.getMessage(), settings.property("required-at-start")),
          e);
    }
  }

  private static InvalidOptionException samePlace(String one, String other) {
    return new InvalidOptionException(
        "the caches '%s' and '%s' are kept in the same place, and would see each other's entries: give each a directory, namespace or folder of its own, for instance by {cache} in its URL"
            .formatted(one, other));
  }

  /** Before anything is opened. */
  private void checkPlaces(List<CacheSettings> settings) {
    Map<List<Object>, String> taken = new HashMap<>();
    for (CacheSettings each : settings) {
      CachePlace place;
      try {
        place = CachePlace.of(each.url(), StorageOptions.from(each.options()), provider);
      } catch (InvalidOptionException e) {
        throw each.wrong(e);
      } catch (UnknownStorageException e) {
        throw new UnknownStorageException("%s: %s".formatted(each.property("url"), e.getMessage()));
      }
      if (!place.isOfOneCache()) {
        String other = taken.put(List.of(each.url(), each.options()), each.cache());
        if (other != null) {
          throw samePlace(other, each.cache());
        }
      }
    }
  }

  /** One place may have several URLs; the storages know better, as far as they are open. */
  private static void checkOpened(List<StorageCache> caches) {
    Map<String, String> taken = new HashMap<>();
    for (StorageCache cache : caches) {
      cache
          .sharedPlace()
          .ifPresent(
              place -> {
                String other = taken.put(place, cache.getName());
                if (other != null) {
                  throw samePlace(other, cache.getName());
                }
              });
    }
  }
}
