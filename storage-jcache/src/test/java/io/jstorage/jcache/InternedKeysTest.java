package io.jstorage.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;

@SuppressWarnings("JavaUtilDate") // Keys that can be changed are what is tried.
class InternedKeysTest {
  private final InternedKeys keys = new InternedKeys(key -> key);

  @Test
  void equalKeysHaveOneNumberWhileOneOfThemIsHeld() {
    Name name = keys.name(List.of(1, 2));
    assertThat(keys.name(new ArrayList<>(List.of(1, 2)))).isEqualTo(name);
    assertThat(keys.find(List.of(1, 2))).isEqualTo(name);
    assertThat(keys.name(List.of(2, 1)).place()).isNotEqualTo(name.place());
  }

  @Test
  void lookingForAKeyRemembersNothing() {
    Name nothing = keys.find(List.of(1));
    assertThat(keys.find(List.of(2))).isEqualTo(nothing);
    assertThat(keys.count()).isZero();
  }

  @Test
  void whatNobodyHoldsIsForgotten() throws Exception {
    List<Name> held = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      Name name = keys.name(List.of(i));
      if (i % 1000 == 0) {
        held.add(name);
      }
    }
    while (keys.count() > 10) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(held).allSatisfy(name -> assertThat(keys.find(kept(name))).isEqualTo(name));
  }

  private static Object kept(Name name) {
    Object kept = name.kept();
    return kept == null ? "" : kept;
  }

  @Test
  void threadsThatNameOneKeyAtOnceGetOneNumber() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 300; round++) {
        int number = round;
        var names = ConcurrentHashMap.<Name>newKeySet();
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          calls.add(() -> names.add(keys.name(new ArrayList<>(List.of("key", number)))));
        }
        threads.invokeAll(calls);
        assertThat(names).hasSize(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

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
