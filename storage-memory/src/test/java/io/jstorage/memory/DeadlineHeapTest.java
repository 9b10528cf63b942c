package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DeadlineHeapTest {
  private static final int LIMIT = 200;

  private final DeadlineHeap<String> heap = new DeadlineHeap<>(LIMIT);

  private static ExpiringNode<String> due(long deadline) {
    return new ExpiringNode<>("k", 0, "v", 1, deadline);
  }

  private void add(ExpiringNode<String> node) {
    heap.reserve();
    heap.note(node);
  }

  @Test
  void whateverIsDoneToItTheEarliestDeadlineIsFirst() {
    TreeMap<Long, ExpiringNode<String>> model = new TreeMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 50_000; i++) {
      long deadline = random.nextInt(1_000_000) * 1_000_000L + i;
      Map.Entry<Long, ExpiringNode<String>> any =
          random.nextInt(4) == 0 ? model.firstEntry() : model.ceilingEntry(deadline);
      int choice = random.nextInt(4);
      if (choice < 2 && model.size() < LIMIT) {
        ExpiringNode<String> added = due(deadline);
        add(added);
        model.put(deadline, added);
      } else if (choice == 2 && any != null) {
        heap.forget(any.getValue());
        model.remove(any.getKey());
        assertThat(any.getValue().deadlineIndex).isEqualTo(DeadlineHeap.ABSENT);
      } else if (choice == 3 && any != null) {
        ExpiringNode<String> copy = any.getValue().copy(0);
        heap.pass(any.getValue(), copy);
        model.put(any.getKey(), copy);
      }
      if (model.isEmpty()) {
        assertThat(heap.isDue(InstantSource.fixed(Instant.MAX))).isFalse();
      } else {
        assertThat(heap.first()).isSameAs(model.firstEntry().getValue());
      }
    }
    while (!model.isEmpty()) {
      assertThat(heap.first()).isSameAs(model.firstEntry().getValue());
      heap.forget(model.pollFirstEntry().getValue());
    }
    assertThat(heap.isDue(InstantSource.fixed(Instant.MAX))).isFalse();
  }

  @Test
  void theFirstIsDueAtItsDeadlineAndNotBefore() {
    heap.note(new Node<>("k", 0, "without a deadline", 1));
    add(due(1_000_000_005));
    add(due(2_000_000_000));
    assertThat(heap.isDue(InstantSource.fixed(Instant.ofEpochSecond(1, 4)))).isFalse();
    assertThat(heap.isDue(InstantSource.fixed(Instant.ofEpochSecond(1, 5)))).isTrue();
  }

  @Test
  void aFullHeapIsNotCopiedToMakeRoomThatItMayNotHave() {
    for (int i = 0; i < LIMIT; i++) {
      add(due(i));
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1000; i++) {
      heap.reserve();
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
  }
}
