package io.jstorage.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;

@SuppressWarnings("JavaUtilDate") // Keys that can be changed are what is tried.
class KeptKeysTest {
  @Test
  void anEvictedEntryTakesItsKeyAlong() throws Exception {
    try (CacheManager manager = Managers.of("lru:?limit=10")) {
      Cache<Date, String> cache =
          manager.createCache(
              "dates", Managers.of(Date.class, String.class).setStoreByValue(false));
      List<WeakReference<Date>> given = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        Date key = new Date(i);
        given.add(new WeakReference<>(key));
        cache.put(key, "value");
      }
      while (given.stream().filter(key -> key.get() != null).count() > 10) {
        System.gc();
        Thread.sleep(10);
      }
      assertThat(cache.get(new Date(999))).isEqualTo("value");
      assertThat(cache.get(new Date(0))).isNull();
    }
  }

  @Test
  void byValueAKeyIsCopiedAndByReferenceItIsTheKeyItself() {
    try (CacheManager manager = Managers.inMemory()) {
      Date key = new Date(1);
      Cache<Date, String> values = manager.createCache("v", Managers.of(Date.class, String.class));
      values.put(key, "value");
      Cache<Date, String> references =
          manager.createCache("r", Managers.of(Date.class, String.class).setStoreByValue(false));
      references.put(key, "value");
      assertThat(onlyKey(references)).isSameAs(key);
      assertThat(onlyKey(values)).isEqualTo(key).isNotSameAs(key);
      key.setTime(2);
      assertThat(values.get(new Date(1))).isEqualTo("value");
    }
  }

  private static <K> K onlyKey(Cache<K, ?> cache) {
    Iterator<? extends Cache.Entry<K, ?>> entries = cache.iterator();
    return entries.next().getKey();
  }

  @Test
  void aKeyThatDoesNotEqualItsCopyIsRefused() {
    try (CacheManager manager = Managers.inMemory()) {
      Cache<Object, String> cache =
          manager.createCache("objects", Managers.of(Object.class, String.class));
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> cache.put(new int[] {1}, "value"))
          .withMessageContaining("equals and hashCode");
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> cache.put(new Object(), "value"))
          .withMessageContaining("by reference");
    }
  }
}
