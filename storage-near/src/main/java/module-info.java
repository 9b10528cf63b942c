import io.jstorage.near.internal.NearFactory;
import io.jstorage.spi.StorageFactory;

/**
 * Memory in front of any storage: {@code storage.near}, which keeps the values that were read and
 * drops them when they change.
 */
module io.jstorage.near {
  requires transitive io.jstorage;
  requires static org.jspecify;

  exports io.jstorage.near;

  provides StorageFactory with
      NearFactory;
}
