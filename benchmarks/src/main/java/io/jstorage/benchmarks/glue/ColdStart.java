package io.jstorage.benchmarks.glue;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.benchmarks.Probe;
import io.jstorage.provider.StorageProvider;

/** The milliseconds until a JVM that has done nothing yet has a storage of the provider's. */
public final class ColdStart implements Probe {
  @Override
  public double measure(String name) {
    long start = System.nanoTime();
    try (Storage<Object> storage = StorageProvider.load().create(name, StorageOptions.none())) {
      storage.contains("some_key");
      return (System.nanoTime() - start) / 1e6;
    }
  }
}
