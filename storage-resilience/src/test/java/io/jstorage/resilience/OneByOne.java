package io.jstorage.resilience;

import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.Capabilities;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
import java.io.Closeable;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store without batches of its own, so that each key of a batch can fail by itself. */
final class OneByOne<S extends ByteStore & Closeable> implements ByteStore, Closeable {
  private final S store;

  OneByOne(S store) {
    this.store = store;
  }

  @Override
  public byte @Nullable [] read(String key, Access access) throws IOException {
    return store.read(key, access);
  }

  @Override
  public boolean write(String key, byte[] value, WriteOptions options) throws IOException {
    return store.write(key, value, options);
  }

  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    return store.delete(key, condition);
  }

  @Override
  public Stream<String> keys(String prefix) throws IOException {
    return store.keys(prefix);
  }

  @Override
  public Capabilities capabilities() throws IOException {
    return store.capabilities();
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  @Override
  public String toString() {
    return store.toString();
  }
}
