package io.jstorage.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Draws a plot as an SVG image: one line a series, upwards from zero. */
final class SvgPlot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int LEFT = 70;
  private static final int RIGHT = 200;
  private static final int TOP = 40;
  private static final int BOTTOM = 50;
  private static final int GRID_LINES = 5;
  private static final List<String> COLOURS =
      List.of("#c1121f", "#6c757d", "#0077b6", "#2a9d8f", "#e09f3e", "#7b2cbf");

  private final StringBuilder svg = new StringBuilder();

  private SvgPlot() {}

  /**
   * Draws.
   *
   * @param nanos the cost of an operation, in nanoseconds
   */
  static String draw(Plot plot, ToDoubleFunction<Subject> nanos) {
    SvgPlot drawing = new SvgPlot();
    drawing.drawAll(plot, subject -> plot.height().of(nanos.applyAsDouble(subject)));
    return drawing.svg.toString();
  }

  private void drawAll(Plot plot, ToDoubleFunction<Subject> value) {
    double highest = plot.subjects().mapToDouble(value).max().orElse(1);
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">",
        WIDTH, HEIGHT);
    add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    add(
        "<text x=\"%d\" y=\"24\" font-size=\"15\">%s, %s</text>",
        LEFT, plot.title(), plot.height().unit);
    for (int i = 0; i <= GRID_LINES; i++) {
      double level = highest * i / GRID_LINES;
      double y = y(level, highest);
      add(
          "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>",
          LEFT, WIDTH - RIGHT, y, y);
      add(
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
          LEFT - 8, y + 4, digits(level));
    }
    int steps = plot.steps().size();
    for (int i = 0; i < steps; i++) {
      add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,d</text>",
          x(i, steps), HEIGHT - BOTTOM + 18, Integer.parseInt(plot.steps().get(i)));
    }
    add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
        (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, plot.across());
    int number = 0;
    for (Map.Entry<String, List<Subject>> line : plot.series().entrySet()) {
      drawLine(line.getKey(), line.getValue(), value, highest, number++);
    }
    add("</svg>");
  }

  private void drawLine(
      String name,
      List<Subject> points,
      ToDoubleFunction<Subject> value,
      double highest,
      int number) {
    String colour = COLOURS.get(number % COLOURS.size());
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < points.size(); i++) {
      double x = x(i, points.size());
      double y = y(value.applyAsDouble(points.get(i)), highest);
      path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y, colour);
    }
    add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
        path.toString().strip(), colour);
    int y = TOP + 10 + 20 * number;
    add(
        "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>",
        WIDTH - RIGHT + 20, y, colour);
    add("<text x=\"%d\" y=\"%d\">%s</text>", WIDTH - RIGHT + 38, y + 11, name);
  }

  private static double x(int step, int steps) {
    double width = WIDTH - LEFT - RIGHT;
    return steps == 1 ? LEFT + width / 2 : LEFT + width * (step + 0.5) / steps;
  }

  private static double y(double value, double highest) {
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / highest;
  }

  private static String digits(double value) {
    return new BigDecimal(value).round(new MathContext(2)).toPlainString();
  }

  private void add(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
