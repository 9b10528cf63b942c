package io.jstorage.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether what several openers of the same entries read was never older than it may be. Each
 * key has one writer, who numbers its writes and removals from 1 on; absence at the beginning is
 * number 0. A read must not return
 *
 * <ul>
 *   <li>what had been replaced for longer than the bound when it began;
 *   <li>less than the writer's own opener has written before;
 *   <li>less than any read of the same opener has returned before;
 *   <li>what nobody has begun to write.
 * </ul>
 *
 * <p>Absence is what any of the removals may have left, so that the read is given the benefit of
 * the doubt.
 */
final class Staleness {
  /** The end of a write of which nobody knows whether it took effect. */
  static final long NEVER = Long.MAX_VALUE;

  private final List<Write> writes;
  private final List<Emptying> emptyings;
  private final long bound;

  /** Times are in nanoseconds. A removal leaves nothing; its number is part of the order. */
  record Write(String key, int number, boolean removal, int opener, long begin, long end) {}

  /** Of an entry, or of its absence, which has no number. */
  record Read(String key, @Nullable Integer number, int opener, long begin, long end) {}

  /** All entries are removed by somebody else, at one moment. */
  record Emptying(long begin, long end) {}

  private Staleness(List<Write> writes, List<Emptying> emptyings, long bound) {
    this.writes = writes;
    this.emptyings = emptyings;
    this.bound = bound;
  }

  /** Looks for a read that is older than it may be. */
  static Optional<String> violation(
      List<Write> writes, List<Read> reads, List<Emptying> emptyings, long bound) {
    Map<String, List<Read>> readsOf = new HashMap<>();
    reads.forEach(read -> readsOf.computeIfAbsent(read.key, key -> new ArrayList<>()).add(read));
    Map<String, List<Write>> writesOf = new HashMap<>();
    for (Write write : writes) {
      writesOf.computeIfAbsent(write.key, key -> new ArrayList<>()).add(write);
    }
    for (Map.Entry<String, List<Read>> each : readsOf.entrySet()) {
      List<Write> ofKey = new ArrayList<>(writesOf.getOrDefault(each.getKey(), List.of()));
      ofKey.add(new Write(each.getKey(), 0, true, -1, Long.MIN_VALUE, Long.MIN_VALUE));
      ofKey.sort(Comparator.comparingInt(Write::number));
      Optional<String> found = new Staleness(ofKey, emptyings, bound).violation(each.getValue());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The write that an opener has seen by a read that has ended. */
  private record Seen(int number, long end) {}

  private Optional<String> violation(List<Read> reads) {
    reads.sort(Comparator.comparingLong(Read::begin));
    Map<Integer, PriorityQueue<Seen>> underWay = new HashMap<>();
    Map<Integer, Integer> floors = new HashMap<>();
    for (Read read : reads) {
      PriorityQueue<Seen> seen =
          underWay.computeIfAbsent(
              read.opener, opener -> new PriorityQueue<>(Comparator.comparingLong(Seen::end)));
      while (!seen.isEmpty() && seen.element().end <= read.begin) {
        floors.merge(read.opener, seen.remove().number, Math::max);
      }
      int ofOpener = floors.getOrDefault(read.opener, 0);
      int outdated = last(read.begin - bound, -1);
      int own = last(read.begin, read.opener);
      int floor = Math.max(ofOpener, Math.max(outdated, own));
      String wrong =
          read.number == null
              ? judgeAbsence(read, floor, seen)
              : judgeValue(read, read.number, floor, seen);
      if (wrong != null) {
        return Optional.of(
            "%s: %s (replaced for longer than the bound: all before %d; its opener has written %d and read %d)%n%s"
                .formatted(read, wrong, outdated, own, ofOpener, around(floor)));
      }
    }
    return Optional.empty();
  }

  /** The number of the last write that ended by some time, of one opener or, with -1, of any. */
  private int last(long time, int opener) {
    for (int i = writes.size() - 1; i >= 0; i--) {
      Write write = writes.get(i);
      if (write.end != NEVER && write.end <= time && (opener < 0 || write.opener == opener)) {
        return write.number;
      }
    }
    return 0;
  }

  private @Nullable String judgeValue(Read read, int number, int floor, PriorityQueue<Seen> seen) {
    Write write = number < writes.size() ? writes.get(number) : null;
    if (write == null || write.removal || write.begin > read.end) {
      return "nobody has written that yet";
    }
    if (number < floor) {
      return "it is older than it may be";
    }
    for (Emptying emptying : emptyings) {
      if (write.end <= emptying.begin && emptying.end + bound <= read.begin) {
        return "it came back after everything had been removed";
      }
    }
    seen.add(new Seen(number, read.end));
    return null;
  }

  private @Nullable String judgeAbsence(Read read, int floor, PriorityQueue<Seen> seen) {
    // First those that say nothing of the order of the writes: such a read binds no later one.
    for (Emptying emptying : emptyings) {
      if (emptying.begin <= read.end && writes.get(floor).begin <= emptying.end) {
        return null;
      }
    }
    for (int i = floor; i < writes.size() && writes.get(i).begin <= read.end; i++) {
      if (writes.get(i).removal) {
        seen.add(new Seen(i, read.end));
        return null;
      }
    }
    return "the value is missing";
  }

  private String around(int floor) {
    StringBuilder text = new StringBuilder("The writes about that time:");
    int from = Math.max(0, floor - 3);
    writes
        .subList(from, Math.min(writes.size(), floor + 4))
        .forEach(write -> text.append("\n  ").append(write));
    return text.toString();
  }
}
