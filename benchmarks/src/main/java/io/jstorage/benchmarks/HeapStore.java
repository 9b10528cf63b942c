package io.jstorage.benchmarks;

import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store that costs next to nothing itself. */
final class HeapStore implements ByteStore {
  private final Map<String, byte[]> values = new ConcurrentHashMap<>();

  @Override
  public byte @Nullable [] read(String key, Access access) {
    return values.get(key);
  }

  @Override
  public boolean write(String key, byte[] bytes, WriteOptions options) {
    values.put(key, bytes);
    return true;
  }

  @Override
  public boolean delete(String key, Condition condition) {
    return values.remove(key) != null;
  }

  @Override
  public Stream<String> keys(String prefix) {
    return values.keySet().stream().filter(key -> key.startsWith(prefix));
  }
}
