package io.jstorage.memory;

import io.jstorage.Storage;
import io.jstorage.Version;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Over a storage with deadlines: says when, and lets it do the rest. */
final class VolatileByDeadline<V> extends VolatileStorage<V> {
  VolatileByDeadline(Storage<V> storage, Builder<V> builder) {
    super(storage, builder);
  }

  private Duration orExpiration(@Nullable Duration ttl) {
    return ttl == null ? expiration() : ttl;
  }

  @Override
  protected void doPut(String key, V value, @Nullable Duration ttl) {
    super.doPut(key, value, orExpiration(ttl));
  }

  @Override
  protected boolean doPutIfAbsent(String key, V value, @Nullable Duration ttl) {
    return super.doPutIfAbsent(key, value, orExpiration(ttl));
  }

  @Override
  protected boolean doReplace(String key, Version version, V value, @Nullable Duration ttl) {
    return super.doReplace(key, version, value, orExpiration(ttl));
  }

  @Override
  protected void doPutAll(Map<String, V> values, @Nullable Duration ttl) {
    super.doPutAll(values, orExpiration(ttl));
  }
}
