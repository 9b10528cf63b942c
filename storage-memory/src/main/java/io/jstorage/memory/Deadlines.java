package io.jstorage.memory;

import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Those entries of a {@link LruTable} that have a deadline. Most are written with one of a few
 * times to live, so that their deadlines come in order: they are in runs, lists in the order of
 * deadlines, to which an entry is only appended. An entry goes to the run whose last deadline is
 * the latest that is not after its own, as in patience sorting (C. L. Mallows, 1963), and to a
 * {@link DeadlineHeap} if there is no such run.
 *
 * <p>Not thread-safe. Everything is O(1) for entries in a run, O(log n) for those in the heap.
 */
final class Deadlines<V> {
  private static final int RUNS = 4;

  /** The index of the entries of the first run; those of the next runs are below it. */
  static final int FIRST_RUN = DeadlineHeap.ABSENT - 1;

  private final Run<V>[] runs;
  private final DeadlineHeap<V> others;
  private int size;

  /** A list of entries, the earliest deadline first. */
  private static final class Run<V> {
    @Nullable ExpiringNode<V> first;
    @Nullable ExpiringNode<V> last;

    void append(ExpiringNode<V> node) {
      node.sooner = last;
      if (last == null) {
        first = node;
      } else {
        last.later = node;
      }
      last = node;
    }

    void remove(ExpiringNode<V> node) {
      link(node.sooner, node.later);
      node.sooner = null;
      node.later = null;
    }

    void replace(ExpiringNode<V> original, ExpiringNode<V> copy) {
      link(original.sooner, copy);
      link(copy, original.later);
      original.sooner = null;
      original.later = null;
    }

    private void link(@Nullable ExpiringNode<V> sooner, @Nullable ExpiringNode<V> later) {
      if (sooner == null) {
        first = later;
      } else {
        sooner.later = later;
      }
      if (later == null) {
        last = sooner;
      } else {
        later.sooner = sooner;
      }
    }
  }

  /** Makes room for no more than so many entries. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of generic types.
  Deadlines(int limit) {
    others = new DeadlineHeap<>(limit);
    runs = new Run[RUNS];
    // No lambda, as the first ones take milliseconds of a program's start.
    for (int i = 0; i < RUNS; i++) {
      runs[i] = new Run<>();
    }
  }

  /** Returns whether no entry has a deadline. */
  boolean isEmpty() {
    return size == 0;
  }

  /** Returns whether the first entry has expired; asks the clock only if there is one. */
  boolean isDue(InstantSource clock) {
    return size > 0 && isDue(EpochNanos.of(clock.instant()));
  }

  /** Returns whether the first entry has expired. */
  boolean isDue(long now) {
    return size > 0 && first().deadline <= now;
  }

  /** The entry with the earliest deadline, of which there is one. */
  ExpiringNode<V> first() {
    ExpiringNode<V> first = others.isEmpty() ? null : others.first();
    for (Run<V> run : runs) {
      ExpiringNode<V> node = run.first;
      if (node != null && (first == null || node.deadline < first.deadline)) {
        first = node;
      }
    }
    return Objects.requireNonNull(first);
  }

  /** Makes sure that the next {@link #note} finds room: what runs out of memory does so here. */
  void reserve() {
    others.reserve();
  }

  /** Adds an entry if it has a deadline. There is room for it since {@link #reserve}. */
  void note(Node<V> node) {
    if (node instanceof ExpiringNode<V> expiring) {
      add(expiring);
    }
  }

  private void add(ExpiringNode<V> node) {
    size++;
    int run = runFor(node.deadline);
    if (run < 0) {
      others.add(node);
    } else {
      runs[run].append(node);
      node.deadlineIndex = FIRST_RUN - run;
    }
  }

  /** Returns the run to which a deadline can be appended, or -1 if there is none. */
  private int runFor(long deadline) {
    int chosen = -1;
    long latest = Long.MIN_VALUE;
    for (int i = 0; i < RUNS; i++) {
      ExpiringNode<V> last = runs[i].last;
      if (last == null) {
        chosen = chosen < 0 ? i : chosen;
      } else if (last.deadline >= latest && last.deadline <= deadline) {
        chosen = i;
        latest = last.deadline;
      }
    }
    return chosen;
  }

  /** Removes an entry if it is here, as it may be if it has a deadline. */
  void forget(Node<V> node) {
    if (node instanceof ExpiringNode<V> expiring && expiring.deadlineIndex != DeadlineHeap.ABSENT) {
      remove(expiring);
    }
  }

  private void remove(ExpiringNode<V> node) {
    size--;
    if (node.deadlineIndex <= FIRST_RUN) {
      runOf(node).remove(node);
    } else {
      others.remove(node);
    }
    node.deadlineIndex = DeadlineHeap.ABSENT;
  }

  private Run<V> runOf(ExpiringNode<V> node) {
    return runs[FIRST_RUN - node.deadlineIndex];
  }

  /** Puts a copy of an entry into its place, if it has one. */
  void pass(Node<V> original, Node<V> copy) {
    if (original instanceof ExpiringNode<V> from
        && copy instanceof ExpiringNode<V> to
        && from.deadlineIndex != DeadlineHeap.ABSENT) {
      if (from.deadlineIndex <= FIRST_RUN) {
        runOf(from).replace(from, to);
        to.deadlineIndex = from.deadlineIndex;
      } else {
        others.replace(from, to);
      }
      from.deadlineIndex = DeadlineHeap.ABSENT;
    }
  }
}
