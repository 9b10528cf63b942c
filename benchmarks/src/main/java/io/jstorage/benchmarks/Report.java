package io.jstorage.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes tables and plots. Sections that were not measured now keep the text of the run that
 * measured them.
 */
final class Report {
  private static final String HEADING = "\n## ";
  private static final String INTRODUCTION =
      """
      # Results

      Costs are those of an operation in the best window, with all threads together. The spread is that
      of the median window over the best one, of ours and of the peer.
      """;

  private final Figures figures;
  private final String origin;

  /**
   * Makes a report.
   *
   * @param figures what was measured
   * @param origin when, how and on what
   */
  Report(Figures figures, String origin) {
    this.figures = figures;
    this.origin = origin;
  }

  /**
   * Publishes those of some sections that were measured wholly.
   *
   * @param measured the sections
   * @param plan all sections, in their order
   * @param directory where the page and the plots are
   */
  void publish(Collection<Section> measured, List<Section> plan, Path directory)
      throws IOException {
    Files.createDirectories(directory);
    Path page = directory.resolve("README.md");
    Map<String, String> published = published(page);
    StringBuilder text = new StringBuilder(INTRODUCTION);
    for (Section section : plan) {
      if (measured.contains(section) && section.subjects().stream().allMatch(figures::has)) {
        text.append(HEADING).append(section.name()).append(text(section));
        for (Plot plot : section.plots()) {
          Files.writeString(
              directory.resolve(plot.file() + ".svg"), SvgPlot.draw(plot, figures::best));
        }
      } else if (published.containsKey(section.name())) {
        text.append(HEADING).append(section.name()).append(published.get(section.name()));
      }
    }
    Files.writeString(page, text);
  }

  /** Returns the sections of a page by their headings; none if there is no page. */
  private static Map<String, String> published(Path page) throws IOException {
    Map<String, String> texts = new HashMap<>();
    if (Files.exists(page)) {
      String[] parts = Files.readString(page).split(HEADING, -1);
      for (String part : Arrays.asList(parts).subList(1, parts.length)) {
        int end = part.indexOf('\n');
        texts.put(part.substring(0, end), part.substring(end));
      }
    }
    return texts;
  }

  private String text(Section section) {
    StringBuilder text = new StringBuilder("\n\n" + origin + "\n\n").append(table(section));
    for (Plot plot : section.plots()) {
      text.append("\n![%s](%s.svg)\n".formatted(plot.title(), plot.file()));
    }
    return text.toString();
  }

  /** Returns the rows both sides of which were measured. */
  String table(Section section) {
    StringBuilder text =
        new StringBuilder("| workload | ours | beside | | figure | wanted | | spread |\n")
            .append("|---|---:|---|---:|---:|---|---|---|\n");
    for (Row row : section.rows()) {
      if (figures.has(row.ours()) && (row.peer() == null || figures.has(row.peer()))) {
        text.append(line(row));
      }
    }
    return text.toString();
  }

  private String line(Row row) {
    Subject peer = row.peer();
    Unit unit = figures.unit(row.ours());
    double ours = figures.best(row.ours());
    double peers = peer == null ? ours : figures.best(peer);
    double figure = row.bound().figure(ours, peers);
    return "| %s | %s | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            row.workload(),
            unit.format(ours),
            row.peerName(),
            peer == null ? "" : unit.format(peers),
            peer == null ? "" : row.bound().write(figure, unit),
            row.bound().text(),
            row.bound().verdict(figure),
            peer == null ? spread(row.ours()) : spread(row.ours()) + " · " + spread(peer));
  }

  private String spread(Subject subject) {
    return String.format(Locale.ROOT, "%.2f", figures.spread(subject));
  }
}
