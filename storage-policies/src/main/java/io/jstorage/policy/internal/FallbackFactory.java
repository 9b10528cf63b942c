package io.jstorage.policy.internal;

import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.policy.FallbackStorage;
import io.jstorage.spi.StorageFactory;
import io.jstorage.spi.StorageSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes {@code storage.fallback}. */
public final class FallbackFactory implements StorageFactory {
  /** For the service loader. */
  public FallbackFactory() {}

  @Override
  public String name() {
    return "storage.fallback";
  }

  @Override
  public Set<Option<?>> options() {
    return FallbackStorage.options();
  }

  @Override
  public <V> Storage<V> create(StorageSpec<V> spec) {
    StorageOptions options = spec.options();
    Object second = options.find(FallbackStorage.SECOND).orElse(null);
    return spec.inFrontOf(
        options.get(FallbackStorage.STORAGE),
        (behind, owned) -> {
          List<AutoCloseable> closed = owned ? List.of(behind) : List.of();
          return second == null
              ? FallbackStorage.open(behind, null, closed, options)
              : spec.inFrontOf(
                  second,
                  (other, ownedToo) ->
                      FallbackStorage.open(behind, other, and(closed, other, ownedToo), options));
        });
  }

  private static List<AutoCloseable> and(
      List<AutoCloseable> closed, Storage<?> other, boolean owned) {
    List<AutoCloseable> all = new ArrayList<>(closed);
    if (owned) {
      all.add(other);
    }
    return all;
  }
}
