package io.jstorage.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The comparisons, which are the lines of {@code plan.txt}; its head says how. */
final class Plan {
  private static final int MOST_CELLS = 6;

  private Plan() {}

  /**
   * A row of the table.
   *
   * @param workload what is done
   * @param ours what is judged
   * @param beside the name of the peer; empty if there is none
   * @param peer what it is measured beside
   * @param target what is wanted
   */
  record Row(String workload, Run ours, String beside, @Nullable Run peer, Target target) {
    Stream<Run> runs() {
      return peer == null ? Stream.of(ours) : Stream.of(ours, peer);
    }
  }

  /** A part of the results. */
  record Section(String name, List<Row> rows, List<Plot> plots) {
    /** All runs, once each. */
    Collection<Run> runs() {
      Map<String, Run> runs = new LinkedHashMap<>();
      Stream.concat(rows.stream().flatMap(Row::runs), plots.stream().flatMap(Plot::runs))
          .forEach(run -> runs.putIfAbsent(run.key(), run));
      return runs.values();
    }

    /** Returns the rows that a condition holds for, without the plots. */
    Section only(Predicate<Row> condition) {
      return new Section(name, rows.stream().filter(condition).toList(), List.of());
    }
  }

  /** Reads the plan of this module. */
  static List<Section> read() throws IOException {
    try (InputStream in = Objects.requireNonNull(Plan.class.getResourceAsStream("plan.txt"))) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /**
   * Reads a plan.
   *
   * @throws IllegalArgumentException with the line that cannot be read
   */
  static List<Section> parse(String text) {
    List<Section> sections = new ArrayList<>();
    String[] above = {"", ""};
    for (String line : text.lines().toList()) {
      try {
        if (line.startsWith("== ")) {
          sections.add(new Section(line.substring(3), new ArrayList<>(), new ArrayList<>()));
          Arrays.fill(above, "");
        } else if (!line.isBlank() && !line.startsWith("#")) {
          if (sections.isEmpty()) {
            throw new IllegalArgumentException("a line before the first section");
          }
          String[] cells = (line + "| | | |").strip().split(" *\\| *", -1);
          if (!Arrays.stream(cells).skip(MOST_CELLS).allMatch(String::isEmpty)) {
            throw new IllegalArgumentException("more than %d cells".formatted(MOST_CELLS));
          }
          read(cells, above, sections.get(sections.size() - 1));
        }
      } catch (RuntimeException e) {
        throw new IllegalArgumentException("%s, in: %s".formatted(e.getMessage(), line), e);
      }
    }
    return sections;
  }

  private static void read(String[] cells, String[] above, Section section) {
    if (cells[0].startsWith("plot ")) {
      section.plots.add(Plot.of(cells));
      return;
    }
    for (int i = 0; i < above.length; i++) {
      above[i] = cells[i].isEmpty() ? above[i] : cells[i];
    }
    if (cells[2].isEmpty() != cells[3].isEmpty()) {
      throw new IllegalArgumentException("a peer needs its name and what differs");
    }
    Run ours = Run.parse(above[1], null);
    Run peer = cells[2].isEmpty() ? null : Run.parse(cells[3], ours);
    Target target = Target.parse(cells[4]);
    if (peer == null && target.needsPeer()) {
      throw new IllegalArgumentException("this target needs a peer: " + target.text());
    }
    if (cells[5].isEmpty() || !System.getProperty(cells[5], "").isEmpty()) {
      section.rows.add(new Row(above[0], ours, cells[2], peer, target));
    }
  }
}
