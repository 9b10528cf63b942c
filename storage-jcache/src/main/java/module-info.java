import io.jstorage.jcache.StorageCachingProvider;
import javax.cache.spi.CachingProvider;

/**
 * A provider of JCache (JSR-107) over the storages of {@code io.jstorage}: {@code
 * StorageCachingProvider}, which {@code javax.cache.Caching} finds by itself.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // JCache has no other.
module io.jstorage.jcache {
  requires transitive io.jstorage;
  requires transitive cache.api;
  requires io.jstorage.cache;
  requires java.management;
  requires static org.jspecify;

  exports io.jstorage.jcache;

  provides CachingProvider with
      StorageCachingProvider;
}
