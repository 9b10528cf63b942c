package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashTableTest {
  @Test
  void keysMadeToCollideAreSpreadByASeed() {
    HashTable<String> table = new HashTable<>(1024);
    List<String> keys = LruReadersTest.colliding(8);
    boolean flooded = false;
    for (String key : keys) {
      Node<String> node = new Node<>(key, table.hash(key), key, 1);
      table.insert(node);
      flooded = table.isFlooded(node);
    }
    assertThat(flooded).isTrue();
    Set<Node<String>> copies = new HashSet<>();
    HashTable<String> spread = table.reseeded(42, copies::add);
    assertThat(copies).hasSize(keys.size());
    Set<Integer> slots = new HashSet<>();
    for (String key : keys) {
      Node<String> copy = Objects.requireNonNull(spread.find(key));
      assertThat(copy.older).as("its original").isSameAs(table.find(key));
      assertThat(spread.isFlooded(copy)).isFalse();
      slots.add(copy.hash & 1023);
    }
    assertThat(keys).hasSize(256);
    assertThat(slots).as("by chance it would be 226").hasSizeBetween(210, 240);
  }

  @Test
  void keysWhoseHashCodesDifferInTheirUpperBitsOnlyAreSpread() {
    HashTable<String> table = new HashTable<>(1024);
    int found = 0;
    for (int i = 0; i < 300_000; i++) {
      String key = "key" + i;
      if ((key.hashCode() & 1023) == 0) {
        Node<String> node = new Node<>(key, table.hash(key), "v", i);
        table.insert(node);
        assertThat(table.isFlooded(node)).isFalse();
        found++;
      }
    }
    assertThat(found).isGreaterThan(200);
  }

  @Test
  void ordinaryKeysAreNoFlood() {
    HashTable<String> table = new HashTable<>(1024);
    for (int i = 0; i < 768; i++) {
      Node<String> node = new Node<>("key" + i, table.hash("key" + i), "v", i);
      table.insert(node);
      assertThat(table.isFlooded(node)).isFalse();
    }
    assertThat(table.isCrowdedBy(768)).isFalse();
    assertThat(table.isCrowdedBy(769)).isTrue();
  }
}
