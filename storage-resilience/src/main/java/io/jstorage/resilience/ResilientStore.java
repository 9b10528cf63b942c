package io.jstorage.resilience;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStoreException;
import io.jstorage.spi.Capabilities;
import io.jstorage.spi.Condition;
import io.jstorage.spi.PolicyStore;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Carries every call out by {@link Attempts}. */
final class ResilientStore<V> extends PolicyStore<V> {
  private final Attempts attempts;

  ResilientStore(Storage<V> behind, Attempts attempts) {
    super(
        ResilientStorage.NAME,
        behind,
        "storage.fallback",
        "storage.refresh",
        ResilientStorage.NAME);
    this.attempts = attempts;
  }

  @Override
  public @Nullable V read(String key, Access access) throws IOException {
    return attempts.find(() -> super.read(key, access));
  }

  @Override
  public @Nullable Entry<V> readEntry(String key, Access access) throws IOException {
    return attempts.find(() -> super.readEntry(key, access));
  }

  @Override
  public boolean write(String key, V value, WriteOptions options) throws IOException {
    return attempts.run(() -> super.write(key, value, options));
  }

  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    return attempts.run(() -> super.delete(key, condition));
  }

  @Override
  public Stream<String> keys(String prefix) throws IOException {
    return attempts.run(() -> super.keys(prefix));
  }

  @Override
  public boolean contains(String key) throws IOException {
    return attempts.run(() -> super.contains(key));
  }

  @Override
  public long count() throws IOException {
    return attempts.run(super::count);
  }

  @Override
  public void clear() throws IOException {
    attempts.run(
        () -> {
          super.clear();
          return true;
        });
  }

  @Override
  public long purgeExpired() throws IOException {
    return attempts.run(super::purgeExpired);
  }

  @Override
  public Capabilities capabilities() throws IOException {
    return attempts.run(super::capabilities);
  }

  @Override
  public Map<String, V> readAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    Map<String, V> found = new ConcurrentHashMap<>();
    batch(keys, failed, (some, noting) -> found.putAll(super.readAll(some, noting)));
    return found;
  }

  @Override
  public void writeAll(
      Map<String, V> values, WriteOptions options, BiConsumer<String, Exception> failed)
      throws IOException {
    batch(
        List.copyOf(values.keySet()),
        failed,
        (some, noting) -> {
          Map<String, V> written = new LinkedHashMap<>(values);
          written.keySet().retainAll(some);
          super.writeAll(written, options, noting);
        });
  }

  @Override
  public void deleteAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    batch(keys, failed, super::deleteAll);
  }

  /** A call for many keys. */
  private interface Batch {
    void run(List<String> keys, BiConsumer<String, Exception> failed) throws IOException;
  }

  /** Repeats a batch for those of its keys whose failure changed nothing. */
  private void batch(List<String> keys, BiConsumer<String, Exception> failed, Batch batch)
      throws IOException {
    Map<String, Exception> failures = new ConcurrentHashMap<>();
    boolean[] reached = new boolean[1];
    try {
      attempts.run(
          () -> {
            List<String> some =
                reached[0]
                    ? keys.stream().filter(key -> isWorthRepeating(failures.get(key))).toList()
                    : keys;
            Map<String, Exception> now = new ConcurrentHashMap<>();
            try {
              batch.run(some, now::put);
            } catch (StorageException | ByteStoreException e) {
              // Of all keys, though an earlier attempt may have told something else of each.
              some.forEach(key -> failures.put(key, now.getOrDefault(key, e)));
              throw e;
            }
            reached[0] = true;
            some.forEach(failures::remove);
            failures.putAll(now);
            throwIfWorthRepeating(now);
            return true;
          });
    } catch (StorageException | ByteStoreException e) {
      if (!reached[0]) {
        throw e;
      }
    }
    for (String key : keys) {
      Exception failure = failures.get(key);
      if (failure != null) {
        failed.accept(key, failure);
      }
    }
  }

  private static boolean isWorthRepeating(@Nullable Exception e) {
    return e instanceof StorageUnavailableException told && !told.outcomeUnknown();
  }

  private static void throwIfWorthRepeating(Map<String, Exception> failures) {
    for (Exception e : failures.values()) {
      if (isWorthRepeating(e)) {
        throw (StorageUnavailableException) e;
      }
    }
  }

  @Override
  public String toString() {
    return super.toString() + ", with retries";
  }
}
