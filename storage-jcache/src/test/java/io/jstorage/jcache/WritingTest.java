package io.jstorage.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jstorage.jvm.Together;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WritingTest {
  private final CacheManager manager = Managers.inMemory();
  private final Database database = new Database();
  private final Cache<String, String> cache =
      manager.createCache(
          "strings",
          Managers.ofStrings().setWriteThrough(true).setCacheWriterFactory(() -> database));

  @AfterEach
  void close() {
    manager.close();
  }

  /** Keeps what is written, and refuses values and keys that begin with "bad". */
  private static final class Database implements CacheWriter<String, String> {
    private final Map<String, String> rows = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger batches = new AtomicInteger();

    @Override
    public void write(Cache.Entry<? extends String, ? extends String> entry) {
      calls.incrementAndGet();
      check(entry.getValue());
      rows.put(entry.getKey(), entry.getValue());
    }

    @Override
    public void delete(Object key) {
      calls.incrementAndGet();
      check(key.toString());
      rows.remove(key);
    }

    private static void check(String text) {
      if (text.startsWith("bad")) {
        throw new IllegalStateException("refused: " + text);
      }
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
      batches.incrementAndGet();
      Iterator<Cache.Entry<? extends String, ? extends String>> each = entries.iterator();
      while (each.hasNext()) {
        write(each.next());
        each.remove();
      }
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      batches.incrementAndGet();
      Iterator<?> each = keys.iterator();
      while (each.hasNext()) {
        delete(each.next());
        each.remove();
      }
    }
  }

  private Map<String, String> cached() {
    Map<String, String> entries = new HashMap<>();
    cache.forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    return entries;
  }

  @Test
  void aBatchOfNothingDoesNotReachTheWriter() {
    cache.putAll(Map.of());
    cache.removeAll(Set.of());
    cache.removeAll();
    assertThat(database.batches).hasValue(0);
  }

  @Test
  void changesThatTheWriterRefusesAreNotMade() {
    cache.put("k", "1");
    assertThatExceptionOfType(CacheWriterException.class)
        .isThrownBy(() -> cache.put("k", "bad"))
        .withCauseInstanceOf(IllegalStateException.class);
    assertThatExceptionOfType(CacheWriterException.class)
        .isThrownBy(() -> cache.replace("k", "1", "bad"));
    assertThatExceptionOfType(CacheWriterException.class)
        .isThrownBy(
            () ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      entry.setValue("bad");
                      return null;
                    }));
    database.rows.put("bad key", "1");
    assertThat(cache.get("k")).isEqualTo("1");
    assertThatExceptionOfType(CacheWriterException.class).isThrownBy(() -> cache.remove("bad key"));
  }

  @Test
  void ofABatchTheCacheHasWhatWasWritten() {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      values.put("k" + i, i % 5 == 4 ? "bad" : "v" + i);
    }
    assertThatExceptionOfType(CacheWriterException.class).isThrownBy(() -> cache.putAll(values));
    assertThat(cached()).isEqualTo(database.rows).doesNotContainValue("bad");
    database.rows.put("bad key", "1");
    Set<String> keys = Set.copyOf(values.keySet());
    cache.removeAll(keys);
    assertThat(cached()).isEmpty();
    assertThat(database.rows).containsOnlyKeys("bad key");
  }

  @Test
  void aValueThatHasNoFormDoesNotReachTheWriter() {
    Database objects = new Database();
    Cache<String, Object> ofObjects =
        manager.createCache(
            "objects",
            Managers.of(String.class, Object.class)
                .setWriteThrough(true)
                .setCacheWriterFactory(
                    () ->
                        new CacheWriter<String, Object>() {
                          @Override
                          public void write(Cache.Entry<? extends String, ?> entry) {
                            objects.calls.incrementAndGet();
                          }

                          @Override
                          public void writeAll(
                              Collection<Cache.Entry<? extends String, ?>> entries) {}

                          @Override
                          public void delete(Object key) {}

                          @Override
                          public void deleteAll(Collection<?> keys) {}
                        }));
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> ofObjects.put("k", new Object()))
        .withMessageContaining("by reference");
    assertThat(objects.calls).hasValue(0);
  }

  @Test
  void cacheAndDatabaseAgreeHoweverManyThreadsWrite() throws Exception {
    Together.run(4, number -> writeAtRandom(new SplittableRandom(number)));
    assertThat(cached()).isEqualTo(database.rows);
  }

  private void writeAtRandom(SplittableRandom random) {
    for (int i = 0; i < 2000; i++) {
      String key = "k" + random.nextInt(3);
      String value = "v" + random.nextLong();
      switch (random.nextInt(6)) {
        case 0 -> cache.remove(key);
        case 1 -> cache.putAll(Map.of(key, value, "z", value));
        case 2 -> cache.removeAll(Set.of(key, "z"));
        case 3 -> cache.getAndReplace(key, value);
        case 4 ->
            cache.invoke(
                key,
                (entry, arguments) -> {
                  entry.setValue(value);
                  return null;
                });
        default -> cache.put(key, value);
      }
    }
  }
}
