package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RadixHeapTest {
  private final RadixHeap<String> heap = new RadixHeap<>();

  private static Node<String> node(long stamp) {
    return new Node<>("k", 0, "v", stamp);
  }

  /** Opens buckets until the first node is that of the smallest stamp. */
  private Node<String> smallest() {
    while (heap.first().lastUse() > heap.least()) {
      heap.openFirst(null);
    }
    return heap.first();
  }

  @Test
  void anEmptyHeapIsSaidToBeOne() {
    assertThat(heap.least()).isEqualTo(RadixHeap.NOTHING);
    Node<String> node = node(7);
    heap.add(node, 7);
    assertThat(heap.least()).isEqualTo(7);
    node.unlink();
    assertThat(heap.least()).isEqualTo(RadixHeap.NOTHING);
  }

  /** Small steps meet in the lowest digits, large ones reach the highest. */
  @ParameterizedTest
  @ValueSource(longs = {1, 16, 1_000, 1L << 32, 1L << 46})
  void theLeastRecentlyUsedNodeAlwaysComesFirst(long step) {
    TreeMap<Long, Node<String>> model = new TreeMap<>();
    Random random = new Random(step);
    long now = 0;
    for (int i = 0; i < 50_000; i++) {
      now += 1 + random.nextLong(step);
      Node<String> any =
          model.isEmpty()
              ? null
              : model.get(random.nextBoolean() ? model.firstKey() : model.lastKey());
      if (any == null || random.nextInt(10) < 3) {
        Node<String> added = node(now);
        heap.add(added, now);
        model.put(now, added);
      } else {
        switch (random.nextInt(4)) {
          case 0 -> {
            any.unlink();
            model.remove(any.lastUse());
          }
          case 1 -> {
            model.remove(any.lastUse());
            any.use(now);
            model.put(now, any);
          }
          case 2 -> {
            Node<String> copy = any.copy(0);
            any.replaceWith(copy);
            model.put(copy.lastUse(), copy);
          }
          default -> assertThat(smallest()).isSameAs(model.firstEntry().getValue());
        }
      }
      assertThat(heap.least())
          .isLessThanOrEqualTo(model.isEmpty() ? RadixHeap.NOTHING : model.firstKey());
    }
    while (!model.isEmpty()) {
      Node<String> first = smallest();
      assertThat(first).isSameAs(model.pollFirstEntry().getValue());
      first.unlink();
    }
    assertThat(heap.least()).isEqualTo(RadixHeap.NOTHING);
  }

  @Test
  void aStampThatTwoUsesAtOnceHaveSetBackGoesNotBelowTheFloor() {
    Node<String> first = node(100);
    Node<String> second = node(200);
    heap.add(first, 100);
    heap.add(second, 200);
    assertThat(smallest()).isSameAs(first);
    first.unlink();
    assertThat(smallest()).isSameAs(second);
    second.use(150);
    assertThat(smallest()).isSameAs(second);
    assertThat(heap.least()).isEqualTo(200);
  }

  @Test
  void aNodeIsMovedOnceForEachDigitAtMost() {
    int moves = 0;
    heap.add(node(0xfedcba98_76543210L >>> 1), 0xfedcba98_76543210L >>> 1);
    while (heap.first().lastUse() > heap.least()) {
      assertThat(heap.openFirst(null)).as("used meanwhile").isZero();
      moves++;
    }
    assertThat(moves).isLessThan(16);
  }
}
