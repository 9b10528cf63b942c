package io.jstorage.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Lets JMH measure comparisons of the plan, and makes tables and plots of its results. */
public final class Main {
  private static final Path OUTPUT = Path.of("target", "jmh");
  private static final String USAGE =
      """
      run FORM REGEX  measure and publish the sections whose whole names match, or else measure the
                      rows in whose workload it is found; FORM is trial, short, medium or full
      list            the comparisons
      """;

  private Main() {}

  /** Prints what can be done, if nothing is asked for. */
  public static void main(String[] args) throws Exception {
    List<Section> plan = Plan.read();
    if (args.length == 1 && args[0].equals("list")) {
      plan.forEach(Main::list);
    } else if (args.length == 3 && args[0].equals("run")) {
      run(plan, form(args[1]), Pattern.compile(args[2]));
    } else {
      System.out.print(USAGE);
    }
  }

  private static Form form(String name) {
    return Form.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static void list(Section section) {
    System.out.println(section.name());
    for (Row row : section.rows()) {
      System.out.printf(
          "  %s%s%n", row.workload(), row.peerName().isEmpty() ? "" : ", beside " + row.peerName());
    }
  }

  private static void run(List<Section> plan, Form form, Pattern only) throws Exception {
    List<Section> chosen = plan.stream().filter(s -> only.matcher(s.name()).matches()).toList();
    boolean whole = !chosen.isEmpty();
    if (!whole) {
      chosen =
          plan.stream()
              .map(section -> section.only(row -> only.matcher(row.workload()).find()))
              .filter(section -> !section.rows().isEmpty())
              .toList();
    }
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("no section and no workload matches " + only);
    }
    Path scratch = Scratch.make();
    System.setProperty(Scratch.PROPERTY, scratch.toString());
    Files.createDirectories(OUTPUT);
    String origin = origin(form, scratch);
    Set<String> failed = new LinkedHashSet<>();
    try {
      for (Section section : chosen) {
        Figures figures = new Figures();
        figures.read(measure(section, form, failed));
        Report report = new Report(figures, origin);
        if (whole) {
          report.publish(List.of(section), plan, results(form));
        }
        System.out.printf("%n%s. %s%n%n%s%n", section.name(), origin, report.table(section));
      }
    } finally {
      Scratch.delete(scratch);
    }
    if (!failed.isEmpty()) {
      throw new IllegalStateException("not measured: " + failed);
    }
  }

  private static Path results(Form form) {
    return form == Form.TRIAL ? OUTPUT : Path.of("results");
  }

  private static String origin(Form form, Path scratch) throws IOException {
    return "Measured on %s (UTC) in the form `%s`:\n%s."
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            form.name().toLowerCase(Locale.ROOT),
            Machine.describe(scratch));
  }

  /** The subjects take turns, so that other work of the machine slows all of them alike. */
  private static Path measure(Section section, Form form, Collection<String> failed) {
    Collection<Subject> subjects = section.subjects();
    List<RunResult> results = new ArrayList<>();
    for (int turn = 1; turn <= form.turns; turn++) {
      int number = 1;
      for (Subject subject : subjects) {
        System.out.printf(
            "%s, turn %d of %d, %d of %d: %s%n",
            section.name(), turn, form.turns, number++, subjects.size(), subject.key());
        try {
          results.addAll(measure(subject, form));
        } catch (RunnerException e) {
          e.printStackTrace();
          failed.add(subject.key());
        }
      }
    }
    Path json =
        OUTPUT.resolve(
            section.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".json");
    ResultFormatFactory.getInstance(ResultFormatType.JSON, json.toString()).writeOut(results);
    return json;
  }

  private static Collection<RunResult> measure(Subject subject, Form form) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\." + Pattern.quote(subject.benchmark()) + "$")
            .threads(subject.threads())
            .jvmArgsAppend(
                "-D" + Scratch.PROPERTY + "=" + Scratch.root(),
                "-Djstorage.redis.server=" + System.getProperty("jstorage.redis.server", ""))
            .warmupTime(TimeValue.milliseconds(form.warmupMillis))
            .measurementTime(TimeValue.milliseconds(form.windowMillis))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    subject.params().forEach(options::param);
    if (subject.entry().getMode() == Mode.Throughput) {
      options.measurementIterations(form.windows);
    }
    if (subject.metric().startsWith("gc.")) {
      options.addProfiler(GCProfiler.class);
    }
    return new Runner(options.build()).run();
  }
}
