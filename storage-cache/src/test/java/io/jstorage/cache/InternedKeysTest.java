package io.jstorage.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.jvm.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InternedKeysTest {
  private final InternedKeys keys = new InternedKeys(key -> key);

  @Test
  void equalKeysHaveOneNumberWhileOneOfThemIsHeld() {
    CacheKey name = keys.name(List.of(1, 2));
    assertThat(keys.name(new ArrayList<>(List.of(1, 2)))).isEqualTo(name);
    assertThat(keys.find(List.of(1, 2))).isEqualTo(name);
    assertThat(keys.name(List.of(2, 1)).place()).isNotEqualTo(name.place());
  }

  @Test
  void lookingForAKeyRemembersNothing() {
    CacheKey nothing = keys.find(List.of(1));
    assertThat(keys.find(List.of(2))).isEqualTo(nothing);
    assertThat(keys.count()).isZero();
  }

  @Test
  void unreferencedKeysAreForgotten() throws Exception {
    List<CacheKey> held = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      CacheKey name = keys.name(List.of(i));
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

  private static Object kept(CacheKey name) {
    Object kept = name.kept();
    return kept == null ? "" : kept;
  }

  @Test
  void threadsThatNameOneKeyAtOnceGetOneNumber() throws Exception {
    for (int round = 0; round < 300; round++) {
      List<Object> key = List.of("key", round);
      List<CacheKey> names = Together.call(8, number -> keys.name(new ArrayList<>(key)));
      assertThat(Set.copyOf(names)).hasSize(1);
    }
  }
}
