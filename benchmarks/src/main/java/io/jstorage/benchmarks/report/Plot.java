package io.jstorage.benchmarks.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A plot as an SVG image: one line a series, upwards from zero.
 *
 * @param file the name of the file, without its ending
 * @param title the heading
 * @param throughput whether operations of a second are drawn; else the time of one
 * @param across what grows to the right
 * @param series the runs of each line by its name, each by its step to the right
 */
record Plot(
    String file,
    String title,
    boolean throughput,
    String across,
    Map<String, Map<String, Run>> series) {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int LEFT = 70;
  private static final int RIGHT = 200;
  private static final int TOP = 40;
  private static final int BOTTOM = 50;
  private static final int GRID_LINES = 5;
  private static final List<String> COLOURS =
      List.of("#c1121f", "#6c757d", "#0077b6", "#2a9d8f", "#e09f3e", "#7b2cbf");
  private static final Pattern LIST = Pattern.compile("\\w+(,\\w+)*$");

  /** Reads the cells of a line of the plan. */
  static Plot of(String[] cells) {
    Map<String, Map<String, Run>> series = new LinkedHashMap<>();
    for (Map.Entry<String, String> line : each(cells[3]).entrySet()) {
      Map<String, Run> points = new LinkedHashMap<>();
      each(cells[4])
          .forEach(
              (step, option) -> points.put(step, Run.parse(line.getValue() + " " + option, null)));
      series.put(line.getKey().toLowerCase(Locale.ROOT).replace('_', ' '), points);
    }
    if (!cells[2].equals("throughput") && !cells[2].equals("latency")) {
      throw new IllegalArgumentException("neither throughput nor latency: " + cells[2]);
    }
    String across = cells[4].startsWith("-t") ? "threads" : cells[4].replaceAll("-p |=.*", "");
    return new Plot(
        cells[0].substring("plot ".length()),
        cells[1],
        cells[2].equals("throughput"),
        across,
        series);
  }

  /** Returns arguments for each of the values at their end, by the value. */
  private static Map<String, String> each(String arguments) {
    Map<String, String> each = new LinkedHashMap<>();
    Matcher list = LIST.matcher(arguments);
    if (list.find()) {
      for (String value : list.group().split(",", -1)) {
        each.put(value, arguments.substring(0, list.start()) + value);
      }
    }
    return each;
  }

  Stream<Run> runs() {
    return series.values().stream().flatMap(points -> points.values().stream());
  }

  /**
   * Draws.
   *
   * @param nanos the cost of an operation, in nanoseconds
   */
  String svg(ToDoubleFunction<Run> nanos) {
    ToDoubleFunction<Run> value =
        run -> throughput ? 1e3 / nanos.applyAsDouble(run) : nanos.applyAsDouble(run) / 1e3;
    double highest = runs().mapToDouble(value).max().orElse(1);
    String unit = throughput ? "million operations a second" : "microseconds an operation";
    List<String> svg = new ArrayList<>();
    svg.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">"
            .formatted(WIDTH, HEIGHT));
    svg.add("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
    svg.add("<text x=\"%d\" y=\"24\" font-size=\"15\">%s, %s</text>".formatted(LEFT, title, unit));
    for (int i = 0; i <= GRID_LINES; i++) {
      double y = y((double) i / GRID_LINES);
      svg.add(
          format(
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>",
              LEFT, WIDTH - RIGHT, y, y));
      BigDecimal level = new BigDecimal(highest * i / GRID_LINES).round(new MathContext(2));
      svg.add(text(LEFT - 8, y + 4, "end", level.toPlainString()));
    }
    svg.add(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", across));
    int number = 0;
    for (Map.Entry<String, Map<String, Run>> line : series.entrySet()) {
      String colour = COLOURS.get(number % COLOURS.size());
      List<String> path = new ArrayList<>();
      for (Map.Entry<String, Run> point : line.getValue().entrySet()) {
        double x = x(path.size(), line.getValue().size());
        double y = y(value.applyAsDouble(point.getValue()) / highest);
        if (number == 0) {
          String step = format("%,d", Integer.parseInt(point.getKey()));
          svg.add(text(x, HEIGHT - BOTTOM + 18, "middle", step));
        }
        path.add(format("%.1f,%.1f", x, y));
        svg.add(format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y, colour));
      }
      svg.add(
          "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>"
              .formatted(String.join(" ", path), colour));
      int x = WIDTH - RIGHT + 20;
      int y = TOP + 10 + 20 * number++;
      svg.add(
          "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>"
              .formatted(x, y, colour));
      svg.add(text(x + 18, y + 11, "start", line.getKey()));
    }
    return String.join("\n", svg) + "\n</svg>\n";
  }

  private static String text(double x, double y, String anchor, String text) {
    return format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, text);
  }

  private static double x(int step, int steps) {
    return LEFT + (WIDTH - LEFT - RIGHT) * (step + 0.5) / steps;
  }

  private static double y(double height) {
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * height;
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
