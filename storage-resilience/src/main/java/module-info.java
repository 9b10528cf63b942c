import io.jstorage.resilience.internal.ResilientFactory;
import io.jstorage.spi.StorageFactory;

/** Retries and a circuit breaker in front of any storage: {@code storage.resilient}. */
module io.jstorage.resilience {
  requires transitive io.jstorage;
  requires dev.failsafe.core;
  requires static org.jspecify;

  exports io.jstorage.resilience;

  provides StorageFactory with
      ResilientFactory;
}
