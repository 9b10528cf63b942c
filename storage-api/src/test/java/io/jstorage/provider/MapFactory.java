package io.jstorage.provider;

import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreFactory;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A byte-backed storage on a map, with options of several kinds; it counts what it opens. */
final class MapFactory extends ByteStoreFactory {
  static final Option<Integer> LIMIT =
      Option.integer("limit").withDefault(10).where(limit -> limit > 0, "at least 1");
  static final Option<Path> PATH = Option.path("path");
  static final Option<String> PASSWORD = Option.text("password").secret();

  final Map<String, byte[]> bytes = new ConcurrentHashMap<>();
  private final String name;
  private final Set<Option<?>> more;
  int opened;
  StorageOptions options = StorageOptions.none();

  MapFactory(String name, Option<?>... more) {
    this.name = name;
    this.more = Set.copyOf(List.of(more));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Option<?>> options() {
    return Stream.concat(Stream.of(LIMIT, PATH, PASSWORD), more.stream())
        .collect(java.util.stream.Collectors.toSet());
  }

  @Override
  public Optional<String> defaultCodec() {
    return Optional.of("shout");
  }

  @Override
  protected ByteStore open(StorageOptions options) {
    opened++;
    this.options = options;
    return new ByteStore() {
      @Override
      public byte @Nullable [] read(String key, Access access) {
        return bytes.get(key);
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
