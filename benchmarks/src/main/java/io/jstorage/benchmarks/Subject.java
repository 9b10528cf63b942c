package io.jstorage.benchmarks;

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
 * One thing that is measured: a JMH benchmark with a value for each of its parameters.
 *
 * @param benchmark its class and method, such as {@code CacheBenchmark.hit}
 * @param threads how many threads call it
 * @param params the values of all of its parameters
 * @param metric the secondary metric of JMH that is its cost, such as {@code gc.alloc.rate.norm};
 *     empty for its only one, or for the inverse of its throughput
 * @param per by what its cost is divided
 */
record Subject(
    String benchmark, int threads, Map<String, String> params, String metric, double per) {
  private static final BenchmarkList ALL = BenchmarkList.defaultList();

  /**
   * Reads a subject. Its text is the benchmark and {@code name=value} for parameters that are not
   * the first of their defaults, and for {@code threads}, {@code metric} and {@code per}. A value
   * may be the name of another parameter, which it then equals.
   *
   * @param base a subject of which only differences are named, such as {@code .method} for another
   *     benchmark of the class; null if there is none
   * @throws IllegalArgumentException if JMH knows no such benchmark, or that no such parameter
   */
  static Subject parse(String text, @Nullable Subject base) {
    String benchmark = base == null ? "" : base.benchmark;
    Map<String, String> given = new TreeMap<>();
    if (base != null) {
      given.putAll(base.params);
      given.put("threads", String.valueOf(base.threads));
      given.put("metric", base.metric);
      given.put("per", String.valueOf(base.per));
    }
    for (String part : text.replace("method=", ".").split(" ", -1)) {
      int sign = part.indexOf('=');
      if (sign > 0) {
        given.put(part.substring(0, sign), part.substring(sign + 1));
      } else if (part.startsWith(".")) {
        benchmark = benchmark.replaceFirst("\\..*|$", part);
      } else {
        benchmark = part;
        given.clear();
      }
    }
    given.replaceAll((name, value) -> given.getOrDefault(value, value));
    int threads = Integer.parseInt(remove(given, "threads", "1"));
    String metric = remove(given, "metric", "");
    double per = Double.parseDouble(remove(given, "per", "1"));
    return new Subject(benchmark, threads, complete(benchmark, given), metric, per);
  }

  private static String remove(Map<String, String> given, String name, String otherwise) {
    String value = given.remove(name);
    return value == null ? otherwise : value;
  }

  private static Map<String, String> complete(String benchmark, Map<String, String> given) {
    Map<String, String[]> known = entry(benchmark).getParams().orElse(Map.of());
    Map<String, String> params = new TreeMap<>();
    known.forEach((name, values) -> params.put(name, values[0]));
    given.forEach(
        (name, value) -> {
          if (params.replace(name, value) == null) {
            throw new IllegalArgumentException(benchmark + " has no parameter " + name);
          }
        });
    return params;
  }

  private static BenchmarkListEntry entry(String benchmark) {
    SortedSet<BenchmarkListEntry> found =
        ALL.find(
            OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
            List.of("\\." + Pattern.quote(benchmark) + "$"),
            List.of());
    if (found.size() != 1) {
      throw new IllegalArgumentException("no benchmark is called " + benchmark);
    }
    return found.first();
  }

  /** The entry of JMH's list. */
  BenchmarkListEntry entry() {
    return entry(benchmark);
  }

  /** The same for all subjects that one run of JMH measures. */
  String key() {
    return key(benchmark, threads, params);
  }

  static String key(String benchmark, int threads, Map<String, String> params) {
    return benchmark + new TreeMap<>(params) + (threads == 1 ? "" : "×" + threads);
  }
}
