package io.jstorage.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jstorage.StorageOptions;
import io.jstorage.cache.CacheKey;
import io.jstorage.jvm.Together;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.expiry.Duration;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorsTest {
  @TempDir Path directory;

  private static EntryProcessor<String, Integer, Integer> increment() {
    return (entry, arguments) -> {
      int next = entry.exists() ? entry.getValue() + 1 : 1;
      entry.setValue(next);
      return next;
    };
  }

  @Test
  void noIncrementIsLostHoweverManyThreadsCall() throws Exception {
    for (Object place :
        List.of(
            "lru:?limit=10",
            StorageOptions.of("service", "storage.json", "path", directory + "/{cache}")
                .with("durability", "none")
                .with("expiration", "1d"))) {
      try (CacheManager manager = Managers.of(place)) {
        Cache<String, Integer> cache =
            manager.createCache(
                "counters",
                Managers.of(String.class, Integer.class)
                    .setExpiryPolicyFactory(TouchedExpiryPolicy.factoryOf(Duration.ONE_HOUR)));
        Together.run(
            4,
            number -> {
              for (int i = 0; i < 250; i++) {
                cache.invoke("k", increment());
              }
            });
        assertThat(cache.get("k")).isEqualTo(1000);
      }
    }
  }

  @Test
  void onlyWhatIsLeftInTheEndIsWritten() {
    try (CacheManager manager = Managers.inMemory()) {
      Cache<String, String> cache = Managers.strings(manager);
      cache.put("k", "1");
      cache.invoke(
          "k",
          (entry, arguments) -> {
            entry.remove();
            assertThat(entry.exists()).isFalse();
            entry.setValue("2");
            assertThat(cache.get("k")).isEqualTo("1");
            return null;
          });
      assertThat(cache.get("k")).isEqualTo("2");
      cache.invoke(
          "new",
          (entry, arguments) -> {
            entry.setValue("1");
            entry.remove();
            return null;
          });
      assertThat(cache.containsKey("new")).isFalse();
    }
  }

  @Test
  void aProcessorThatFailsChangesNothing() {
    try (CacheManager manager = Managers.inMemory()) {
      Cache<String, String> cache = Managers.strings(manager);
      cache.put("k", "1");
      EntryProcessor<String, String, String> failing =
          (entry, arguments) -> {
            entry.setValue("2");
            throw new UnsupportedOperationException("a processor that fails");
          };
      assertThatExceptionOfType(EntryProcessorException.class)
          .isThrownBy(() -> cache.invoke("k", failing))
          .withCauseInstanceOf(UnsupportedOperationException.class);
      Map<String, EntryProcessorResult<String>> results = cache.invokeAll(Set.of("k"), failing);
      assertThatExceptionOfType(EntryProcessorException.class)
          .isThrownBy(() -> Objects.requireNonNull(results.get("k")).get());
      assertThat(cache.get("k")).isEqualTo("1");
    }
  }

  @Test
  void byValueChangingTheValueInPlaceChangesNothing() {
    try (CacheManager manager = Managers.inMemory()) {
      @SuppressWarnings("unchecked")
      Class<List<String>> lists = (Class<List<String>>) (Class<?>) List.class;
      Cache<String, List<String>> cache =
          manager.createCache("lists", Managers.of(String.class, lists));
      cache.put("k", new ArrayList<>(List.of("a")));
      cache.invoke("k", (entry, arguments) -> entry.getValue().add("b"));
      assertThat(cache.get("k")).containsExactly("a");
    }
  }

  @Test
  void aProcessorIsCalledAgainWhereAnotherChangeCameFirst() {
    try (CacheManager manager = Managers.inMemory()) {
      Cache<String, Integer> cache =
          manager.createCache("counters", Managers.of(String.class, Integer.class));
      AtomicInteger calls = new AtomicInteger();
      int result =
          cache.invoke(
              "k",
              (entry, arguments) -> {
                int seen = entry.exists() ? entry.getValue() : 0;
                if (calls.incrementAndGet() == 1) {
                  cache.put("k", 41); // As another process would.
                }
                entry.setValue(seen + 1);
                return seen + 1;
              });
      assertThat(result).isEqualTo(42);
      assertThat(cache.get("k")).isEqualTo(42);
      assertThat(calls).hasValue(2);
    }
  }

  @Test
  void oneWhoseEntryNeverStandsStillGivesUpInTheEnd() {
    Retries retries = new Retries(TimeUnit.MILLISECONDS.toNanos(50));
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(
            () -> {
              while (true) {
                retries.next(new CacheKey("the key", "the key", null));
              }
            })
        .withMessageContaining("the key")
        .withMessageContaining("must not use the cache for its own key");
  }
}
