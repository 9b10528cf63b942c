package io.jstorage.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A part of the plan, whose subjects take turns.
 *
 * @param name the heading
 * @param rows the rows of the table
 * @param plots the plots
 */
record Section(String name, List<Row> rows, List<Plot> plots) {
  /** All that is measured, once each. */
  Collection<Subject> subjects() {
    Map<String, Subject> subjects = new LinkedHashMap<>();
    for (Row row : rows) {
      add(subjects, row.ours());
      if (row.peer() != null) {
        add(subjects, row.peer());
      }
    }
    plots.forEach(plot -> plot.subjects().forEach(subject -> add(subjects, subject)));
    return subjects.values();
  }

  private static void add(Map<String, Subject> subjects, Subject subject) {
    subjects.putIfAbsent(subject.key() + subject.metric(), subject);
  }

  /** Returns the rows that a condition holds for, without the plots. */
  Section only(Predicate<Row> condition) {
    return new Section(name, rows.stream().filter(condition).toList(), List.of());
  }
}
