package io.jstorage.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.redis.Turn.State;
import io.jstorage.redis.server.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The line of threads that wait for a connection. */
@Timeout(60)
class TurnsTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final Turns turns = new Turns(1);
  private final Turn<?> first = shared();

  private static Turn<?> shared() {
    return Turn.sharing(Commands.get("k".getBytes(UTF_8)), true);
  }

  /** A thread of the line. */
  private static final class Waiter {
    private final Turn<?> turn;
    private final CompletableFuture<State> state = new CompletableFuture<>();
    private final Thread thread;

    Waiter(Turns turns, Turn<?> turn, Duration patience) {
      this.turn = turn;
      this.thread =
          new Thread(
              () -> {
                try (Deadline deadline = Deadline.in(patience)) {
                  state.complete(turns.await(turn, deadline));
                }
              });
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void takeFirst() {
    assertThat(turns.await(first, Deadline.in(LONG))).isEqualTo(State.OWN);
  }

  /** Lets threads wait in the order of their turns. */
  private List<Waiter> queue(List<? extends Turn<?>> each) {
    List<Waiter> waiters = new ArrayList<>();
    for (Turn<?> turn : each) {
      Waiter waiter = new Waiter(turns, turn, LONG);
      waiters.add(waiter);
      Until.holds("it waits", () -> waiter.thread.getState() == Thread.State.TIMED_WAITING);
    }
    return waiters;
  }

  private List<Waiter> queueShared(int count) {
    List<Turn<?>> each = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      each.add(shared());
    }
    return queue(each);
  }

  @Test
  void theHeadOfTheLineTakesThoseBehindItAlong() {
    takeFirst();
    List<Waiter> waiters = queueShared(4);
    turns.end();
    assertThat(waiters.get(0).state.join()).isEqualTo(State.OWN);
    assertThat(turns.gather(waiters.get(0).turn))
        .isEqualTo(waiters.stream().map(waiter -> waiter.turn).toList());
    assertThat(waiters.get(3).state).as("it waits for its reply").isNotDone();
    Turn.fail(List.of(waiters.get(3).turn), new IllegalArgumentException());
    assertThat(waiters.get(3).state.join()).isEqualTo(State.CARRIED);
  }

  @Test
  void nobodyIsOvertakenByThoseThatAreTakenAlong() {
    takeFirst();
    List<Turn<?>> line = List.of(shared(), shared(), Turn.alone(), shared());
    List<Waiter> waiters = queue(line);
    turns.end();
    assertThat(waiters.get(0).state.join()).isEqualTo(State.OWN);
    assertThat(turns.gather(line.get(0))).isEqualTo(line.subList(0, 2));
    turns.end();
    assertThat(waiters.get(2).state.join()).isEqualTo(State.OWN);
    assertThat(waiters.get(3).state).isNotDone();
    turns.end();
    assertThat(waiters.get(3).state.join()).isEqualTo(State.OWN);
  }

  @Test
  void noMoreThan32AreSentTogether() {
    takeFirst();
    queueShared(40);
    assertThat(turns.gather(first)).hasSize(32);
    assertThat(turns.gather(shared())).hasSize(10);
  }

  @Test
  void nobodyWaitsBehindRepliesThatAreAsLongAsRecentOnes() {
    takeFirst();
    queueShared(20);
    turns.saw(1 << 20);
    assertThat(turns.gather(first)).containsExactly(first);
    turns.saw(100);
    assertThat(turns.gather(first)).as("a short one does not make up for it").hasSize(1);
    for (int i = 0; i < 1_000; i++) {
      turns.saw(8_192);
    }
    assertThat(turns.gather(first)).hasSize(8);
    for (int i = 0; i < 1_000; i++) {
      turns.saw(100);
    }
    assertThat(turns.gather(first)).as("the thirteen that are left").hasSize(14);
  }

  @Test
  void aThreadLeavesTheLineAtItsDeadline() {
    takeFirst();
    Waiter waiter = new Waiter(turns, shared(), Duration.ofMillis(10));
    assertThat(waiter.state.join()).isEqualTo(State.WAITING);
    assertThat(turns.gather(first)).containsExactly(first);
  }

  @Test
  void aThreadWhoseCommandIsOnItsWayWaitsForTheReply() {
    takeFirst();
    Turn<?> turn = shared();
    Waiter waiter = new Waiter(turns, turn, Duration.ofSeconds(1));
    Until.holds("it waits", () -> waiter.thread.getState() == Thread.State.TIMED_WAITING);
    assertThat(turns.gather(first)).hasSize(2);
    Until.holds("its time is over", () -> waiter.thread.getState() == Thread.State.WAITING);
    Turn.fail(List.of(turn), new IllegalArgumentException());
    assertThat(waiter.state.join()).isEqualTo(State.CARRIED);
  }

  @Test
  void closingEndsEveryWait() {
    takeFirst();
    List<Waiter> waiters = queueShared(3);
    turns.close();
    assertThat(waiters).allSatisfy(w -> assertThat(w.state.join()).isEqualTo(State.CLOSED));
    assertThat(turns.await(shared(), Deadline.in(LONG))).isEqualTo(State.CLOSED);
  }
}
