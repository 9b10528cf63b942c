package io.jstorage.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jstorage.jvm.Latches;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadingTest {
  private final CacheManager manager = Managers.inMemory();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger loads = new AtomicInteger();

  @AfterEach
  void close() {
    threads.shutdownNow();
    manager.close();
  }

  private Cache<String, String> cache(Function<String, @Nullable String> function) {
    return manager.createCache(
        "strings",
        Managers.ofStrings()
            .setReadThrough(true)
            .setCacheLoaderFactory(
                () ->
                    new CacheLoader<>() {
                      @Override
                      public @Nullable String load(String key) {
                        loads.incrementAndGet();
                        return function.apply(key);
                      }

                      @Override
                      public Map<String, String> loadAll(Iterable<? extends String> keys) {
                        Map<String, String> loaded = new HashMap<>();
                        keys.forEach(key -> loaded.put(key, load(key)));
                        return loaded;
                      }
                    }));
  }

  @Test
  void aKeyThatManyWantIsLoadedOnce() throws Exception {
    Cache<String, String> cache = cache(key -> "loaded " + key);
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      calls.add(() -> cache.get("k"));
      calls.add(() -> cache.getAll(Set.of("k")).get("k"));
      calls.add(() -> cache.invoke("k", (entry, arguments) -> entry.getValue()));
    }
    for (Future<String> value : threads.invokeAll(calls)) {
      assertThat(value.get()).isEqualTo("loaded k");
    }
    assertThat(loads).hasValue(1);
  }

  @Test
  void absentKeysAreLoadedTogetherAndThoseThatAreThereAreNot() {
    Cache<String, String> cache = cache(key -> key.startsWith("x") ? null : "loaded " + key);
    cache.put("a", "put");
    assertThat(cache.getAll(Set.of("a", "b", "c", "x")))
        .isEqualTo(Map.of("a", "put", "b", "loaded b", "c", "loaded c"));
    assertThat(loads).hasValue(3);
    assertThat(cache.containsKey("x")).isFalse();
  }

  @Test
  void aChangeDuringALoadComesAfterIt() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Cache<String, String> cache =
        cache(
            key -> {
              loading.countDown();
              Latches.await(go);
              return "loaded";
            });
    Future<String> value = threads.submit(() -> cache.get("k"));
    loading.await();
    Future<Boolean> removed = threads.submit(() -> cache.remove("k"));
    go.countDown();
    assertThat(value.get(1, TimeUnit.MINUTES)).isEqualTo("loaded");
    assertThat(removed.get(1, TimeUnit.MINUTES)).isTrue();
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void valuesLoadedDuringAClearAreReturnedAndNotStored() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Cache<String, String> cache =
        cache(
            key -> {
              loading.countDown();
              Latches.await(go);
              return "loaded";
            });
    Future<String> value = threads.submit(() -> cache.get("k"));
    loading.await();
    cache.clear();
    go.countDown();
    assertThat(value.get(1, TimeUnit.MINUTES)).isEqualTo("loaded");
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void aLoaderThatFailsStoresNothing() {
    Cache<String, String> cache =
        cache(
            key -> {
              throw new IllegalStateException("no connection");
            });
    assertThatExceptionOfType(CacheLoaderException.class)
        .isThrownBy(() -> cache.get("k"))
        .withCauseInstanceOf(IllegalStateException.class);
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void aLoadInTheBackgroundTellsOfItsEnd() throws Exception {
    Cache<String, String> cache =
        cache(
            key -> {
              if (key.equals("broken")) {
                throw new IllegalStateException("no connection");
              }
              return "loaded " + key;
            });
    cache.put("a", "put");
    load(cache, Set.of("a", "b"), false);
    assertThat(cache.getAll(Set.of("a", "b"))).isEqualTo(Map.of("a", "put", "b", "loaded b"));
    load(cache, Set.of("a"), true);
    assertThat(cache.get("a")).isEqualTo("loaded a");
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> load(cache, Set.of("broken"), false))
        .withCauseInstanceOf(CacheLoaderException.class);
  }

  private static void load(Cache<String, String> cache, Set<String> keys, boolean replace)
      throws Exception {
    CompletionListenerFuture end = new CompletionListenerFuture();
    cache.loadAll(keys, replace, end);
    end.get(1, TimeUnit.MINUTES);
  }

  @Test
  void manyLoadsInTheBackgroundAtOnceAllEnd() throws Exception {
    Cache<String, String> cache = cache(key -> "loaded " + key);
    List<CompletionListenerFuture> ends = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      CompletionListenerFuture end = new CompletionListenerFuture();
      cache.loadAll(Set.of("k" + i, "k" + (i + 1)), i % 2 == 0, end);
      ends.add(end);
    }
    for (CompletionListenerFuture end : ends) {
      end.get(1, TimeUnit.MINUTES);
    }
    assertThat(cache).hasSize(501);
  }

  @Test
  void aLoadInTheBackgroundOfACacheThatIsClosedMeanwhileTellsOfItsEndToo() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Cache<String, String> cache =
        cache(
            key -> {
              loading.countDown();
              Latches.await(go);
              return "loaded";
            });
    CompletionListenerFuture end = new CompletionListenerFuture();
    cache.loadAll(Set.of("k"), false, end);
    loading.await();
    manager.close();
    go.countDown();
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> end.get(1, TimeUnit.MINUTES))
        .havingCause()
        .withCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void loadersOfDifferentKeysDoNotWaitForEachOther() throws Exception {
    CompletableFuture<String> other = new CompletableFuture<>();
    Cache<String, String> cache =
        cache(key -> key.equals("a") ? other.orTimeout(1, TimeUnit.MINUTES).join() : "loaded b");
    Future<String> a = threads.submit(() -> cache.get("a"));
    other.complete(threads.submit(() -> cache.get("b")).get(1, TimeUnit.MINUTES));
    assertThat(a.get(1, TimeUnit.MINUTES)).isEqualTo("loaded b");
  }
}
