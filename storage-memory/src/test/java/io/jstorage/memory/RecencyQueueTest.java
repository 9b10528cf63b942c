package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RecencyQueueTest {
  private final RecencyQueue<String> queue = new RecencyQueue<>();

  private Node<String> add(Node<String> node) {
    queue.add(node, null);
    return node;
  }

  private static Node<String> node(long stamp) {
    return new Node<>("k" + stamp, 0, "v", stamp);
  }

  @Test
  void aUseMovesAnEntryBehindAllThatWereUsedBefore() {
    Node<String> first = add(node(1));
    Node<String> second = add(node(2));
    Node<String> third = add(node(3));
    first.use(4);
    second.use(5);
    assertThat(queue.leastRecentlyUsed(6, null)).isSameAs(third);
    queue.remove(third);
    third = add(node(7));
    assertThat(queue.leastRecentlyUsed(8, null)).isSameAs(first);
    first.use(9);
    assertThat(queue.leastRecentlyUsed(10, null)).isSameAs(second);
    queue.remove(second);
    assertThat(queue.leastRecentlyUsed(11, null)).isSameAs(third);
    assertThat(queue.requeues()).isEqualTo(3);
  }

  @Test
  void anOverwriteIsAUseWhereverTheEntryStands() {
    Node<String> listed = add(node(1));
    Node<String> other = add(node(2));
    Node<String> overwritten = node(3);
    queue.add(overwritten, listed);
    assertThat(queue.leastRecentlyUsed(4, null)).isSameAs(other);
    other.use(5);
    assertThat(queue.leastRecentlyUsed(6, null))
        .as("other is in the heap now")
        .isSameAs(overwritten);
    Node<String> again = node(7);
    queue.add(again, other);
    queue.remove(overwritten);
    Node<String> last = add(node(8));
    assertThat(queue.leastRecentlyUsed(9, null)).isSameAs(again);
    queue.remove(again);
    assertThat(queue.leastRecentlyUsed(10, null)).isSameAs(last);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void theSearchEndsThoughAllEntriesAreUsedFasterThanItLooks() {
    for (int i = 1; i <= 3; i++) {
      add(
          new Node<>("k" + i, 0, "v", i) {
            private long uses = 100;

            @Override
            long lastUse() {
              return uses++;
            }
          });
    }
    assertThat(queue.leastRecentlyUsed(50, null)).isNotNull();
    assertThat(queue.requeues()).isEqualTo(3);
  }
}
