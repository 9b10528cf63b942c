package io.jstorage.policy;

import io.jstorage.Storage;
import io.jstorage.spi.PolicyStore;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Gives a time to live to what says that there is nothing, unless it brings one. */
final class MissStore<V> extends PolicyStore<Optional<V>> {
  private final Duration nothingFor;

  MissStore(Storage<Optional<V>> behind, Duration nothingFor) {
    super(
        RememberedMisses.NAME,
        behind,
        FallbackStorage.NAME,
        RefreshStorage.NAME,
        RememberedMisses.NAME);
    this.nothingFor = nothingFor;
  }

  private WriteOptions options(Optional<V> value, WriteOptions options) {
    return value.isEmpty() && options.ttl() == null ? options.expiringAfter(nothingFor) : options;
  }

  @Override
  public boolean write(String key, Optional<V> value, WriteOptions options) throws IOException {
    return super.write(key, value, options(value, options));
  }

  /** In two batches: a batch has one time to live. */
  @Override
  public void writeAll(
      Map<String, Optional<V>> values, WriteOptions options, BiConsumer<String, Exception> failed)
      throws IOException {
    Map<String, Optional<V>> something = new LinkedHashMap<>(values);
    something.values().removeIf(Optional::isEmpty);
    Map<String, Optional<V>> nothing = new LinkedHashMap<>(values);
    nothing.values().removeIf(Optional::isPresent);
    if (!something.isEmpty()) {
      super.writeAll(something, options, failed);
    }
    if (!nothing.isEmpty()) {
      super.writeAll(nothing, options(Optional.empty(), options), failed);
    }
  }

  @Override
  public String toString() {
    return "%s, where nothing is remembered for %s".formatted(super.toString(), nothingFor);
  }
}
