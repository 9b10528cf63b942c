package io.jstorage.memory;

import io.jstorage.Storage;
import io.jstorage.spi.PolicyStore;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;

/** Over a store with deadlines: gives writes without a time to live the expiration. */
final class VolatileByDeadline<V> extends PolicyStore<V> {
  private final Duration expiration;

  VolatileByDeadline(Storage<V> behind, Duration expiration) {
    super(VolatileStorage.NAME, behind, VolatileStorage.REFUSED);
    this.expiration = expiration;
  }

  private WriteOptions expiring(WriteOptions options) {
    return options.ttl() == null ? options.expiringAfter(expiration) : options;
  }

  @Override
  public boolean write(String key, V value, WriteOptions options) throws IOException {
    return super.write(key, value, expiring(options));
  }

  @Override
  public void writeAll(
      Map<String, V> values, WriteOptions options, BiConsumer<String, Exception> failed)
      throws IOException {
    super.writeAll(values, expiring(options), failed);
  }

  @Override
  public String toString() {
    return VolatileStorage.name(super.toString(), expiration);
  }
}
