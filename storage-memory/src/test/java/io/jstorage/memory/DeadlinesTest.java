package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.jvm.Cost;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeadlinesTest {
  private static final int LIMIT = 200;

  private final Deadlines<String> deadlines = new Deadlines<>(LIMIT);

  private static ExpiringNode<String> due(long deadline) {
    return new ExpiringNode<>("k", 0, "v", 1, deadline);
  }

  private void add(ExpiringNode<String> node) {
    deadlines.reserve();
    deadlines.note(node);
  }

  /** How the deadlines of the entries follow each other. */
  private enum Order {
    RANDOM,
    ONE_TIME_TO_LIVE,
    MANY_TIMES_TO_LIVE;

    /** All are different, and in the last digits tell which is the i-th. */
    long deadline(int i, Random random) {
      long time =
          switch (this) {
            case RANDOM -> random.nextInt(1_000_000);
            case ONE_TIME_TO_LIVE -> i;
            case MANY_TIMES_TO_LIVE -> i + (1L << random.nextInt(10));
          };
      return time * 1_000_000L + i;
    }
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void theEarliestDeadlineIsAlwaysFirst(Order order) {
    TreeMap<Long, ExpiringNode<String>> model = new TreeMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 50_000; i++) {
      long deadline = order.deadline(i, random);
      Map.Entry<Long, ExpiringNode<String>> any =
          random.nextInt(4) == 0 ? model.firstEntry() : model.ceilingEntry(deadline);
      int choice = random.nextInt(4);
      if (choice < 2 && model.size() < LIMIT) {
        ExpiringNode<String> added = due(deadline);
        add(added);
        model.put(deadline, added);
      } else if (choice == 2 && any != null) {
        deadlines.forget(any.getValue());
        model.remove(any.getKey());
        assertThat(any.getValue().deadlineIndex).isEqualTo(DeadlineHeap.ABSENT);
      } else if (choice == 3 && any != null) {
        ExpiringNode<String> copy = any.getValue().copy(0);
        deadlines.pass(any.getValue(), copy);
        model.put(any.getKey(), copy);
      }
      if (model.isEmpty()) {
        assertThat(deadlines.isDue(InstantSource.fixed(Instant.MAX))).isFalse();
      } else {
        assertThat(deadlines.first()).isSameAs(model.firstEntry().getValue());
      }
    }
    while (!model.isEmpty()) {
      assertThat(deadlines.first()).isSameAs(model.firstEntry().getValue());
      deadlines.forget(model.pollFirstEntry().getValue());
    }
    assertThat(deadlines.isDue(InstantSource.fixed(Instant.MAX))).isFalse();
  }

  @Test
  void theFirstIsDueAtItsDeadlineAndNotBefore() {
    deadlines.note(new Node<>("k", 0, "without a deadline", 1));
    add(due(1_000_000_005));
    add(due(2_000_000_000));
    assertThat(deadlines.isDue(InstantSource.fixed(Instant.ofEpochSecond(1, 4)))).isFalse();
    assertThat(deadlines.isDue(InstantSource.fixed(Instant.ofEpochSecond(1, 5)))).isTrue();
  }

  @Test
  void deadlinesOfAFewTimesToLiveNeedNoHeap() {
    for (int now = 0; now < LIMIT; now++) {
      ExpiringNode<String> added = due(now + 1_000L * (now % 4));
      add(added);
      assertThat(added.deadlineIndex).isLessThanOrEqualTo(Deadlines.FIRST_RUN);
    }
  }

  @Test
  void aFullHeapIsNotCopiedToMakeRoomThatItMayNotHave() {
    DeadlineHeap<String> heap = new DeadlineHeap<>(LIMIT);
    for (int i = 0; i < LIMIT; i++) {
      heap.reserve();
      heap.add(due(i));
    }
    Cost cost =
        Cost.of(
            () -> {
              for (int i = 0; i < 1000; i++) {
                heap.reserve();
              }
            });
    assertThat(cost.allocatedBytes()).isLessThan(100_000);
  }
}
