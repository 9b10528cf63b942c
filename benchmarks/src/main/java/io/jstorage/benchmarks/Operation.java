package io.jstorage.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A JMH benchmark with its parameters. Its cost is in nanoseconds an operation, with all threads
 * together: the inverse of the throughput.
 *
 * @param type the class of the benchmark
 * @param method its method
 * @param threads how many call it at once
 * @param warmups how many times as long as the form says it is warmed up
 * @param parameters the values of its parameters, by name
 */
record Operation(
    Class<?> type, String method, int threads, int warmups, Map<String, String> parameters)
    implements Measurable {
  private static final double NANOS = 1e9;

  Operation {
    parameters = new TreeMap<>(parameters);
  }

  Operation with(String parameter, Object value) {
    Map<String, String> more = new TreeMap<>(parameters);
    more.put(parameter, value.toString());
    return new Operation(type, method, threads, warmups, more);
  }

  Operation on(int threadCount) {
    return new Operation(type, method, threadCount, warmups, parameters);
  }

  /**
   * Returns this operation with a longer warm-up: much code, such as a client and a server in Java,
   * needs longer to be compiled.
   */
  Operation warm(int times) {
    return new Operation(type, method, threads, times, parameters);
  }

  static Operation of(Class<?> type, String method) {
    return new Operation(type, method, 1, 1, Map.of());
  }

  @Override
  public String name() {
    return type.getSimpleName() + "." + method + parameters + (threads == 1 ? "" : "×" + threads);
  }

  @Override
  public List<Double> measure(Form form) throws Exception {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(type.getName().replace(".", "\\.") + "\\." + method + "$")
            .mode(Mode.Throughput)
            .timeUnit(TimeUnit.SECONDS)
            .threads(threads)
            .forks(1)
            .jvmArgs("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-XX:+UseParallelGC")
            .jvmArgsAppend(Forks.properties().toArray(String[]::new))
            .warmupIterations(1)
            .warmupTime(TimeValue.milliseconds((long) form.warmupMillis * warmups))
            .measurementIterations(form.windows)
            .measurementTime(TimeValue.milliseconds(form.windowMillis))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    parameters.forEach(options::param);
    List<Double> costs = new ArrayList<>();
    for (RunResult run : new Runner(options.build()).run()) {
      for (BenchmarkResult fork : run.getBenchmarkResults()) {
        for (IterationResult window : fork.getIterationResults()) {
          costs.add(NANOS / window.getPrimaryResult().getScore());
        }
      }
    }
    return costs;
  }
}
