package io.jstorage.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.jvm.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PoolTest {
  private final AtomicInteger made = new AtomicInteger();
  private final List<Integer> ended = new ArrayList<>();
  private final Pool<Integer> pool = new Pool<>(made::incrementAndGet, ended::add);

  @Test
  void aReturnedObjectIsTakenAgain() {
    Integer first = pool.take();
    pool.give(first);
    assertThat(pool.take()).isSameAs(first);
    assertThat(made).hasValue(1);
  }

  @Test
  void anEmptyPoolMakesAnObject() {
    assertThat(pool.take()).isNotEqualTo(pool.take());
  }

  @Test
  void keepsEightAndEndsTheRest() {
    for (int i = 1; i <= 10; i++) {
      pool.give(i);
    }
    assertThat(ended).containsExactly(9, 10);
  }

  @Test
  void neverHandsOutOneObjectToTwoThreads() throws Exception {
    Pool<AtomicBoolean> taken = new Pool<>(AtomicBoolean::new, object -> {});
    Together.run(
        12,
        number -> {
          for (int i = 0; i < 20_000; i++) {
            AtomicBoolean mine = taken.take();
            assertThat(mine.compareAndSet(false, true)).isTrue();
            mine.set(false);
            taken.give(mine);
          }
        });
  }
}
