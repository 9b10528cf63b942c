package io.jstorage.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Measures the plan and writes {@code results}. The subjects of a section take turns, each time in
 * a JVM of its own, so that what else goes on in the machine hits all of them alike; of all windows
 * the best one counts.
 */
public final class Main {
  private Main() {}

  /** Takes the form, {@code short} or {@code full}, and a regular expression for the sections. */
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

  private static void measure(Section section, Form form, Figures figures) throws Exception {
    Set<Measurable> subjects = new LinkedHashSet<>();
    for (Comparison comparison : section.comparisons()) {
      add(subjects, comparison.ours());
      add(subjects, comparison.peer());
    }
    section
        .charts()
        .forEach(
            chart ->
                chart
                    .series()
                    .values()
                    .forEach(s -> s.forEach(point -> subjects.add(point.subject()))));
    for (int round = 1; round <= form.rounds; round++) {
      for (Measurable subject : subjects) {
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
