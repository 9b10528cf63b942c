package io.jstorage.cache;

import io.jstorage.Entry;
import io.jstorage.Loader;
import io.jstorage.Statistics;
import io.jstorage.Storage;
import io.jstorage.spi.Access;
import io.jstorage.spi.Condition;
import io.jstorage.spi.ForwardingStore;
import io.jstorage.spi.StatisticsCounters;
import io.jstorage.spi.Storages;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what passes, and tells an observer. A look that is no access, as iteration does, is
 * neither counted nor told.
 */
final class ObservedStore<V> extends ForwardingStore<V> {
  private final Storage<V> storage;
  private final @Nullable SafeObserver observer;
  private final StatisticsCounters counters = new StatisticsCounters();

  ObservedStore(Storage<V> storage, @Nullable SafeObserver observer) {
    super(Storages.asStore(storage));
    this.storage = storage;
    this.observer = observer;
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private interface Look<T, E extends Exception> {
    @Nullable T run() throws E;
  }

  /** Observes what finds something or nothing. */
  private <T, E extends Exception> @Nullable T look(
      StorageOperation operation, StorageOutcome found, StorageOutcome nothing, Look<T, E> work)
      throws E {
    if (observer == null) {
      return work.run();
    }
    StorageObserver.Observed observed = observer.begin(operation);
    StorageOutcome ended = StorageOutcome.FAILED;
    Throwable failure = null;
    try {
      T result = work.run();
      ended = result == null ? nothing : found;
      return result;
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      SafeObserver.end(observed, ended, failure);
    }
  }

  private <T> T observe(
      StorageOperation operation, Function<T, StorageOutcome> outcome, Work<T> work)
      throws IOException {
    if (observer == null) {
      return work.run();
    }
    StorageObserver.Observed observed = observer.begin(operation);
    StorageOutcome ended = StorageOutcome.FAILED;
    Throwable failure = null;
    try {
      T result = work.run();
      ended = outcome.apply(result);
      return result;
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      SafeObserver.end(observed, ended, failure);
    }
  }

  private static StorageOutcome changed(Boolean changed) {
    return changed ? StorageOutcome.DONE : StorageOutcome.UNCHANGED;
  }

  private static StorageOutcome done(@Nullable Object result) {
    return StorageOutcome.DONE;
  }

  private <T> @Nullable T counted(@Nullable T value) {
    counters.addRead(value != null);
    return value;
  }

  @Override
  public @Nullable V read(String key, Access access) throws IOException {
    if (access == Access.PEEK) {
      return super.read(key, access);
    }
    if (observer == null) {
      return counted(super.read(key, access));
    }
    return look(
        StorageOperation.GET,
        StorageOutcome.HIT,
        StorageOutcome.MISS,
        () -> counted(super.read(key, access)));
  }

  @Override
  public @Nullable Entry<V> readEntry(String key, Access access) throws IOException {
    if (access == Access.PEEK) {
      return super.readEntry(key, access);
    }
    return look(
        StorageOperation.GET,
        StorageOutcome.HIT,
        StorageOutcome.MISS,
        () -> counted(super.readEntry(key, access)));
  }

  @Override
  public boolean write(String key, V value, WriteOptions options) throws IOException {
    boolean written =
        observe(
            StorageOperation.PUT, ObservedStore::changed, () -> super.write(key, value, options));
    if (written) {
      counters.addPuts(1);
    }
    return written;
  }

  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    boolean deleted =
        observe(
            StorageOperation.REMOVE, ObservedStore::changed, () -> super.delete(key, condition));
    if (deleted) {
      counters.addRemovals(1);
    }
    return deleted;
  }

  @Override
  public boolean contains(String key) throws IOException {
    return observe(
        StorageOperation.CONTAINS,
        there -> there ? StorageOutcome.HIT : StorageOutcome.MISS,
        () -> super.contains(key));
  }

  @Override
  public Stream<String> keys(String prefix) throws IOException {
    return observe(StorageOperation.KEYS, ObservedStore::done, () -> super.keys(prefix));
  }

