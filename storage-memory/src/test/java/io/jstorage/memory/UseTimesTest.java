package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class UseTimesTest {
  private static final int ROUNDS = 5_000;

  /** Threads whose numbers differ by a multiple of this share an array. */
  private static final int MOST_ARRAYS = 16;

  private final UseTimes times = new UseTimes(1);
  private final Node<String> node = new Node<>("k", 0, "v", 1);

  @Test
  void theLastUseIsTheLatestWhoeverNotesItFirst() throws InterruptedException {
    node.index = 1;
    AtomicInteger arrived = new AtomicInteger();
    AtomicReference<String> wrong = new AtomicReference<>("");
    List<Thread> threads = new ArrayList<>();
    threads.add(new Thread(() -> note(1, arrived, wrong)));
    Thread second = new Thread(() -> note(2, arrived, wrong));
    while ((second.getId() - threads.get(0).getId()) % MOST_ARRAYS != 0) {
      second = new Thread(() -> note(2, arrived, wrong));
    }
    threads.add(second);
    // If one fails, the other waits for ever.
    threads.forEach(thread -> thread.setDaemon(true));
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(wrong.get()).isEmpty();
  }

  /** Notes a use in each round, at the same time as the other thread, and looks at both then. */
  private void note(int own, AtomicInteger arrived, AtomicReference<String> wrong) {
    for (int round = 1; round <= ROUNDS; round++) {
      await(arrived, 4 * round - 2);
      times.note(node, 10L * round + own);
      await(arrived, 4 * round);
      long last = times.lastUse(1);
      if (last != 10L * round + 2) {
        wrong.set("%d in round %d".formatted(last, round));
      }
    }
  }

  private static void await(AtomicInteger arrived, int all) {
    arrived.incrementAndGet();
    while (arrived.get() < all) {
      Thread.onSpinWait();
    }
  }
}
