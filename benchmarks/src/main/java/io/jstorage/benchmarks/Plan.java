package io.jstorage.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the comparisons, which are the lines of {@code plan.txt}; its head says how. */
final class Plan {
  private static final Pattern ALTERNATIVES = Pattern.compile("\\{([^}]*)\\}");
  private static final String ALONE = "";

  private final List<Section> sections = new ArrayList<>();
  private List<Row> rows = new ArrayList<>();
  private List<Plot> plots = new ArrayList<>();
  private final List<String> block = new ArrayList<>();

  private Plan() {}

  /** Reads the plan of this module. */
  static List<Section> read() throws IOException {
    try (InputStream in = Objects.requireNonNull(Plan.class.getResourceAsStream("plan.txt"))) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /**
   * Reads a plan.
   *
   * @throws IllegalArgumentException with the lines that cannot be read
   */
  static List<Section> parse(String text) {
    Plan plan = new Plan();
    text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(plan::line);
    plan.endBlock();
    return List.copyOf(plan.sections);
  }

  private void line(String line) {
    if (line.startsWith("#")) {
      return;
    }
    if (line.startsWith("- ")) {
      block.add(line.substring(2));
      return;
    }
    endBlock();
    if (line.startsWith("== ")) {
      rows = new ArrayList<>();
      plots = new ArrayList<>();
      sections.add(new Section(line.substring(3), rows, plots));
    } else if (sections.isEmpty()) {
      throw new IllegalArgumentException("a row before the first section: " + line);
    } else {
      block.add(line);
    }
  }

  private void endBlock() {
    if (block.isEmpty()) {
      return;
    }
    try {
      for (int i = 0; i < alternatives(); i++) {
        int number = i;
        expanded(block.stream().map(line -> columns(line, number)).toList());
      }
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "%s, in%n%s".formatted(e.getMessage(), String.join("\n", block)), e);
    }
    block.clear();
  }

  /** How many rows the block stands for. */
  private int alternatives() {
    Set<Integer> counts =
        ALTERNATIVES
            .matcher(String.join("\n", block))
            .results()
            .map(match -> match.group(1).split(";", -1).length)
            .collect(Collectors.toSet());
    if (counts.size() > 1) {
      throw new IllegalArgumentException("not as many alternatives everywhere: " + counts);
    }
    return counts.isEmpty() ? 1 : counts.iterator().next();
  }

  private static String[] columns(String line, int alternative) {
    String chosen =
        ALTERNATIVES
            .matcher(line)
            .replaceAll(
                match -> Matcher.quoteReplacement(match.group(1).split(";", -1)[alternative]));
    String[] columns = chosen.split("\\|", -1);
    for (int i = 0; i < columns.length; i++) {
      columns[i] = columns[i].strip();
    }
    return columns;
  }

  private void expanded(List<String[]> lines) {
    String[] head = lines.get(0);
    if (head[0].startsWith("plot ")) {
      plots.add(plot(head));
      return;
    }
    Subject ours = Subject.parse(head[1], null);
    if (lines.size() == 1 || head.length > 2) {
      rows.add(row(head, ours, ALONE, null));
    }
    for (String[] line : lines.subList(1, lines.size())) {
      // A column more names the system property without which there is no such row.
      if (line.length < 4 || !System.getProperty(line[3], "").isEmpty()) {
        rows.add(row(line, ours, line[0], Subject.parse(line[1], ours), head[0]));
      }
    }
  }

  private static Row row(String[] line, Subject ours, String peerName, @Nullable Subject peer) {
    return row(line, ours, peerName, peer, line[0]);
  }

  private static Row row(
      String[] line, Subject ours, String peerName, @Nullable Subject peer, String workload) {
    Bound bound = Bound.parse(line.length > 2 ? line[2] : "");
    return new Row(workload, ours, peerName, peer, bound);
  }

  private static Plot plot(String[] columns) {
    String[] across = columns[4].split("=", 2);
    String[] lines = columns[5].split("=", 2);
    List<String> steps = List.of(across[1].split(",", -1));
    Map<String, List<Subject>> series = new LinkedHashMap<>();
    for (String line : lines[1].split(",", -1)) {
      List<Subject> points = new ArrayList<>();
      for (String step : steps) {
        points.add(
            Subject.parse(
                "%s %s=%s %s=%s".formatted(columns[3], lines[0], line, across[0], step), null));
      }
      series.put(line.toLowerCase(Locale.ROOT).replace('_', ' '), points);
    }
    Plot.Height height = Plot.Height.valueOf(columns[2].toUpperCase(Locale.ROOT));
    String file = columns[0].substring("plot ".length());
    return new Plot(file, columns[1], height, across[0], steps, series);
  }
}
