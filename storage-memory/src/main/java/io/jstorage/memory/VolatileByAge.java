package io.jstorage.memory;

import io.jstorage.Capability;
import io.jstorage.CodecException;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.spi.Access;
import io.jstorage.spi.Backoff;
import io.jstorage.spi.Capabilities;
import io.jstorage.spi.Condition;
import io.jstorage.spi.Keys;
import io.jstorage.spi.PolicyStore;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
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
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Over a store that keeps write times only: checks the age of every requested entry.
 *
 * <p>An expired entry is removed or replaced by its version alone, which includes the time of the
 * write if the store keeps it: equal bytes that were written again are not taken for it.
 */
final class VolatileByAge<V> extends PolicyStore<V> {
  /** Together with the pauses some ten seconds. */
  private static final int MAX_ATTEMPTS = 2_000;

  private static final Duration FIRST_PAUSE = Duration.ofNanos(1_000);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(8);

  private final Duration expiration;
  private final InstantSource clock;

  VolatileByAge(Storage<V> behind, Duration expiration, InstantSource clock) {
    super(VolatileStorage.NAME, behind, VolatileStorage.REFUSED);
    this.expiration = expiration;
    this.clock = clock;
  }

  private Instant deadline(Entry<V> entry) {
    try {
      return entry.writtenAt().orElseThrow().plus(expiration);
    } catch (DateTimeException | ArithmeticException e) {
      return Instant.MAX;
    }
  }

  private boolean hasExpired(Entry<V> entry) {
    return !clock.instant().isBefore(deadline(entry));
  }

  private static <V> Condition sameAs(Entry<V> entry) {
    return Condition.version(entry.version().orElseThrow());
  }

  /** Returns the entry with its deadline; if it has expired, removes it and returns null. */
  @Override
  public @Nullable Entry<V> readEntry(String key, Access access) throws IOException {
    Entry<V> entry = super.readEntry(key, access);
    if (entry == null) {
      return null;
    }
    if (hasExpired(entry)) {
      cleanUp(key, entry);
      return null;
    }
    return entry.withExpiresAt(deadline(entry));
  }

  /** A store that cannot delete an expired entry is no failure of the caller. */
  private void cleanUp(String key, Entry<V> expired) {
    try {
      if (capabilities().has(Capability.ATOMIC)) {
        super.delete(key, sameAs(expired));
      }
    } catch (IOException | StorageException e) {
      logger().log(Level.DEBUG, "an expired entry stays for now", e);
    }
  }

  @Override
  public @Nullable V read(String key, Access access) throws IOException {
    Entry<V> entry = readEntry(key, access);
    return entry == null ? null : entry.value();
  }

  private boolean isLive(String key) throws IOException {
    return readEntry(key, Access.PEEK) != null;
  }

  @Override
  public boolean contains(String key) throws IOException {
    return isLive(key);
  }

  @Override
  public Map<String, V> readAll(List<String> keys, BiConsumer<String, Exception> failed) {
    Map<String, V> values = new LinkedHashMap<>();
    for (String key : keys) {
      try {
        V value = read(key, Access.TOUCH);
        if (value != null) {
          values.put(key, value);
        }
      } catch (IOException | StorageException e) {
        failed.accept(key, e);
      }
    }
    return values;
  }

  @Override
  public boolean write(String key, V value, WriteOptions options) throws IOException {
    if (options.condition().isAbsent()) {
      return writeIfAbsent(key, value);
    }
    return (options.condition().isNone() || isLive(key)) && super.write(key, value, options);
  }

  /** Writes if no entry exists, or in place of an expired one, by the version of that entry. */
  private boolean writeIfAbsent(String key, V value) throws IOException {
    Backoff backoff = Backoff.between(FIRST_PAUSE, LONGEST_PAUSE);
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      if (super.write(key, value, WriteOptions.IF_ABSENT)) {
        return true;
      }
      Entry<V> present = super.readEntry(key, Access.PEEK);
      if (present != null) {
        if (!hasExpired(present)) {
          return false;
        }
        if (super.write(key, value, WriteOptions.NONE.onlyIf(sameAs(present)))) {
          return true;
        }
      }
      backoff.pause();
    }
    throw new StorageUnavailableException(
        "cannot put (if absent) %s in %s: in %d attempts an entry existed, and was gone when it was read"
            .formatted(Keys.display(key), this, MAX_ATTEMPTS),
        null,
        false);
  }

  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    try {
      return isLive(key) && super.delete(key, condition);
    } catch (CodecException e) {
      // Its age is unknown; to remove it is the repair.
      return condition.isNone() && super.delete(key, condition);
    }
  }

  /** Skips entries that do not decode: their age is unknown, and reading them says so. */
  @Override
  public long purgeExpired() throws IOException {
    Capabilities able = capabilities();
    if (!able.has(Capability.ATOMIC)) {
      throw able.refusal("purgeExpired", Capability.ATOMIC, this);
    }
    long purged = 0;
    try (Stream<String> keys = keys("")) {
      for (Iterator<String> each = keys.iterator(); each.hasNext(); ) {
        if (purge(each.next())) {
          purged++;
        }
      }
    }
    return purged;
  }

  private boolean purge(String key) throws IOException {
    try {
      Entry<V> entry = super.readEntry(key, Access.PEEK);
      return entry != null && hasExpired(entry) && super.delete(key, sameAs(entry));
    } catch (CodecException e) {
      logger().log(Level.DEBUG, "an entry of unknown age stays", e);
      return false;
    }
  }

  @Override
  public String toString() {
    return VolatileStorage.name(super.toString(), expiration);
  }

  /** Looked up when it logs: the first logger of a program takes some 10 ms. */
  private static Logger logger() {
    return System.getLogger(VolatileByAge.class.getName());
  }
}
