package io.jstorage.benchmarks;

import io.jstorage.benchmarks.report.Chart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** Makes plots of one line an engine. */
final class Curves {
  private Curves() {}

  static <E extends Enum<E>> Chart<Measurable> draw(
      String file,
      String title,
      Chart.Height height,
      String across,
      List<E> engines,
      List<Integer> steps,
      BiFunction<E, Integer, Operation> operation) {
    Map<String, List<Chart.Point<Measurable>>> series = new LinkedHashMap<>();
    for (E engine : engines) {
      List<Chart.Point<Measurable>> points = new ArrayList<>();
      for (int step : steps) {
        points.add(new Chart.Point<>(step, operation.apply(engine, step)));
      }
      series.put(nameOf(engine), points);
    }
    return new Chart<>(file, title, height, across, series);
  }

  static String nameOf(Enum<?> engine) {
    return engine.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
