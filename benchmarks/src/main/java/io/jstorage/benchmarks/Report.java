package io.jstorage.benchmarks;

import io.jstorage.benchmarks.report.Chart;
import io.jstorage.benchmarks.report.SvgPlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes tables, plots and the figures of all windows. Sections that were not measured now keep the
 * figures of the run that measured them.
 */
final class Report {
  private static final String SECTION = "\n## ";

  private final Form form;
  private final List<Section> sections;
  private final Figures figures;

  Report(Form form, List<Section> sections, Figures figures) {
    this.form = form;
    this.sections = sections;
    this.figures = figures;
  }

  void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path page = directory.resolve("README.md");
    Files.writeString(page, page(published(page)));
    Path windows = directory.resolve("windows.csv");
    Files.writeString(windows, windows(windows));
    for (Section section : sections) {
      for (Chart<Measurable> chart : section.charts()) {
        Files.writeString(
            directory.resolve(chart.file() + ".svg"), SvgPlot.draw(chart, figures::best));
      }
    }
  }

  /** Returns the sections of a page by their headings, in its order; none if there is no page. */
  private static Map<String, String> published(Path page) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    if (Files.exists(page)) {
      String[] parts = Files.readString(page).split(SECTION, -1);
      for (String part : Arrays.asList(parts).subList(1, parts.length)) {
        int end = part.indexOf('\n');
        texts.put(part.substring(0, end), part.substring(end));
      }
    }
    return texts;
  }

  private String page(Map<String, String> texts) throws IOException {
    for (Section section : sections) {
      texts.put(section.name(), text(section));
    }
    StringBuilder page =
        new StringBuilder(
            """
            # Results

            Costs are those of an operation in the best window, with all threads together. The spread is that
            of the median window over the best one, of ours and of the peer.
            """);
    texts.forEach((name, text) -> page.append(SECTION).append(name).append(text));
    return page.toString();
  }

  private String text(Section section) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(
        "\n\nMeasured on %s (UTC) in the form `%s`:\n%s.\n"
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                form.name().toLowerCase(Locale.ROOT),
                Machine.describe()));
    text.append("\n| workload | ours | beside | | figure | wanted | | spread |\n")
        .append("|---|---:|---|---:|---:|---|---|---|\n");
    section.comparisons().forEach(row -> text.append(line(row)));
    for (Chart<Measurable> chart : section.charts()) {
      text.append("\n![%s](%s.svg)\n".formatted(chart.title(), chart.file()));
    }
    return text.toString();
  }

  private String line(Comparison row) {
    Measurable peer = row.peer();
    double ours = figures.best(row.ours());
    double peers = peer == null ? ours : figures.best(peer);
    double figure = row.bound().figure(ours, peers);
    String wanted = row.bound().wanted(row.unit().symbol);
    return "| %s | %s | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            row.workload(),
            row.unit().format(ours),
            row.peerName(),
            peer == null ? "" : row.unit().format(peers),
            peer == null ? "" : row.bound().write(figure, row.unit()),
            wanted == null ? "" : wanted,
            wanted == null ? "" : row.bound().isKept(figure) ? "yes" : "**no**",
            spreads(row.ours(), peer));
  }

  private String spreads(Measurable ours, @Nullable Measurable peer) {
    return peer == null ? spread(ours) : spread(ours) + " · " + spread(peer);
  }

  private String spread(Measurable subject) {
    return String.format(Locale.ROOT, "%.2f", figures.spread(subject));
  }

  private String windows(Path published) throws IOException {
    Map<String, String> lines = new LinkedHashMap<>();
    if (Files.exists(published)) {
      Files.readAllLines(published).forEach(line -> lines.put(nameIn(line), line));
    }
    figures
        .all()
        .forEach(
            (measured, costs) -> {
              String line =
                  "\"%s\",%s"
                      .formatted(
                          measured.name(),
                          costs.stream()
                              .map(cost -> String.format(Locale.ROOT, "%.3f", cost))
                              .collect(Collectors.joining(",")));
              lines.put(nameIn(line), line);
            });
    return lines.values().stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static String nameIn(String line) {
    return line.substring(0, line.lastIndexOf('"') + 1);
  }
}
