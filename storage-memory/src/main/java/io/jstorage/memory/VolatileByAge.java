package io.jstorage.memory;

import io.jstorage.BatchException;
import io.jstorage.Capability;
import io.jstorage.CodecException;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.Version;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Over a storage that keeps write times only: looks at the age of every entry that is asked for.
 *
 * <p>An expired entry is removed or replaced by its version alone, which includes the time of the
 * write where the store keeps it: equal bytes written afresh do not pass for it.
 */
final class VolatileByAge<V> extends VolatileStorage<V> {
  private static final Logger LOGGER = System.getLogger(VolatileByAge.class.getName());

  private final InstantSource clock;

  VolatileByAge(Storage<V> storage, Builder<V> builder, InstantSource clock) {
    super(storage, builder);
    this.clock = clock;
  }

  private boolean isAtomic() {
    return capabilities().contains(Capability.ATOMIC);
  }

  private Instant deadline(Entry<V> entry) {
    try {
      return entry.writtenAt().orElseThrow().plus(expiration());
    } catch (DateTimeException | ArithmeticException e) {
      return Instant.MAX;
    }
  }

  private boolean hasExpired(Entry<V> entry) {
    return !clock.instant().isBefore(deadline(entry));
  }

  /** Returns the entry with its deadline; if it has expired, null, and it is cleaned up. */
  private @Nullable Entry<V> live(String key, @Nullable Entry<V> entry) {
    if (entry == null) {
      return null;
    }
    if (hasExpired(entry)) {
      cleanUp(key, entry);
      return null;
    }
    return entry.withExpiresAt(deadline(entry));
  }

  /** The entry is as good as gone: a store that cannot let go of it is no failure of the caller. */
  private void cleanUp(String key, Entry<V> expired) {
    if (isAtomic()) {
      try {
        remove(key, expired);
      } catch (StorageException e) {
        LOGGER.log(Level.DEBUG, "an expired entry stays for now", e);
      }
    }
  }

  private boolean remove(String key, Entry<V> entry) {
    return delegate().remove(key, entry.version().orElseThrow());
  }

  @Override
  protected @Nullable Entry<V> doEntry(String key) {
    return live(key, super.doEntry(key));
  }

  @Override
  protected @Nullable Entry<V> doPeekEntry(String key) {
    return live(key, super.doPeekEntry(key));
  }

  @Override
  protected @Nullable V doGet(String key) {
    Entry<V> entry = doEntry(key);
    return entry == null ? null : entry.value();
  }

  @Override
  protected @Nullable V doPeek(String key) {
    Entry<V> entry = doPeekEntry(key);
    return entry == null ? null : entry.value();
  }

  @Override
  protected boolean doContains(String key) {
    return doPeekEntry(key) != null;
  }

  @Override
  protected Map<String, V> doGetAll(List<String> keys) {
    Map<String, V> values = new LinkedHashMap<>();
    Map<String, StorageException> failures = new LinkedHashMap<>();
    for (String key : keys) {
      try {
        V value = doGet(key);
        if (value != null) {
          values.put(key, value);
        }
      } catch (StorageException e) {
        failures.put(key, e);
      }
    }
    if (!failures.isEmpty()) {
      throw new BatchException(
          "getAll: %d of %d keys of %s failed".formatted(failures.size(), keys.size(), this),
          failures);
    }
    return values;
  }

  @Override
  protected boolean doPutIfAbsent(String key, V value, @Nullable Duration ttl) {
    while (!delegate().putIfAbsent(key, value)) {
      Entry<V> present = super.doPeekEntry(key);
      if (present != null) {
        if (!hasExpired(present)) {
          return false;
        }
        if (delegate().replace(key, present.version().orElseThrow(), value)) {
          return true;
        }
      }
    }
    return true;
  }

  @Override
  protected boolean doReplace(String key, Version version, V value, @Nullable Duration ttl) {
    return doPeekEntry(key) != null && delegate().replace(key, version, value);
  }

  @Override
  protected boolean doRemove(String key, Version version) {
    return doPeekEntry(key) != null && delegate().remove(key, version);
  }

  @Override
  protected boolean doRemove(String key) {
    try {
      return doPeekEntry(key) != null && delegate().remove(key);
    } catch (CodecException e) {
      // Its age cannot be told; removing it is the repair.
      return delegate().remove(key);
    }
  }

  /** Skips what does not decode: its age cannot be told, and whoever asks for it is told so. */
  @Override
  protected long doPurgeExpired() {
    if (!isAtomic()) {
      throw unsupported("purgeExpired", Capability.ATOMIC);
    }
    long purged = 0;
    try (Stream<String> keys = delegate().keys()) {
      for (Iterator<String> each = keys.iterator(); each.hasNext(); ) {
        if (purge(each.next())) {
          purged++;
        }
      }
    }
    return purged;
  }

  private boolean purge(String key) {
    try {
      Entry<V> entry = super.doPeekEntry(key);
      return entry != null && hasExpired(entry) && remove(key, entry);
    } catch (CodecException e) {
      LOGGER.log(Level.DEBUG, "an entry of unknown age stays", e);
      return false;
    }
  }
}
