package io.jstorage.benchmarks.report;

import java.util.List;
import java.util.Map;

/**
 * A plot to be drawn.
 *
 * @param <T> what is measured at a point
 * @param file the name of the file, without its ending
 * @param title the heading
 * @param height what is drawn of each point
 * @param across what grows to the right, each value of it one step
 * @param series the points of each line by its name
 */
public record Chart<T>(
    String file, String title, Height height, String across, Map<String, List<Point<T>>> series) {

  /** The figure that is drawn from the cost of an operation. */
  public enum Height {
    THROUGHPUT("million operations a second") {
      @Override
      double of(double nanos) {
        return NANOS_PER_MICRO / nanos;
      }
    },
    LATENCY("microseconds an operation") {
      @Override
      double of(double nanos) {
        return nanos / NANOS_PER_MICRO;
      }
    };

    private static final double NANOS_PER_MICRO = 1e3;

    final String unit;

    Height(String unit) {
      this.unit = unit;
    }

    abstract double of(double nanos);
  }

  /**
   * A point of a line.
   *
   * @param <T> what is measured at it
   * @param x its value of what grows to the right
   * @param subject what is measured
   */
  public record Point<T>(int x, T subject) {}
}
