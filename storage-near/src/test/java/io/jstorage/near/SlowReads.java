package io.jstorage.near;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.spi.Access;
import io.jstorage.spi.ForwardingStore;
import io.jstorage.spi.Storages;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Takes a while between looking at an entry and returning it, as a network does. */
final class SlowReads<V> extends ForwardingStore<V> {
  private static final int LONGEST_NANOS = 200_000;

  private SlowReads(Storage<V> storage) {
    super(Storages.asStore(storage));
  }

  static <V> Storage<V> of(Storage<V> storage) {
    return Storages.ofPolicy(new SlowReads<>(storage), List.of());
  }

  @Override
  public @Nullable V read(String key, Access access) throws IOException {
    V value = super.read(key, access);
    pause();
    return value;
  }

  @Override
  public @Nullable Entry<V> readEntry(String key, Access access) throws IOException {
    Entry<V> entry = super.readEntry(key, access);
    pause();
    return entry;
  }

  private static void pause() {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(LONGEST_NANOS));
  }
}
