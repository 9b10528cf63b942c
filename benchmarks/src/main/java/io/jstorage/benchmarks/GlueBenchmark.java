package io.jstorage.benchmarks;

import io.jstorage.Codec;
import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.Access;
import io.jstorage.spi.Storages;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;

/** A read through a storage, and one through its store and codec alone. */
public class GlueBenchmark extends Measured {
  private static final String KEY = "some_key";

  private final HeapStore store = new HeapStore();
  private final Codec<byte[]> codec = Codecs.bytes();
  private final Storage<byte[]> storage = Storages.of(store, codec);

  /** Puts the value that is read. */
  public GlueBenchmark() {
    storage.put(KEY, new byte[100]);
  }

  @Benchmark
  public Optional<byte[]> storage() {
    return storage.get(KEY);
  }

  @Benchmark
  public byte[] storeAndCodec() throws IOException {
    return codec.decode(Objects.requireNonNull(store.read(KEY, Access.TOUCH)));
  }
}
