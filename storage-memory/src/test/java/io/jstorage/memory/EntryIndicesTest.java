package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EntryIndicesTest {
  private static final int NUMBER = 10;

  private final EntryIndices indices = new EntryIndices(NUMBER);

  @Test
  void eachIndexIsOfOneEntryAtATimeAndNoneIsLost() {
    Random random = new Random(1);
    Deque<Integer> taken = new ArrayDeque<>();
    Set<Integer> distinct = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      if (random.nextBoolean()) {
        int index = indices.take();
        if (taken.size() == NUMBER) {
          assertThat(index).isEqualTo(EntryIndices.NONE);
        } else {
          assertThat(index).isBetween(1, NUMBER);
          assertThat(distinct.add(index)).as("index %d of one entry", index).isTrue();
          taken.add(index);
        }
      } else if (!taken.isEmpty()) {
        int index = random.nextBoolean() ? taken.removeFirst() : taken.removeLast();
        distinct.remove(index);
        indices.release(index);
      }
    }
  }

  @Test
  void anEntryWithoutAnIndexReleasesNone() {
    indices.release(EntryIndices.NONE);
    assertThat(indices.take()).isNotEqualTo(EntryIndices.NONE);
  }

  @Test
  void allAreFreeOnceAllAreReleased() {
    for (int round = 0; round < 3; round++) {
      Set<Integer> taken = new HashSet<>();
      for (int i = 0; i < NUMBER; i++) {
        taken.add(indices.take());
      }
      assertThat(taken).hasSize(NUMBER).doesNotContain(EntryIndices.NONE);
      indices.releaseAll();
    }
  }
}
