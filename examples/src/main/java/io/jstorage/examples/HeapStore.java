package io.jstorage.examples;

import io.jstorage.spi.ByteStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A backend as a stranger would write it: where the bytes are, and nothing else. */
final class HeapStore implements ByteStore {
  private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();

  /** A copy, because the caller becomes the owner of what it gets. */
  @Override
  public byte @Nullable [] read(String key) {
    byte[] found = bytes.get(key);
    return found == null ? null : found.clone();
  }

  @Override
  public void write(String key, byte[] value) {
    bytes.put(key, value);
  }

  @Override
  public boolean delete(String key) {
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
