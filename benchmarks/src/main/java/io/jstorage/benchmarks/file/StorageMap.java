package io.jstorage.benchmarks.file;

import io.jstorage.Storage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A storage of ours. */
class StorageMap implements DiskMap {
  private final Storage<byte[]> storage;

  StorageMap(Storage<byte[]> storage) {
    this.storage = storage;
  }

  @Override
  public void put(String key, byte[] value) {
    storage.put(key, value);
  }

  @Override
  public byte @Nullable [] get(String key) {
    return storage.get(key).orElse(null);
  }

  @Override
  public boolean contains(String key) {
    return storage.contains(key);
  }

  @Override
  public void remove(String key) {
    storage.remove(key);
  }

  @Override
  public long size() {
    return storage.size();
  }

  @Override
  public long keys() {
    try (Stream<String> keys = storage.keys()) {
      return keys.mapToLong(String::length).sum();
    }
  }

  @Override
  public void putAll(Map<String, byte[]> entries) {
    storage.putAll(entries);
  }

  @Override
  public Map<String, byte[]> getAll(List<String> keys) {
    return storage.getAll(keys);
  }

  @Override
  public void removeAll(List<String> keys) {
    storage.removeAll(keys);
  }

  @Override
  public void close() {
    storage.close();
  }
}
