import io.jstorage.memory.internal.LruFactory;
import io.jstorage.memory.internal.VolatileFactory;
import io.jstorage.spi.StorageFactory;

/**
 * Storages in memory: {@code storage.lru}, which evicts the least recently used entry, and {@code
 * storage.volatile}, which lets the entries of a storage expire.
 */
module io.jstorage.memory {
  requires transitive io.jstorage;
  requires static org.jspecify;

  exports io.jstorage.memory;

  provides StorageFactory with
      LruFactory,
      VolatileFactory;
}
