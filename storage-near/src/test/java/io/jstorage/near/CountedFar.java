package io.jstorage.near;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.spi.Access;
import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.ForwardingStore;
import io.jstorage.spi.Storages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Counts how often a storage is read, and may have another feed of changes. */
final class CountedFar extends ForwardingStore<String> {
  private final Storage<String> plain;
  private final Storage<String> counted;
  private final List<List<String>> batches = new ArrayList<>();
  private long reads;
  private @Nullable ChangeFeed feed;

  CountedFar(Storage<String> plain) {
    super(Storages.asStore(plain));
    this.plain = plain;
    this.counted = Storages.ofPolicy(this, List.of());
  }

  /** The storage past the counting. */
  Storage<String> plain() {
    return plain;
  }

  Storage<String> storage() {
    return counted;
  }

  void feed(ChangeFeed other) {
    feed = other;
  }

  long reads() {
    return reads;
  }

  List<List<String>> batches() {
    return batches;
  }

  @Override
  public @Nullable String read(String key, Access access) throws IOException {
    reads++;
    return super.read(key, access);
  }

  @Override
  public @Nullable Entry<String> readEntry(String key, Access access) throws IOException {
    reads++;
    return super.readEntry(key, access);
  }

  @Override
  public Map<String, String> readAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    batches.add(List.copyOf(keys));
    return super.readAll(keys, failed);
  }

  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    return type == ChangeFeed.class && feed != null
        ? Optional.of(type.cast(feed))
        : super.unwrap(type);
  }
}
