package io.jstorage.benchmarks;

import io.jstorage.Codec;
import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.Condition;
import io.jstorage.spi.Storages;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/** A read through a storage, and one through its store and codec alone. */
public class GlueBenchmark extends Measured {
  // No constant, or the compiler would check it beforehand.
  private String key = "some_key";

  private final HeapStore store = new HeapStore();
  private final Codec<byte[]> codec = Codecs.bytes();
  private final Storage<byte[]> storage = Storages.of(store, codec);

  /** Puts the value that is read. */
  public GlueBenchmark() {
    storage.put(key, new byte[100]);
  }

  @Benchmark
  public Optional<byte[]> storage() {
    return storage.get(key);
  }

  @Benchmark
  public byte[] storeAndCodec() throws IOException {
    return codec.decode(Objects.requireNonNull(store.read(key, Access.TOUCH)));
  }

  /** A store that costs next to nothing itself. */
  private static final class HeapStore implements ByteStore {
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
}
