package io.jstorage.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Collects the rows of a section. */
final class Rows {
  private final List<Comparison> rows = new ArrayList<>();

  /** Begins rows of one subject, which all stand beside something. */
  Row put(String workload, Measurable ours) {
    return new Row(workload, ours);
  }

  /** Adds a row of what is measured once, judged by itself. */
  void probe(
      String workload, Class<? extends Probe> type, String argument, double atMost, Unit unit) {
    alone(workload, new ProbeRun(type, argument), Bound.cost(atMost), unit);
  }

  /** Adds a row that stands beside nothing. */
  void alone(String workload, Measurable ours, Bound bound, Unit unit) {
    rows.add(new Comparison(workload, ours, "", null, bound, unit));
  }

  List<Comparison> all() {
    return Collections.unmodifiableList(rows);
  }

  /** One subject beside others. */
  final class Row {
    private final String workload;
    private final Measurable ours;
    private Unit unit = Unit.NANOS;

    private Row(String workload, Measurable ours) {
      this.workload = workload;
      this.ours = ours;
    }

    Row in(Unit other) {
      unit = other;
      return this;
    }

    Row beside(String peerName, Measurable peer, Bound bound) {
      rows.add(new Comparison(workload, ours, peerName, peer, bound, unit));
      return this;
    }
  }
}
