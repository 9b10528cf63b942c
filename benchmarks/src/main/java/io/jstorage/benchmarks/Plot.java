package io.jstorage.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A plot to be drawn.
 *
 * @param file the name of the file, without its ending
 * @param title the heading
 * @param height what is drawn of each point
 * @param across what grows to the right
 * @param steps its values, each one step
 * @param series the subjects of each line by its name, one for each step
 */
record Plot(
    String file,
    String title,
    Height height,
    String across,
    List<String> steps,
    Map<String, List<Subject>> series) {
  /** The figure that is drawn from the cost of an operation. */
  enum Height {
    THROUGHPUT("million operations a second") {
      @Override
      double of(double nanos) {
        return Unit.NANOS_PER_MICRO / nanos;
      }
    },
    LATENCY("microseconds an operation") {
      @Override
      double of(double nanos) {
        return nanos / Unit.NANOS_PER_MICRO;
      }
    };

    final String unit;

    Height(String unit) {
      this.unit = unit;
    }

    abstract double of(double nanos);
  }

  Stream<Subject> subjects() {
    return series.values().stream().flatMap(List::stream);
  }
}
