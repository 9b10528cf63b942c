package io.jstorage.benchmarks;

import io.jstorage.benchmarks.report.Chart;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Measures the plan and writes {@code results}. The subjects of a section take turns, each time in
 * a JVM of its own, so that other work of the machine slows all of them alike. A subject is
 * measured in several windows of time, of which the best one counts.
 */
public final class Main {
  private Main() {}

  /** Takes the name of a {@link Form}, and a regular expression for the sections. */
  public static void main(String[] args) throws Exception {
    Form form = Form.valueOf(args[0].toUpperCase(Locale.ROOT));
    Pattern only = Pattern.compile(args[1]);
    List<Section> sections =
        Plan.sections().stream().filter(s -> only.matcher(s.name()).find()).toList();
    Figures figures = new Figures();
    Path scratch = Scratch.makeRoot();
    try {
      for (Section section : sections) {
        measure(section, form, figures);
      }
      new Report(form, sections, figures).write(Path.of("results"));
    } finally {
      Scratch.delete(scratch);
    }
  }

  /** Measures a section. Subjects without a target take part in the first round only. */
  private static void measure(Section section, Form form, Figures figures) throws Exception {
    Set<Measurable> judged = new LinkedHashSet<>();
    Set<Measurable> all = new LinkedHashSet<>();
    for (Comparison comparison : section.comparisons()) {
      for (Measurable subject : Arrays.asList(comparison.ours(), comparison.peer())) {
        add(all, subject);
        if (comparison.bound().kind() != Bound.Kind.NONE) {
          add(judged, subject);
        }
      }
    }
    for (Chart<Measurable> chart : section.charts()) {
      chart.series().values().forEach(line -> line.forEach(point -> add(all, point.subject())));
    }
    for (int round = 1; round <= form.rounds; round++) {
      for (Measurable subject : round == 1 ? all : judged) {
        System.out.printf("%s %d/%d %s%n", section.name(), round, form.rounds, subject.name());
        figures.add(subject, subject.measure(form));
      }
    }
  }

  private static void add(Set<Measurable> subjects, @Nullable Measurable subject) {
    if (subject instanceof Quotient quotient) {
      add(subjects, quotient.dividend());
      add(subjects, quotient.divisor());
    } else if (subject != null) {
      subjects.add(subject);
    }
  }
}
