package io.jstorage.benchmarks.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The scores of all iterations in JMH's JSON, as costs: nanoseconds or bytes of an operation. */
final class Scores {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Map<String, List<Double>> costs = new HashMap<>();
  private final Set<String> inBytes = new HashSet<>();

  /** Adds a file of JMH; the scores of several forks of a run are taken together. */
  void read(Path json) {
    for (JsonNode result : JsonMapper.shared().readTree(json)) {
      String benchmark = result.get("benchmark").asString().replaceFirst(".*\\.(.+\\..+)", "$1");
      Map<String, String> params = new TreeMap<>();
      result
          .path("params")
          .properties()
          .forEach(param -> params.put(param.getKey(), param.getValue().asString()));
      int threads = result.get("threads").asInt();
      String key = Run.key(benchmark, params, threads, "");
      JsonNode secondary = result.get("secondaryMetrics");
      // Beside a profiler the throughput is another one.
      if (result.get("mode").asString().equals("thrpt") && !secondary.has("gc.alloc.rate.norm")) {
        add(key, result.get("primaryMetric"), score -> NANOS_PER_SECOND / score);
      }
      add(key, secondary.path("nanos"), nanos -> nanos);
      add(key, secondary.path("bytes"), bytes -> bytes);
      // Allocations are of whole bytes; JMH's own ones add a part of one.
      String allocated = Run.key(benchmark, params, threads, "gc");
      add(allocated, secondary.path("gc.alloc.rate.norm"), Math::rint);
      if (secondary.has("bytes")) {
        inBytes.add(key);
      }
      inBytes.add(allocated);
    }
  }

  private void add(String key, JsonNode metric, DoubleUnaryOperator cost) {
    for (JsonNode fork : metric.path("rawData")) {
      for (JsonNode iteration : fork) {
        costs
            .computeIfAbsent(key, none -> new ArrayList<>())
            .add(cost.applyAsDouble(iteration.asDouble()));
      }
    }
  }

  boolean has(Run run) {
    return costs.containsKey(run.key());
  }

  /** Whether the cost is one of bytes; otherwise it is one of nanoseconds. */
  boolean inBytes(Run run) {
    return inBytes.contains(run.key());
  }

  /** The least cost: what the machine allows when nobody else is at work on it. */
  double best(Run run) {
    return sorted(run).get(0) / run.per();
  }

  /** How far the iterations are apart: the median over the best. */
  double spread(Run run) {
    List<Double> sorted = sorted(run);
    return sorted.get(sorted.size() / 2) / sorted.get(0);
  }

  private List<Double> sorted(Run run) {
    List<Double> of = costs.get(run.key());
    if (of == null) {
      throw new IllegalStateException(run.key() + " was not measured");
    }
    return of.stream().sorted().toList();
  }

  static String format(double cost, boolean bytes) {
    if (bytes) {
      return digits(cost) + " bytes";
    }
    if (cost >= 1e6) {
      return digits(cost / 1e6) + " ms";
    }
    return cost >= 1e3 ? digits(cost / 1e3) + " µs" : digits(cost) + " ns";
  }

  /** More than three are not to be had from a machine that others use too. */
  private static String digits(double value) {
    return new BigDecimal(value).round(new MathContext(3)).toPlainString();
  }
}
