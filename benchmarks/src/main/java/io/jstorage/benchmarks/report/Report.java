package io.jstorage.benchmarks.report;

import io.jstorage.benchmarks.report.Plan.Row;
import io.jstorage.benchmarks.report.Plan.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tables and plots.
 *
 * @param scores what was measured
 * @param origin when, how and on what
 */
record Report(Scores scores, String origin) {
  private static final String HEADING = "\n## ";
  private static final String INTRODUCTION =
      """
      # Results

      Costs are those of an operation in the best iteration, with all threads together. The spread is
      that of the median iteration over the best one, of ours and of the peer.
      """;

  /**
   * Publishes a section if it was measured wholly. The others keep the text of the run that
   * measured them.
   *
   * @param plan all sections, in their order
   * @param directory where the page and the plots are
   */
  void publish(Section measured, List<Section> plan, Path directory) throws IOException {
    Files.createDirectories(directory);
    Path page = directory.resolve("README.md");
    Map<String, String> texts = published(page);
    if (measured.runs().stream().allMatch(scores::has)) {
      StringBuilder text = new StringBuilder("\n\n" + origin + "\n\n" + table(measured));
      for (Plot plot : measured.plots()) {
        Files.writeString(directory.resolve(plot.file() + ".svg"), plot.svg(scores::best));
        text.append("\n![%s](%s.svg)\n".formatted(plot.title(), plot.file()));
      }
      texts.put(measured.name(), text.toString());
    }
    StringBuilder text = new StringBuilder(INTRODUCTION);
    for (Section section : plan) {
      if (texts.containsKey(section.name())) {
        text.append(HEADING).append(section.name()).append(texts.get(section.name()));
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

  /** Returns the rows both sides of which were measured. */
  String table(Section section) {
    StringBuilder text =
        new StringBuilder("| workload | ours | beside | | figure | wanted | | spread |\n")
            .append("|---|---:|---|---:|---:|---|---|---|\n");
    section.rows().stream()
        .filter(r -> r.runs().allMatch(scores::has))
        .map(this::line)
        .forEach(text::append);
    return text.toString();
  }

  private String line(Row row) {
    boolean bytes = scores.inBytes(row.ours());
    Run peer = row.peer();
    double ours = scores.best(row.ours());
    double peers = peer == null ? ours : scores.best(peer);
    double figure = row.target().figure(ours, peers);
    return "| %s | %s | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            row.workload(),
            Scores.format(ours, bytes),
            row.beside(),
            peer == null ? "" : Scores.format(peers, bytes),
            peer == null ? "" : row.target().format(figure, bytes),
            row.target().wanted(),
            row.target().verdict(figure),
            peer == null ? spread(row.ours()) : spread(row.ours()) + " · " + spread(peer));
  }

  private String spread(Run run) {
    return String.format(Locale.ROOT, "%.2f", scores.spread(run));
  }
}
