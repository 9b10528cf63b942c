package io.jstorage.compress.app;

import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreFactory;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The storage {@code test.map}, whose bytes can be looked at. */
public final class MapFactory extends ByteStoreFactory {
  public final Map<String, byte[]> bytes = new ConcurrentHashMap<>();
  public boolean opened;

  @Override
  public String name() {
    return "test.map";
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of();
  }

  @Override
  protected ByteStore open(StorageOptions options) {
    opened = true;
    return new ByteStore() {
      @Override
      public byte @Nullable [] read(String key, Access access) {
        byte[] value = bytes.get(key);
        return value == null ? null : value.clone();
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
    };
  }
}
