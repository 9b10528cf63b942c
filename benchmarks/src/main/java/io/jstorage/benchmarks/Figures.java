package io.jstorage.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The costs in each window, of JMH's results in JSON. */
final class Figures {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final String PRIMARY = "";
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final Map<String, Unit> COUNTERS =
      Map.of("nanos", Unit.NANOS, "bytes", Unit.BYTES, ALLOCATED, Unit.BYTES);

  /** Costs by the key of a subject and the name of a metric. */
  private final Map<String, Map<String, List<Double>>> costs = new HashMap<>();

  /**
   * Adds what JMH has written into a file; several measurements of a subject are taken together.
   */
  void read(Path json) {
    for (JsonNode result : JsonMapper.shared().readTree(json)) {
      Map<String, String> params = new TreeMap<>();
      result
          .path("params")
          .properties()
          .forEach(p -> params.put(p.getKey(), p.getValue().asString()));
      String benchmark = result.get("benchmark").asString().replaceFirst(".*\\.(.+\\..+)", "$1");
      Map<String, List<Double>> of =
          costs.computeIfAbsent(
              Subject.key(benchmark, result.get("threads").asInt(), params),
              key -> new HashMap<>());
      if (result.get("mode").asString().equals("thrpt")) {
        List<Double> windows = of.computeIfAbsent(PRIMARY, name -> new ArrayList<>());
        values(result.get("primaryMetric")).forEach(s -> windows.add(NANOS_PER_SECOND / s));
      }
      for (Map.Entry<String, JsonNode> metric : result.get("secondaryMetrics").properties()) {
        String name = metric.getKey();
        if (COUNTERS.containsKey(name)) {
          List<Double> windows = of.computeIfAbsent(name, each -> new ArrayList<>());
          // Allocations are of whole bytes; JMH's own ones add a part of one.
          values(metric.getValue())
              .forEach(value -> windows.add(name.equals(ALLOCATED) ? Math.rint(value) : value));
        }
      }
    }
  }

  private static List<Double> values(JsonNode metric) {
    List<Double> values = new ArrayList<>();
    metric.get("rawData").forEach(fork -> fork.forEach(window -> values.add(window.asDouble())));
    return values;
  }

  boolean has(Subject subject) {
    Map<String, List<Double>> of = costs.get(subject.key());
    return of != null && of.containsKey(metricOf(subject, of));
  }

  Unit unit(Subject subject) {
    return COUNTERS.getOrDefault(metricOf(subject, all(subject)), Unit.NANOS);
  }

  /** The least cost: what the machine allows when nobody else is at work on it. */
  double best(Subject subject) {
    return sorted(subject).get(0) / subject.per();
  }

  /** How far the windows are apart: the median over the best. */
  double spread(Subject subject) {
    List<Double> sorted = sorted(subject);
    return sorted.get(sorted.size() / 2) / sorted.get(0);
  }

  private List<Double> sorted(Subject subject) {
    Map<String, List<Double>> of = all(subject);
    return of.getOrDefault(metricOf(subject, of), List.of()).stream().sorted().toList();
  }

  private Map<String, List<Double>> all(Subject subject) {
    Map<String, List<Double>> of = costs.get(subject.key());
    if (of == null) {
      throw new IllegalStateException(subject.key() + " was not measured");
    }
    return of;
  }

  private static String metricOf(Subject subject, Map<String, List<Double>> of) {
    if (!subject.metric().isEmpty() || of.containsKey(PRIMARY)) {
      return subject.metric();
    }
    return of.keySet().iterator().next();
  }
}
