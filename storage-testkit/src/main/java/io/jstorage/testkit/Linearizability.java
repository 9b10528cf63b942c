package io.jstorage.testkit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Returns whether calls of many threads can have happened one after the other, each at one moment
 * between its beginning and its end. Linearizability is local: each key is judged by itself.
 *
 * <p>The search is that of J. M. Wing and C. Gong, "Testing and Verifying Concurrent Objects"
 * (1993): take a call that no other has ended before, see whether its answer fits, go on with the
 * rest, and take another one where that leads nowhere. A dead end, which is a set of calls and the
 * state that they leave, is remembered and not tried again (G. Lowe, "Testing for Linearizability",
 * 2017). A call that changes nothing is taken as soon as its answer fits: if there is an order at
 * all, there is one in which it comes next. A call whose outcome is unknown never ends, so that it
 * may come last, which is equivalent to not at all.
 *
 * <p>The search is exponential in the number of calls that overlap, at worst; it gives up after
 * {@value #MAX_STEPS} steps.
 */
final class Linearizability {
  private static final int MAX_STEPS = 300_000;

  /** In the order of their beginnings. */
  private final List<Call> calls;

  private final BitSet taken = new BitSet();
  private final Set<Dead> dead = new HashSet<>();
  private int left;
  private @Nullable String state;

  /** From here on nothing can be found: all calls before the first, some beyond, are taken. */
  private record Dead(int first, List<Integer> beyond, @Nullable String state) {}

  /** A call that was taken, what was there before it, and what might be taken in its place. */
  private record Step(int call, @Nullable String before, List<Integer> others) {}

  private Linearizability(List<Call> calls) {
    this.calls = calls.stream().sorted(Comparator.comparingLong(Call::begin)).toList();
    this.left = (int) calls.stream().filter(call -> !call.isUnknown()).count();
  }

  /**
   * Looks for a key whose calls cannot have happened one after the other, from absence on.
   *
   * @return what is wrong, with the calls of that key; empty if nothing is
   * @throws IllegalStateException if the search takes too long
   */
  static Optional<String> violation(List<Call> history) {
    Map<String, List<Call>> byKey = new LinkedHashMap<>();
    for (Call call : history) {
      byKey.computeIfAbsent(call.key(), key -> new ArrayList<>()).add(call);
    }
    for (Map.Entry<String, List<Call>> entry : byKey.entrySet()) {
      Linearizability search = new Linearizability(entry.getValue());
      if (!search.succeeds()) {
        return Optional.of(search.describe(entry.getKey()));
      }
    }
    return Optional.empty();
  }

  private boolean succeeds() {
    List<Step> path = new ArrayList<>();
    List<Integer> choices = choices();
    for (int steps = 0; left > 0; steps++) {
      if (steps == MAX_STEPS) {
        throw new IllegalStateException(
            "too many calls overlap for a decision; use more keys or fewer threads");
      }
      if (!choices.isEmpty()) {
        int next = choices.get(0);
        path.add(new Step(next, state, choices.subList(1, choices.size())));
        take(next);
        choices = dead.contains(situation()) ? List.of() : choices();
      } else if (path.isEmpty()) {
        return false;
      } else {
        dead.add(situation());
        Step last = path.remove(path.size() - 1);
        putBack(last);
        choices = last.others;
      }
    }
    return true;
  }

  private void take(int index) {
    Call call = calls.get(index);
    taken.set(index);
    left -= call.isUnknown() ? 0 : 1;
    state = call.after(state);
  }

  private void putBack(Step step) {
    taken.clear(step.call);
    left += calls.get(step.call).isUnknown() ? 0 : 1;
    state = step.before;
  }

  private Dead situation() {
    int first = taken.nextClearBit(0);
    return new Dead(first, taken.stream().filter(i -> i > first).boxed().toList(), state);
  }

  /**
   * Finds the calls that may come next: none that is left ended before they began, and their
   * answers fit. One is enough if it changes nothing; those of unknown outcome come last.
   */
  private List<Integer> choices() {
    List<Integer> open = new ArrayList<>();
    long firstEnd = Call.NEVER;
    for (int i = taken.nextClearBit(0); i < calls.size(); i = taken.nextClearBit(i + 1)) {
      if (calls.get(i).begin() > firstEnd) {
        break;
      }
      firstEnd = Math.min(firstEnd, calls.get(i).end());
      open.add(i);
    }
    List<Integer> certain = new ArrayList<>();
    List<Integer> unknown = new ArrayList<>();
    for (int i : open) {
      Call call = calls.get(i);
      if (call.begin() <= firstEnd && call.fits(state)) {
        if (call.isUnknown()) {
          unknown.add(i);
        } else if (call.keeps(state)) {
          return List.of(i);
        } else {
          certain.add(i);
        }
      }
    }
    certain.addAll(unknown);
    return certain;
  }

  private String describe(String key) {
    StringBuilder text = new StringBuilder();
    text.append("no order of the calls of ").append(key).append(" explains their answers:\n");
    calls.forEach(call -> text.append("  ").append(call).append('\n'));
    return text.toString();
  }
}
