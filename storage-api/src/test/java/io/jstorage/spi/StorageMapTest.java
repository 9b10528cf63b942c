package io.jstorage.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Codec;
import io.jstorage.Storage;
import io.jstorage.StorageUnavailableException;
import io.jstorage.jvm.Together;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StorageMapTest {
  private final ConcurrentMap<String, String> map = atomic();

  private static ConcurrentMap<String, String> atomic() {
    return Storages.of(new AtomicMapByteStore(), Text.CODEC).asMap();
  }

  private static ConcurrentMap<String, String> plain() {
    return Storages.of(new MapByteStore(), Text.CODEC).asMap();
  }

  static Stream<ConcurrentMap<String, String>> both() {
    return Stream.of(atomic(), plain());
  }

  @ParameterizedTest
  @MethodSource("both")
  void putAndRemoveReturnTheValueBefore(ConcurrentMap<String, String> map) {
    assertThat(map.put("k", "1")).isNull();
    assertThat(map.put("k", "2")).isEqualTo("1");
    assertThat(map.remove("k")).isEqualTo("2");
    assertThat(map.remove("k")).isNull();
  }

  @ParameterizedTest
  @MethodSource("both")
  void itEqualsAnyMapOfTheSameContent(ConcurrentMap<String, String> map) {
    map.putAll(Map.of("a", "1", "b", "2"));
    Map<String, String> other = new HashMap<>(Map.of("a", "1", "b", "2"));
    assertThat(map.equals(other)).isTrue();
    assertThat(other.equals(map)).isTrue();
    assertThat(map.hashCode()).isEqualTo(other.hashCode());
    other.put("b", "3");
    assertThat(map.equals(other)).isFalse();
  }

  @Test
  void arraysAreComparedByContent() {
    Storage<byte[]> storage =
        Storages.of(new AtomicMapByteStore(), Codec.of(byte[]::clone, byte[]::clone));
    ConcurrentMap<String, byte[]> map = storage.asMap();
    map.put("k", new byte[] {1, 2});
    assertThat(map.containsValue(new byte[] {1, 2})).isTrue();
    assertThat(map.entrySet().contains(Map.entry("k", new byte[] {1, 2}))).isTrue();
    assertThat(map.equals(Map.of("k", new byte[] {1, 2}))).isTrue();
    assertThat(map.hashCode()).isEqualTo(map.hashCode());
    assertThat(map.replace("k", new byte[] {9}, new byte[] {3})).isFalse();
    assertThat(map.replace("k", new byte[] {1, 2}, new byte[] {3})).isTrue();
    assertThat(map.remove("k", new byte[] {3})).isTrue();
  }

  @Test
  void invalidKeysAreSimplyAbsent() {
    map.put("k", "v");
    for (Object key : List.of(42, "", "\ud800", "x".repeat(2000))) {
      assertThat(map.get(key)).isNull();
      assertThat(map.containsKey(key)).isFalse();
      assertThat(map.remove(key)).isNull();
      assertThat(map.getOrDefault(key, "default")).isEqualTo("default");
      assertThat(map.entrySet().contains(Map.entry(key, "v"))).isFalse();
      assertThat(map.keySet().contains(key)).isFalse();
    }
    assertThat(map).hasSize(1);
  }

  @Test
  void conditionalMethodsDecideByContent() {
    assertThat(map.putIfAbsent("k", "1")).isNull();
    assertThat(map.putIfAbsent("k", "2")).isEqualTo("1");
    assertThat(map.replace("k", "2", "3")).isFalse();
    assertThat(map.replace("k", "1", "1")).isTrue();
    assertThat(map.replace("k", "1", "3")).isTrue();
    assertThat(map.replace("absent", "x")).isNull();
    assertThat(map.replace("k", "4")).isEqualTo("3");
    assertThat(map.remove("k", "5")).isFalse();
    assertThat(map.remove("absent", "5")).isFalse();
    assertThat(map.remove("k", "4")).isTrue();
    assertThat(map).isEmpty();
  }

  @Test
  void computingMethodsFollowTheMapContract() {
    assertThat(map.computeIfAbsent("k", key -> null)).isNull();
    assertThat(map.computeIfAbsent("k", key -> key + "1")).isEqualTo("k1");
    assertThat(map.computeIfAbsent("k", key -> "never")).isEqualTo("k1");
    assertThat(map.computeIfPresent("k", (key, old) -> old + "2")).isEqualTo("k12");
    assertThat(map.computeIfPresent("absent", (key, old) -> "never")).isNull();
    assertThat(map.compute("k", (key, old) -> old + "3")).isEqualTo("k123");
    assertThat(map.compute("new", (key, old) -> old == null ? "1" : "never")).isEqualTo("1");
    assertThat(map.merge("k", "4", String::concat)).isEqualTo("k1234");
    assertThat(map.merge("newer", "1", String::concat)).isEqualTo("1");
    assertThat(map.merge("k", "x", (old, value) -> null)).isNull();
    assertThat(map.compute("new", (key, old) -> null)).isNull();
    assertThat(map.computeIfPresent("newer", (key, old) -> null)).isNull();
    assertThat(map).isEmpty();
    map.put("a", "1");
    map.replaceAll((key, value) -> key + value);
    assertThat(map).containsExactly(Map.entry("a", "a1"));
  }

  @Test
  void aCounterLosesNothingUnderEightThreads() throws Exception {
    Together.run(
        8,
        number -> {
          for (int i = 0; i < 200; i++) {
            map.merge("n", "1", (a, b) -> String.valueOf(Long.parseLong(a) + Long.parseLong(b)));
          }
        });
    assertThat(map.get("n")).isEqualTo("1600");
  }

  @Test
  void withoutAtomicityConditionalMethodsAreRefusedBeforeAnyFunctionIsCalled() {
    ConcurrentMap<String, String> plain = plain();
    plain.put("k", "v");
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> plain.putIfAbsent("k", "w"),
            () -> plain.replace("k", "w"),
            () -> plain.replace("k", "v", "w"),
            () -> plain.remove("k", "v"),
            () -> plain.compute("k", (key, old) -> fail()),
            () -> plain.computeIfAbsent("x", key -> fail()),
            () -> plain.computeIfPresent("k", (key, old) -> fail()),
            () -> plain.merge("k", "w", (a, b) -> fail()),
            () -> plain.replaceAll((key, old) -> fail()))) {
      assertThatThrownBy(call).isInstanceOf(UnsupportedOperationException.class);
    }
    assertThat(plain).containsExactly(Map.entry("k", "v"));
  }

  private static String fail() {
    throw new AssertionError("called");
  }

  @ParameterizedTest
  @MethodSource("both")
  void iteratorsWriteThroughAndSkipWhatIsGone(ConcurrentMap<String, String> map) {
    map.putAll(Map.of("a", "1", "b", "2", "c", "3"));
    Iterator<Map.Entry<String, String>> entries = map.entrySet().iterator();
    assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
    String first = entries.next().getKey();
    entries.remove();
    assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
    assertThat(map).doesNotContainKey(first).hasSize(2);
    Map.Entry<String, String> second = entries.next();
    assertThat(second.setValue("new")).isIn("1", "2", "3");
    assertThat(map.get(second.getKey())).isEqualTo("new");
    map.clear();
    assertThat(entries.hasNext()).isFalse();
    assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void keysAreListedWithoutReadingAValue() {
    MapByteStore store =
        new MapByteStore() {
          @Override
          public byte @Nullable [] read(String key, Access access) {
            throw new AssertionError("read " + key);
          }
        };
    store.bytes.put("a", new byte[0]);
    ConcurrentMap<String, String> map = Storages.of(store, Text.CODEC).asMap();
    assertThat(map.keySet()).containsExactly("a");
    assertThat(map.isEmpty()).isFalse();
    Iterator<String> keys = map.keySet().iterator();
    keys.next();
    keys.remove();
    assertThat(map.isEmpty()).isTrue();
    assertThat(map.keySet().remove("a")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("both")
  void theViewsRemoveFromTheStorage(ConcurrentMap<String, String> map) {
    map.putAll(Map.of("a", "1", "b", "2", "c", "3", "d", "4"));
    assertThat(map.keySet().remove("a")).isTrue();
    assertThat(map.values().remove("2")).isTrue();
    assertThat(map.entrySet().remove(Map.entry("c", "other"))).isFalse();
    assertThat(map.entrySet().remove(Map.entry("c", "3"))).isTrue();
    assertThat(map).containsExactly(Map.entry("d", "4"));
    map.keySet().retainAll(List.of("x"));
    assertThat(map).isEmpty();
  }

  @Test
  void anUpdateThatIsRefusedForEverEndsWithAnErrorAndNotInALoop() {
    AtomicMapByteStore forgetful =
        new AtomicMapByteStore() {
          @Override
          public boolean write(String key, byte[] value, WriteOptions options) throws IOException {
            return options.condition().version() == null && super.write(key, value, options);
          }
        };
    AbstractStorage<String> storage = (AbstractStorage<String>) Storages.of(forgetful, Text.CODEC);
    ConcurrentMap<String, String> map = new StorageMap<>(storage, Duration.ofNanos(1_000));
    map.put("k", "v");
    assertThatThrownBy(() -> map.put("k", "w"))
        .isInstanceOf(StorageUnavailableException.class)
        .hasMessageContainingAll("'k'", "2000 times", "versions");
    assertThat(map.get("k")).isEqualTo("v");
  }

  @Test
  void aStreamMeetsFewerEntriesThanTheSizeCounts() {
    AtomicMapByteStore store =
        new AtomicMapByteStore() {
          @Override
          public long count() {
            return 3;
          }
        };
    ConcurrentMap<String, String> counting = Storages.of(store, Text.CODEC).asMap();
    counting.put("k", "v");
    assertThat(counting.size()).isEqualTo(3);
    assertThat(counting.keySet().stream().toList()).containsExactly("k");
    assertThat(counting.entrySet().stream().toList()).containsExactly(Map.entry("k", "v"));
    assertThat(counting.values().stream().toList()).containsExactly("v");
  }
}
