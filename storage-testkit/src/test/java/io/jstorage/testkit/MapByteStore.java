package io.jstorage.testkit;

import io.jstorage.spi.ByteStore;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A stranger's store: the four methods and nothing else. */
class MapByteStore implements ByteStore {
  final Map<String, byte[]> entries;

  MapByteStore() {
    this(new ConcurrentHashMap<>());
  }

  MapByteStore(Map<String, byte[]> entries) {
    this.entries = entries;
  }

  @Override
  public byte @Nullable [] read(String key) {
    byte[] bytes = entries.get(key);
    return bytes == null ? null : bytes.clone();
  }

  @Override
  public void write(String key, byte[] bytes) throws IOException {
    entries.put(key, bytes);
  }

  @Override
  public boolean delete(String key) {
    return entries.remove(key) != null;
  }

  @Override
  public Stream<String> keys(String prefix) {
    return entries.keySet().stream().filter(key -> key.startsWith(prefix));
  }

  @Override
  public String toString() {
    return "a map of bytes";
  }
}
