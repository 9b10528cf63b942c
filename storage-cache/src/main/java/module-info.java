/**
 * The parts of caches that a storage lacks: {@code CacheKeys} makes keys of any objects, {@code
 * ObservedStorage} counts and observes the operations of any storage.
 */
module io.jstorage.cache {
  requires transitive io.jstorage;
  requires io.jstorage.jdk;
  requires static org.jspecify;

  exports io.jstorage.cache;
}
