package io.jstorage.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The last calls of one thread on storages that are {@linkplain TracingProxy traced}. */
final class Trace {
  private static final int KEPT = 20;
  private static final LongAdder ALL_ENDED = new LongAdder();
  private static final ThreadLocal<Trace> OF_THREAD = ThreadLocal.withInitial(Trace::new);

  private final Deque<TracedCall> calls = new ArrayDeque<>();
  private long ended;
  private @Nullable Long seed;

  private Trace() {}

  static Trace ofThread() {
    return OF_THREAD.get();
  }

  synchronized void clear() {
    calls.clear();
    seed = null;
  }

  synchronized void begin(TracedCall call) {
    if (calls.size() == KEPT) {
      calls.removeFirst();
    }
    calls.addLast(call);
  }

  synchronized void end(TracedCall call, @Nullable Object answer) {
    call.end(answer);
    ended++;
    ALL_ENDED.increment();
  }

  /** Counts a step that is no call on a storage. */
  synchronized void step() {
    ended++;
    ALL_ENDED.increment();
  }

  /** How many calls have ended in all threads. */
  static long allEnded() {
    return ALL_ENDED.sum();
  }

  /** Takes note of where random choices started. */
  synchronized void uses(long start) {
    seed = start;
  }

  synchronized Optional<Long> seed() {
    return Optional.ofNullable(seed);
  }

  /** How many calls have ended; while it grows, the thread makes progress. */
  synchronized long ended() {
    return ended;
  }

  /** The latest last, each on a line. */
  synchronized List<String> lines() {
    return calls.stream().map(TracedCall::toString).toList();
  }

  synchronized Optional<TracedCall> last() {
    return Optional.ofNullable(calls.peekLast());
  }

  /** Takes note of what was in a stream that the last call returned. */
  synchronized void listed(Stream<String> stream, List<String> keys) {
    last().filter(call -> call.returned(stream)).ifPresent(call -> call.end(keys));
  }

  /** The methods of the SPI behind the last call, and behind the last change before it. */
  synchronized List<String> lookAt() {
    Set<String> methods = new LinkedHashSet<>(last().map(TracedCall::lookAt).orElse(List.of()));
    Iterator<TracedCall> latestFirst = calls.descendingIterator();
    while (latestFirst.hasNext()) {
      TracedCall call = latestFirst.next();
      if (call.changes()) {
        methods.addAll(call.lookAt());
        break;
      }
    }
    return List.copyOf(methods);
  }
}
