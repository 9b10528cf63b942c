package io.jstorage.spi;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A stranger's store: the four methods and nothing else, on a map; it fails when told to. */
class MapByteStore implements ByteStore, Closeable {
  final Map<String, byte[]> bytes = new ConcurrentHashMap<>();
  volatile @Nullable IOException failure;
  volatile boolean closed;

  void mayFail() throws IOException {
    IOException e = failure;
    if (e != null) {
      throw e;
    }
  }

  @Override
  public byte @Nullable [] read(String key, Access access) throws IOException {
    mayFail();
    return bytes.get(key);
  }

  @Override
  public boolean write(String key, byte[] value, WriteOptions options) throws IOException {
    mayFail();
    bytes.put(key, value);
    return true;
  }

  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    mayFail();
    return bytes.remove(key) != null;
  }

  @Override
  public Stream<String> keys(String prefix) throws IOException {
    mayFail();
    return bytes.keySet().stream().filter(key -> key.startsWith(prefix));
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return "the test map";
  }
}
