package io.jstorage.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jstorage.InvalidKeyException;
import io.jstorage.jvm.Latches;
import io.jstorage.jvm.Together;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.interceptor.SimpleKey;

/** The behaviour that Spring expects of a cache on any storage. */
abstract class StorageCacheContract {
  private static final Book DUNE = new Book("Dune", 1965, null);

  StorageCache cache;

  record Id(String tenant, long number) implements Serializable {}

  record NotSerializable(String name) {}

  abstract StorageCacheBuilder builder();

  @BeforeEach
  void open() {
    cache = builder().build();
  }

  @AfterEach
  void close() {
    cache.close();
  }

  private @Nullable Object value(Object key) {
    return Objects.requireNonNull(cache.get(key)).get();
  }

  @Test
  void aValueComesBackAndAMissIsNull() {
    assertThat(cache.get("dune")).isNull();
    cache.put("dune", DUNE);
    assertThat(value("dune")).isEqualTo(DUNE);
    assertThat(cache.get("dune", Book.class)).isEqualTo(DUNE);
    assertThat(cache.get("nothing", Book.class)).isNull();
    assertThatIllegalStateException()
        .isThrownBy(() -> cache.get("dune", String.class))
        .withMessageContaining("java.lang.String");
  }

  @Test
  void aNullIsAValue() {
    cache.put("none", null);
    assertThat(cache.get("none")).isNotNull();
    assertThat(value("none")).isNull();
    assertThat(cache.get("none", () -> DUNE)).isNull();
    assertThat(cache.<@Nullable Book>get("other", () -> null)).isNull();
    assertThat(value("other")).isNull();
  }

  @Test
  void keysOfDifferentTypesAreDifferentKeys() {
    List<Object> keys =
        List.of(
            "1",
            1,
            1L,
            1.0,
            '1',
            new UUID(0, 1),
            SimpleKey.EMPTY,
            new SimpleKey("1", 1),
            new SimpleKey("1", 1L),
            new SimpleKey("11"),
            new SimpleKey((Object) new int[] {1, 2}),
            new Id("a", 1),
            new Id("a", 2),
            List.of("a", "b"),
            List.of("ab"),
            "x".repeat(1000),
            "x".repeat(1001));
    for (int i = 0; i < keys.size(); i++) {
      cache.put(keys.get(i), new Book("of the key", i, null));
    }
    for (int i = 0; i < keys.size(); i++) {
      assertThat(value(keys.get(i)))
          .as("%s", keys.get(i))
          .isEqualTo(new Book("of the key", i, null));
    }
    assertThat(value(new SimpleKey(new String("1"), 1))).isEqualTo(value(keys.get(7)));
    assertThat(value(new Id(new String("a"), 1))).isEqualTo(value(keys.get(11)));
    assertThat(cache.storage().size()).isEqualTo(keys.size());
  }

  @Test
  void aLoaderRunsOnceAndItsExceptionIsTold() {
    assertThat(cache.get("dune", () -> DUNE)).isEqualTo(DUNE);
    assertThat(
            cache.<Book>get(
                "dune",
                () -> {
                  throw new AssertionError("loaded again");
                }))
        .isEqualTo(DUNE);
    assertThatExceptionOfType(Cache.ValueRetrievalException.class)
        .isThrownBy(
            () ->
                cache.get(
                    "broken",
                    () -> {
                      throw new IOException("of the loader");
                    }))
        .withCauseInstanceOf(IOException.class)
        .satisfies(e -> assertThat(e.getKey()).isEqualTo("broken"));
    assertThat(cache.get("broken")).isNull();
  }

  @Test
  void manyCallersShareOneLoad() throws Exception {
    int callers = 8;
    AtomicInteger loads = new AtomicInteger();
    CountDownLatch here = new CountDownLatch(callers);
    Together.run(
        callers,
        number -> {
          here.countDown();
          Book book =
              cache.get(
                  "dune",
                  () -> {
                    here.await();
                    loads.incrementAndGet();
                    return DUNE;
                  });
          assertThat(book).isEqualTo(DUNE);
        });
    assertThat(loads).hasValue(1);
  }

