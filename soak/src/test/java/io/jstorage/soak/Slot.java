package io.jstorage.soak;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A key with one writer, and what may be under it: the number of a write, or {@link #ABSENT}. There
 * is more than one possibility only while the outcome of a write is unknown. All but the key is the
 * writer's alone.
 */
final class Slot {
  static final long ABSENT = -1;

  private final String base;
  private final boolean lossy;
  private final Set<Long> possible = new TreeSet<>(Set.of(ABSENT));
  private int generation;
  private long writes;

  /** Of writes that expire, the latest moment of their end by the system's clock. */
  private final Map<Long, Long> ends = new HashMap<>();

  private volatile String key;

  /**
   * A key under which nothing is.
   *
   * @param lossy whether the storage drops entries by itself
   */
  Slot(String base, boolean lossy) {
    this.base = base;
    this.key = base;
    this.lossy = lossy;
  }

  String key() {
    return key;
  }

  /** The number of the next write. */
  long next() {
    return writes++;
  }

  Set<Long> possible() {
    return possible;
  }

  boolean mayBe(long state) {
    return possible.contains(state) || (state == ABSENT && mayLeave());
  }

  boolean mayBePresent(long asked) {
    return possible.stream().anyMatch(state -> state != ABSENT && asked < end(state));
  }

  private long end(long state) {
    return ends.getOrDefault(state, Long.MAX_VALUE);
  }

  /** Whether the entry may leave before the next look at it. */
  boolean mayLeave() {
    return lossy || !ends.isEmpty();
  }

  /** Certainly this is there now. */
  void is(long state) {
    possible.clear();
    possible.add(state);
    ends.clear();
  }

  /** This may be there now, or what was there before. */
  void perhaps(long state) {
    possible.add(state);
  }

  /** If it is this, it leaves at a time of the system's clock, at the latest. */
  void endsAt(long state, long millis) {
    ends.put(state, millis);
  }

  /**
   * Compares with what was found.
   *
   * @param asked the time of the system's clock before it was looked for
   * @throws Violation if that cannot be
   */
  void found(long state, long asked) {
    if (!mayBe(state)) {
      throw new Violation("%s has %d, but may have %s".formatted(key, state, possible));
    }
    if (asked >= end(state)) {
      throw new Violation(
          "%s has %d %d ms after its end".formatted(key, state, asked - end(state)));
    }
    possible.clear();
    possible.add(state);
    ends.keySet().retainAll(possible);
  }

  /** Goes on with another key, as a request that is under way may still change this one. */
  void leave() {
    generation++;
    key = base + '.' + generation;
    is(ABSENT);
  }

  /** The state that another process needs to go on. */
  String state() {
    return writes + " " + possible.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** Goes on where another process stopped. */
  void resume(long nextWrite, Set<Long> states) {
    writes = nextWrite;
    possible.clear();
    possible.addAll(states);
  }
}
