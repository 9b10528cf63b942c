package io.jstorage.policy;

import io.jstorage.Capability;
import io.jstorage.Storage;
import io.jstorage.spi.Capabilities;
import io.jstorage.spi.Condition;
import io.jstorage.spi.PolicyStore;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Passes reads on and refuses changes. */
final class ReadOnlyStore<V> extends PolicyStore<V> {
  private static final String REASON = "it can only be read; change the storage behind it";

  ReadOnlyStore(Storage<V> behind) {
    super(ReadOnlyStorage.NAME, behind, FallbackStorage.NAME, RefreshStorage.NAME);
  }

  private UnsupportedOperationException refusal() {
    return new UnsupportedOperationException("cannot change %s: %s".formatted(this, REASON));
  }

  @Override
  public boolean write(String key, V value, WriteOptions options) {
    throw refusal();
  }

  @Override
  public boolean delete(String key, Condition condition) {
    throw refusal();
  }

  @Override
  public void writeAll(
      Map<String, V> values, WriteOptions options, BiConsumer<String, Exception> failed) {
    throw refusal();
  }

  @Override
  public void deleteAll(List<String> keys, BiConsumer<String, Exception> failed) {
    throw refusal();
  }

  @Override
  public void clear() {
    throw refusal();
  }

  @Override
  public long purgeExpired() {
    throw refusal();
  }

  /** Those that are about reading; the others promise that changes are possible. */
  @Override
  public Capabilities capabilities() throws IOException {
    return super.capabilities()
        .without(Capability.ATOMIC, REASON)
        .without(Capability.EXPIRY, REASON);
  }

  @Override
  public String toString() {
    return super.toString() + ", read only";
  }
}
