package io.jstorage.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** The events and violations so far. */
final class Tally {
  private final Map<String, LongAdder> operations = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> failures = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> events = new ConcurrentSkipListMap<>();
  private final Map<String, Long> longest = new ConcurrentHashMap<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();

  void operation(String subject) {
    add(operations, subject, 1);
  }

  void failure(String subject, String type) {
    add(failures, subject + ": " + type, 1);
  }

  void event(String name) {
    add(events, name, 1);
  }

  void took(String name, long nanos) {
    event(name);
    longest.merge(name, nanos, Math::max);
  }

  void violation(String subject, Throwable failure) {
    StringBuilder text = new StringBuilder(subject + ": " + failure);
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      text.append(" <- ").append(cause);
    }
    violation(text.toString());
  }

  /** A promise was broken; it is told at once, as an hour may pass before the end. */
  void violation(String text) {
    System.out.println(text);
    violations.add(text);
  }

  boolean isSound() {
    return violations.isEmpty();
  }

  List<String> violations() {
    return new ArrayList<>(violations);
  }

  long operationsOf(String subject) {
    return sum(operations, subject);
  }

  long events(String name) {
    return sum(events, name);
  }

  private static long sum(Map<String, LongAdder> counts, String name) {
    LongAdder count = counts.get(name);
    return count == null ? 0 : count.sum();
  }

  private static void add(Map<String, LongAdder> counts, String name, long count) {
    counts.computeIfAbsent(name, key -> new LongAdder()).add(count);
  }

  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    long all = operations.values().stream().mapToLong(LongAdder::sum).sum();
    line(table, "operations", all);
    operations.forEach((name, count) -> line(table, "  " + name, count.sum()));
    events.forEach(
        (name, count) -> {
          Long nanos = longest.get(name);
          String most = nanos == null ? "" : ", the longest " + nanos / 1_000_000 + " ms";
          table.append("%-58s %12d%s%n".formatted(name, count.sum(), most));
        });
    line(table, "failures", failures.values().stream().mapToLong(LongAdder::sum).sum());
    failures.forEach((name, count) -> line(table, "  " + name, count.sum()));
    line(table, "violations", violations.size());
    return table.toString();
  }

  private static void line(StringBuilder table, String name, long count) {
    table.append("%-58s %12d%n".formatted(name, count));
  }
}
