package io.jstorage.micrometer;

import io.jstorage.Statistics;
import io.jstorage.Storage;
import io.jstorage.cache.ObservedStorage;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters of a storage, by the names that Micrometer has for caches: {@code cache.gets} with
 * {@code result=hit} and {@code result=miss}, {@code cache.puts}, {@code cache.evictions} and
 * {@code cache.size} where the storage knows them; and beyond those {@code cache.removals}, {@code
 * cache.expirations}, {@code cache.load} with {@code result=success} and {@code result=failure},
 * and {@code cache.load.duration}. All have the tag {@code cache}.
 *
 * <p>The storage counts, so {@code unwrap(Statistics.class)} must return something: an {@link
 * ObservedStorage}, or {@code storage.lru}, {@code storage.disklru} or {@code storage.near} with
 * {@code statistics=true}. Reading a meter takes no access to the medium. The storage is referred
 * to weakly; once it is closed, the meters stay where they were or read zero.
 */
public final class StorageMetrics extends CacheMeterBinder<Storage<?>> {
  /**
   * Makes the meters of a storage.
   *
   * @param storage a storage that counts
   * @param name the value of the tag {@code cache}
   * @param tags further tags
   * @throws IllegalArgumentException if the storage counts nothing
   */
  public StorageMetrics(Storage<?> storage, String name, Iterable<Tag> tags) {
    super(storage, name, tags);
    if (storage.unwrap(Statistics.class).isEmpty()) {
      throw new IllegalArgumentException(
          "%s counts nothing: open it with statistics=true if it has that option, or use ObservedStorage.of(storage) in its place"
              .formatted(storage));
    }
  }

  /**
   * Binds the meters of a storage, and lets it count if it does not.
   *
   * @param registry takes the meters
   * @param storage the storage, closed with the one that is returned
   * @param name the value of the tag {@code cache}
   * @param tags names and values of further tags
   * @param <V> the type of the values
   * @return the storage to use in its place, which may be the same
   */
  public static <V> Storage<V> monitor(
      MeterRegistry registry, Storage<V> storage, String name, String... tags) {
    Storage<V> counting =
        storage.unwrap(Statistics.class).isPresent() ? storage : ObservedStorage.of(storage);
    new StorageMetrics(counting, name, Tags.of(tags)).bindTo(registry);
    return counting;
  }

  /** Null once the storage is closed or collected. */
  private static @Nullable Statistics statistics(@Nullable Storage<?> storage) {
    if (storage instanceof ObservedStorage<?> observed) {
      return observed.statistics();
    }
    try {
      return storage == null ? null : storage.unwrap(Statistics.class).orElse(null);
    } catch (IllegalStateException e) {
      return null;
    }
  }

  private static long of(@Nullable Storage<?> storage, ToLongFunction<Statistics> figure) {
    Statistics counted = statistics(storage);
    return counted == null ? 0 : figure.applyAsLong(counted);
  }

  private static @Nullable Long known(OptionalLong figure) {
    return figure.isPresent() ? (Long) figure.getAsLong() : null;
  }

  @Override
  protected @Nullable Long size() {
    Statistics counted = statistics(getCache());
    return counted == null ? null : known(counted.entries());
  }

  @Override
  protected long hitCount() {
    return of(getCache(), Statistics::hits);
  }

  @Override
  protected Long missCount() {
    return of(getCache(), Statistics::misses);
  }

  @Override
  protected @Nullable Long evictionCount() {
    Statistics counted = statistics(getCache());
    return counted == null ? null : known(counted.evictions());
  }

  @Override
  protected long putCount() {
    return of(getCache(), Statistics::puts);
  }

  @Override
  protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
    Storage<?> storage = getCache();
    if (storage == null) {
      return;
    }
    FunctionCounter.builder("cache.removals", storage, each -> of(each, Statistics::removals))
        .tags(getTagsWithCacheName())
        .description("The number of entries that callers removed.")
        .register(registry);
    FunctionCounter.builder(
            "cache.load",
            storage,
            each -> of(each, counted -> counted.loads() - counted.loadFailures()))
        .tags(getTagsWithCacheName())
        .tag("result", "success")
        .description("The number of times a loader ran, by its result.")
        .register(registry);
    FunctionCounter.builder("cache.load", storage, each -> of(each, Statistics::loadFailures))
        .tags(getTagsWithCacheName())
        .tag("result", "failure")
        .description("The number of times a loader ran, by its result.")
        .register(registry);
    TimeGauge.builder(
            "cache.load.duration",
            storage,
            TimeUnit.NANOSECONDS,
            each -> of(each, Statistics::loadNanos))
        .tags(getTagsWithCacheName())
        .description("The time that all loaders together ran.")
        .register(registry);
    Statistics counted = statistics(storage);
    if (counted != null && counted.expirations().isPresent()) {
      FunctionCounter.builder(
              "cache.expirations", storage, each -> of(each, now -> now.expirations().orElse(0)))
          .tags(getTagsWithCacheName())
          .description("The number of expired entries that were removed.")
          .register(registry);
    }
  }
}
