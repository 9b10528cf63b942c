import io.jstorage.examples.HeapStoreFactory;
import io.jstorage.spi.StorageFactory;

/**
 * The quick start, and a backend as a stranger would write it.
 *
 * <p>It requires the contract only. The backends are found at run time, because {@code io.jstorage}
 * uses the services that they provide.
 */
module io.jstorage.examples {
  requires static org.jspecify;
  requires io.jstorage;

  provides StorageFactory with
      HeapStoreFactory;
}