  @Override
  public long count() throws IOException {
    return observe(StorageOperation.SIZE, ObservedStore::done, () -> super.count());
  }

  @Override
  public void clear() throws IOException {
    observe(
        StorageOperation.CLEAR,
        ObservedStore::done,
        () -> {
          super.clear();
          return true;
        });
  }

  @Override
  public long purgeExpired() throws IOException {
    return observe(StorageOperation.PURGE, ObservedStore::done, () -> super.purgeExpired());
  }

  /** Counts the failures of a batch while it passes them on. */
  private static BiConsumer<String, Exception> counting(
      LongAdder failures, BiConsumer<String, Exception> failed) {
    return (key, e) -> {
      failures.increment();
      failed.accept(key, e);
    };
  }

  private static StorageOutcome batch(LongAdder failures) {
    return failures.sum() == 0 ? StorageOutcome.DONE : StorageOutcome.FAILED;
  }

  @Override
  public Map<String, V> readAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    LongAdder failures = new LongAdder();
    Map<String, V> found =
        observe(
            StorageOperation.GET_ALL,
            values -> batch(failures),
            () -> super.readAll(keys, counting(failures, failed)));
    counters.addHits(found.size());
    counters.addMisses(keys.size() - found.size() - failures.sum());
    return found;
  }

  @Override
  public void writeAll(
      Map<String, V> values, WriteOptions options, BiConsumer<String, Exception> failed)
      throws IOException {
    LongAdder failures = new LongAdder();
    observe(
        StorageOperation.PUT_ALL,
        done -> batch(failures),
        () -> {
          super.writeAll(values, options, counting(failures, failed));
          return true;
        });
    counters.addPuts(values.size() - failures.sum());
  }

  @Override
  public void deleteAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    LongAdder failures = new LongAdder();
    observe(
        StorageOperation.REMOVE_ALL,
        done -> batch(failures),
        () -> {
          super.deleteAll(keys, counting(failures, failed));
          return true;
        });
  }

  <E extends Exception> @Nullable V load(String key, Loader<? extends V, E> loader) throws E {
    long begin = System.nanoTime();
    boolean loaded = false;
    try {
      V value =
          this.<V, E>look(
              StorageOperation.LOAD,
              StorageOutcome.DONE,
              StorageOutcome.FAILED,
              () -> loader.load(key));
      loaded = value != null;
      return value;
    } finally {
      counters.loads().add(System.nanoTime() - begin, loaded);
    }
  }

  @Nullable V lookup(String key, Loader<? extends V, ?> loader, Access access) {
    Loader<V, Exception> counting = missing -> Objects.requireNonNull(load(missing, loader));
    if (access == Access.PEEK) {
      return Storages.lookup(storage, key, counting, access);
    }
    return look(
        StorageOperation.GET,
        StorageOutcome.HIT,
        StorageOutcome.MISS,
        () -> counted(Storages.lookup(storage, key, counting, access)));
  }

  @SuppressWarnings("ReferenceEquality") // The very value comes back if it was stored.
  V storeLoaded(String key, V value) {
    V kept;
    try {
      kept =
          observe(
              StorageOperation.PUT,
              now -> changed(now == value),
              () -> Storages.storeLoaded(storage, key, value));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A storage throws none.
    }
    if (kept == value) {
      counters.addPuts(1);
    }
    return kept;
  }

  Statistics statistics() {
    Optional<Statistics> behind;
    try {
      behind = storage.unwrap(Statistics.class);
    } catch (IllegalStateException e) {
      behind = Optional.empty(); // It is closed.
    }
    return counters.snapshot(
        behind.map(Statistics::evictions).orElse(OptionalLong.empty()),
        behind.map(Statistics::expirations).orElse(OptionalLong.empty()),
        behind.map(Statistics::entries).orElse(OptionalLong.empty()));
  }

  /** The object underneath; its use does not affect the counts. */
  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    return type == Statistics.class ? Optional.of(type.cast(statistics())) : storage.unwrap(type);
  }
}
