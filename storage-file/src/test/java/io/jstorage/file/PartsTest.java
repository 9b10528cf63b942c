package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The parts of a batch are done at once, and all have ended when the batch has. */
class PartsTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 1_003).boxed().toList();

  private static <T, R> List<R> atOnce(int threads, int size, List<T> all, Parts.Work<T, R> work)
      throws IOException {
    try (Parts parts = new Parts(threads)) {
      return parts.atOnce(size, all, work);
    }
  }

  @Test
  void partsHaveTheirSizeAndLeaveNothingOut() {
    List<List<Integer>> parts = Parts.ofSize(100, NUMBERS);
    assertThat(parts).hasSize(11);
    assertThat(parts.get(10)).hasSize(3);
    assertThat(parts.stream().flatMap(List::stream)).isEqualTo(NUMBERS);
    assertThat(Parts.ofSize(100, List.of())).isEmpty();
  }

  @Test
  void resultsAreInTheOrderOfTheParts() throws IOException {
    List<Integer> all = new ArrayList<>();
    atOnce(8, 10, NUMBERS, List::copyOf).forEach(all::addAll);
    assertThat(all).isEqualTo(NUMBERS);
  }

  @Test
  void severalThreadsWorkAtOnce() throws IOException {
    CountDownLatch together = new CountDownLatch(3);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    atOnce(
        3,
        1,
        List.of("a", "b", "c"),
        part -> {
          threads.add(Thread.currentThread());
          together.countDown();
          return await(together);
        });
    assertThat(threads).hasSize(3).contains(Thread.currentThread());
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aThreadThatIsHeldUpHoldsUpOnlyItsPart() throws IOException {
    Thread calling = Thread.currentThread();
    CountDownLatch theRest = new CountDownLatch(100);
    List<Boolean> done =
        atOnce(
            2,
            10,
            NUMBERS,
            part -> {
              if (Thread.currentThread() != calling) {
                return await(theRest);
              }
              theRest.countDown();
              return true;
            });
    assertThat(done).hasSize(101).containsOnly(true);
  }

  @Test
  void aFailureIsThrownAsItIsWhenAllPartsHaveEnded() {
    for (Throwable failure :
        List.of(
            new IOException("x"), new IllegalArgumentException("x"), new StackOverflowError())) {
      AtomicInteger ended = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  atOnce(
                      4,
                      10,
                      NUMBERS,
                      part -> {
                        if (part.contains(500)) {
                          throwIt(failure);
                        }
                        return ended.incrementAndGet();
                      }))
          .isSameAs(failure);
      assertThat(ended).hasValue(100);
    }
  }

  private static void throwIt(Throwable failure) throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) failure;
  }

  @Test
  void anInterruptEndsNothingAndIsKept() throws IOException {
    Thread.currentThread().interrupt();
    assertThat(atOnce(4, 10, NUMBERS, List::size)).hasSize(101);
    assertThat(Thread.interrupted()).isTrue();
  }
}
