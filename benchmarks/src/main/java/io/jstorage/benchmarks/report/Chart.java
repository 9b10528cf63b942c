package io.jstorage.benchmarks.report;

import java.util.List;
import java.util.Map;

/**
 * A plot of throughput to be drawn.
 *
 * @param <T> what is measured at a point
 * @param file the name of the file, without its ending
 * @param title the heading
 * @param across what grows to the right, each value of it one step
 * @param series the points of each line by its name
 */
public record Chart<T>(
    String file, String title, String across, Map<String, List<Point<T>>> series) {

  /**
   * A point of a line.
   *
   * @param <T> what is measured at it
   * @param x its value of what grows to the right
   * @param subject what is measured
   */
  public record Point<T>(int x, T subject) {}
}
