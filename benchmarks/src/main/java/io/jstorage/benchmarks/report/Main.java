package io.jstorage.benchmarks.report;

import io.jstorage.benchmarks.Scratch;
import io.jstorage.benchmarks.report.Plan.Row;
import io.jstorage.benchmarks.report.Plan.Section;
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
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Lets JMH measure comparisons of the plan, and makes tables and plots of its JSON. */
public final class Main {
  private static final Path OUTPUT = Path.of("target", "jmh");
  private static final String USAGE =
      """
      run FORM REGEX  measure and publish the sections whose whole names match, or else measure the
                      rows in whose workload it is found; FORM is trial, short, medium or full
      list            the comparisons
      """;

  /** How long is measured: how many forks there are, and what JMH's options change. */
  private enum Form {
    /** Shows that everything runs; its scores mean nothing, and are not published. */
    TRIAL(1, "-w 50ms -i 1 -r 50ms"),
    /** As the annotations of the benchmarks say: one comparison within a minute or two. */
    SHORT(1, ""),
    MEDIUM(2, "-i 3"),
    /** For hours of a machine that has nothing else to do. */
    FULL(5, "-w 3s -i 5 -r 1s");

    final int forks;
    final String options;

    Form(int forks, String options) {
      this.forks = forks;
      this.options = options;
    }
  }

  private Main() {}

  /** Prints what can be done, if nothing is asked for. */
  public static void main(String[] args) throws Exception {
    List<Section> plan = Plan.read();
    if (args.length == 1 && args[0].equals("list")) {
      plan.forEach(Main::list);
    } else if (args.length == 3 && args[0].equals("run")) {
      Form form = Form.valueOf(args[1].toUpperCase(Locale.ROOT));
      run(plan, form, Pattern.compile(args[2]));
    } else {
      System.out.print(USAGE);
    }
  }

  private static void list(Section section) {
    System.out.println(section.name());
    for (Row row : section.rows()) {
      String beside = row.beside().isEmpty() ? "" : ", beside " + row.beside();
      System.out.println("  " + row.workload() + beside);
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
    System.setProperty(Scratch.OF_RUN, scratch.toString());
    Files.createDirectories(OUTPUT);
    String origin =
        "Measured on %s (UTC) in the form `%s`:\n%s."
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                form.name().toLowerCase(Locale.ROOT),
                Machine.describe(scratch));
    Set<String> failed = new LinkedHashSet<>();
    try {
      for (Section section : chosen) {
        Set<String> failedHere = new LinkedHashSet<>();
        Scores scores = new Scores();
        scores.read(measure(section, form, failedHere));
        failed.addAll(failedHere);
        Report report = new Report(scores, origin);
        if (whole && failedHere.isEmpty()) {
          report.publish(section, plan, form == Form.TRIAL ? OUTPUT : Path.of("results"));
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

  /** A fork of each run, then the next of each, so that other work slows all of them alike. */
  private static Path measure(Section section, Form form, Set<String> failed) throws Exception {
    Collection<Run> runs = section.runs();
    List<RunResult> results = new ArrayList<>();
    for (int fork = 1; fork <= form.forks; fork++) {
      int number = 1;
      for (Run run : runs) {
        System.out.printf(
            "%s, fork %d of %d, %d of %d: %s%n",
            section.name(), fork, form.forks, number++, runs.size(), run.key());
        try {
          results.addAll(measure(run, form));
        } catch (RunnerException e) {
          e.printStackTrace();
          failed.add(run.key());
        }
      }
    }
    String file = section.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".json";
    Path json = OUTPUT.resolve(file);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, json.toString()).writeOut(results);
    return json;
  }

  private static Collection<RunResult> measure(Run run, Form form)
      throws RunnerException, CommandLineOptionException {
    List<String> arguments = new ArrayList<>(run.arguments());
    if (run.entry().getMode() == Mode.Throughput && !form.options.isEmpty()) {
      arguments.addAll(List.of(form.options.split(" ", -1)));
    }
    return new Runner(
            new OptionsBuilder()
                .parent(new CommandLineOptions(arguments.toArray(String[]::new)))
                .jvmArgsAppend(
                    "-D" + Scratch.OF_RUN + "=" + System.getProperty(Scratch.OF_RUN),
                    "-Djstorage.redis.server=" + System.getProperty("jstorage.redis.server", ""))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build())
        .run();
  }
}
