package io.jstorage.benchmarks.report;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A benchmark as JMH runs it.
 *
 * @param benchmark its class and method, such as {@code CacheBenchmark.hit}
 * @param params the value of each of its parameters
 * @param threads how many threads call it
 * @param profiler the profiler whose score counts, {@code gc}; empty for the benchmark's own score
 * @param per by what the score is divided
 */
record Run(String benchmark, Map<String, String> params, int threads, String profiler, double per) {
  private static final BenchmarkList ALL = BenchmarkList.defaultList();

  /**
   * Reads the arguments of JMH's command line, of which a benchmark, {@code -p}, {@code -t} and
   * {@code -prof} are known, and besides them {@code per=}.
   *
   * @param base the run that holds where nothing else is said, and in whose class {@code .method}
   *     is; null for the defaults of JMH
   * @throws IllegalArgumentException if JMH knows no such benchmark, or that no such parameter
   */
  static Run parse(String arguments, @Nullable Run base) {
    String benchmark = base == null ? "" : base.benchmark;
    Map<String, String> params = new TreeMap<>(base == null ? Map.of() : base.params);
    int threads = base == null ? 1 : base.threads;
    String profiler = base == null ? "" : base.profiler;
    double per = base == null ? 1 : base.per;
    for (Iterator<String> words = List.of(arguments.split(" ", -1)).iterator(); words.hasNext(); ) {
      String word = words.next();
      if (word.equals("-p")) {
        String[] param = words.next().split("=", 2);
        if (params.replace(param[0], param[1]) == null) {
          throw new IllegalArgumentException(benchmark + " has no parameter " + param[0]);
        }
        if (param[1].contains(",")) {
          throw new IllegalArgumentException("to JMH, these are several values: " + param[1]);
        }
      } else if (word.equals("-t")) {
        threads = Integer.parseInt(words.next());
      } else if (word.equals("-prof")) {
        profiler = words.next();
      } else if (word.startsWith("per=")) {
        per = Double.parseDouble(word.substring("per=".length()));
      } else if (word.startsWith(".")) {
        benchmark = benchmark.replaceFirst("\\..*", word);
      } else {
        benchmark = word;
        params.clear();
        entry(word).getParams().orElse(Map.of()).forEach((name, of) -> params.put(name, of[0]));
      }
    }
    entry(benchmark);
    return new Run(benchmark, params, threads, profiler, per);
  }

  private static BenchmarkListEntry entry(String benchmark) {
    SortedSet<BenchmarkListEntry> found =
        ALL.find(
            OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
            List.of(regex(benchmark)),
            List.of());
    if (found.size() != 1) {
      throw new IllegalArgumentException("no benchmark is called " + benchmark);
    }
    return found.first();
  }

  private static String regex(String benchmark) {
    return "\\." + Pattern.quote(benchmark) + "$";
  }

  /** The entry of JMH's list. */
  BenchmarkListEntry entry() {
    return entry(benchmark);
  }

  /** The arguments of JMH's command line. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of(key().split(" ", -1)));
    arguments.set(0, regex(benchmark));
    return arguments;
  }

  /** The same for all runs that have one score. */
  String key() {
    return key(benchmark, params, threads, profiler);
  }

  static String key(String benchmark, Map<String, String> params, int threads, String profiler) {
    StringBuilder key = new StringBuilder(benchmark);
    new TreeMap<>(params).forEach((name, value) -> key.append(" -p " + name + "=" + value));
    return key + " -t " + threads + (profiler.isEmpty() ? "" : " -prof " + profiler);
  }
}
