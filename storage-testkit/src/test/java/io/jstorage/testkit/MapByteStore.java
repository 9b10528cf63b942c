package io.jstorage.testkit;

import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
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
  public byte @Nullable [] read(String key, Access access) {
    byte[] bytes = entries.get(key);
    return bytes == null ? null : bytes.clone();
  }

  @Override
  public boolean write(String key, byte[] bytes, WriteOptions options) throws IOException {
    entries.put(key, bytes);
    return true;
  }

  @Override
  public boolean delete(String key, Condition condition) {
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
