/**
 * Meters and observations of storages by Micrometer: {@code StorageMetrics} binds what a storage
 * counts, {@code StorageObservations} makes an observation of each operation.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // It has no descriptors.
module io.jstorage.micrometer {
  requires transitive io.jstorage;
  requires transitive io.jstorage.cache;
  requires transitive micrometer.core;
  requires transitive micrometer.observation;
  requires transitive micrometer.commons;
  requires static org.jspecify;

  exports io.jstorage.micrometer;
}
