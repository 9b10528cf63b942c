package io.jstorage.examples;

import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A backend as a stranger would write it: where the bytes are, and nothing else. */
final class HeapStore implements ByteStore {
  private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();

  /** A copy, because the caller becomes the owner of what it gets. */
  @Override
  public byte @Nullable [] read(String key, Access access) {
    byte[] found = bytes.get(key);
    return found == null ? null : found.clone();
  }

  @Override
  public boolean write(String key, byte[] value, WriteOptions options) {
    bytes.put(key, value);
    return true;
  }

  @Override
  public boolean delete(String key, Condition condition) {
    return bytes.remove(key) != null;
  }

  @Override
  public Stream<String> keys(String prefix) {
    return bytes.keySet().stream().filter(key -> key.startsWith(prefix));
  }

  @Override
  public String toString() {
    return "the heap";
  }
}