  @Test
  void anEvictionDuringALoadKeepsItsResultFromBeingStored() {
    Book loaded =
        cache.get(
            "dune",
            () -> {
              cache.evict("dune");
              return DUNE;
            });
    assertThat(loaded).isEqualTo(DUNE);
    assertThat(cache.get("dune")).isNull();
  }

  @Test
  void putIfAbsentReturnsWhatIsThere() {
    assertThat(cache.putIfAbsent("dune", DUNE)).isNull();
    Cache.ValueWrapper present = cache.putIfAbsent("dune", new Book("Other", 1, null));
    assertThat(Objects.requireNonNull(present).get()).isEqualTo(DUNE);
    assertThat(value("dune")).isEqualTo(DUNE);
    cache.put("none", null);
    assertThat(Objects.requireNonNull(cache.putIfAbsent("none", DUNE)).get()).isNull();
  }

  @Test
  void evictedEntriesAreGone() {
    cache.put("dune", DUNE);
    cache.put(1L, DUNE);
    assertThat(cache.evictIfPresent("dune")).isTrue();
    assertThat(cache.evictIfPresent("dune")).isFalse();
    cache.evict("dune");
    assertThat(value(1L)).isEqualTo(DUNE);
    cache.put("dune", DUNE);
    cache.clear();
    assertThat(cache.get(1L)).isNull();
    assertThat(cache.invalidate()).isFalse();
    cache.put("dune", DUNE);
    assertThat(cache.invalidate()).isTrue();
    assertThat(cache.get("dune")).isNull();
  }

  @Test
  void valuesAreRetrievedInTheFuture() {
    assertThat(retrieved("dune")).isNull();
    cache.put("dune", DUNE);
    cache.put("none", null);
    assertThat(Objects.requireNonNull(retrieved("dune")).get()).isEqualTo(DUNE);
    assertThat(Objects.requireNonNull(retrieved("none")).get()).isNull();
  }

  private Cache.@Nullable ValueWrapper retrieved(String key) {
    CompletableFuture<?> future = cache.retrieve(key);
    return future == null ? null : (Cache.ValueWrapper) future.join();
  }

  @Test
  void aFutureIsLoadedOnce() {
    AtomicInteger loads = new AtomicInteger();
    CompletableFuture<Book> slow = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Book> first =
        cache.retrieve(
            "dune",
            () -> {
              loads.incrementAndGet();
              begun.countDown();
              return slow;
            });
    Latches.await(begun);
    CompletableFuture<Book> second =
        cache.retrieve(
            "dune",
            () -> {
              loads.incrementAndGet();
              return CompletableFuture.completedFuture(DUNE);
            });
    assertThat(first).isNotDone();
    slow.complete(DUNE);
    assertThat(first.join()).isEqualTo(DUNE);
    assertThat(second.join()).isEqualTo(DUNE);
    assertThat(loads).hasValue(1);
    assertThat(value("dune")).isEqualTo(DUNE);
    CompletableFuture<Book> broken =
        cache.retrieve("broken", () -> CompletableFuture.failedFuture(new IOException("slow")));
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(broken::join)
        .withCauseInstanceOf(IOException.class);
    assertThat(cache.get("broken")).isNull();
  }

  @Test
  void aValueOfAnotherTypeIsRefusedAndTheOldOneStays() {
    cache.put("dune", DUNE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cache.put("dune", "text"))
        .withMessageContaining(Book.class.getName())
        .withMessageContaining("java.lang.String");
    assertThat(value("dune")).isEqualTo(DUNE);
  }

  /** In memory a key needs no text. */
  @Test
  void aKeyThatCannotBeConvertedIsRefused() {
    NotSerializable key = new NotSerializable("a");
    if (cache.sharedPlace().isEmpty()) {
      cache.put(key, DUNE);
      assertThat(value(new NotSerializable("a"))).isEqualTo(DUNE);
    } else {
      assertThatExceptionOfType(InvalidKeyException.class)
          .isThrownBy(() -> cache.put(key, DUNE))
          .withMessageContaining("not serializable");
      assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> cache.get(key));
    }
  }
}
