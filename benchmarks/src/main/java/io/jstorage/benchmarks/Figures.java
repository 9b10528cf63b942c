package io.jstorage.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The costs of each window of all that was measured. */
final class Figures {
  private final Map<Measurable, List<Double>> windows = new LinkedHashMap<>();

  void add(Measurable subject, List<Double> costs) {
    windows.computeIfAbsent(subject, s -> new ArrayList<>()).addAll(costs);
  }

  /** The least cost: what the machine allows when nobody else is at work on it. */
  double best(Measurable subject) {
    if (subject instanceof Quotient quotient) {
      return best(quotient.dividend()) / best(quotient.divisor());
    }
    return Collections.min(of(subject));
  }

  /** How far the windows are apart: the median over the best. */
  double spread(Measurable subject) {
    if (subject instanceof Quotient quotient) {
      return Math.max(spread(quotient.dividend()), spread(quotient.divisor()));
    }
    List<Double> sorted = of(subject).stream().sorted().toList();
    return sorted.get(sorted.size() / 2) / sorted.get(0);
  }

  private List<Double> of(Measurable subject) {
    List<Double> costs = windows.get(subject);
    if (costs == null) {
      throw new IllegalStateException(subject.name() + " was not measured");
    }
    return costs;
  }

  Map<Measurable, List<Double>> all() {
    return Collections.unmodifiableMap(windows);
  }
}
