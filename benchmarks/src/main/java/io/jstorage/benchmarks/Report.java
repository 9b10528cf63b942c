package io.jstorage.benchmarks;

import io.jstorage.benchmarks.report.Chart;
import io.jstorage.benchmarks.report.SvgPlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a table, plots and the figures of all windows. */
final class Report {
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
    Files.writeString(directory.resolve("README.md"), table());
    Files.writeString(directory.resolve("windows.csv"), windows());
    for (Section section : sections) {
      for (Chart<Measurable> chart : section.charts()) {
        Files.writeString(
            directory.resolve(chart.file() + ".svg"), SvgPlot.draw(chart, figures::best));
      }
    }
  }

  private String table() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("# Results\n\n")
        .append(
            "Measured on %s (UTC) in the form `%s`:\n%s.\n\n"
                .formatted(
                    LocalDate.now(ZoneOffset.UTC),
                    form.name().toLowerCase(Locale.ROOT),
                    Machine.describe()))
        .append(
            """
            Costs are those of an operation in the best window, with all threads together. The spread is that
            of the median window over the best one, of ours and of the peer.
            """);
    for (Section section : sections) {
      text.append("\n## ")
          .append(section.name())
          .append("\n\n| workload | ours | beside | | figure | wanted | | spread |\n")
          .append("|---|---:|---|---:|---:|---|---|---|\n");
      section.comparisons().forEach(row -> text.append(line(row)));
      for (Chart<Measurable> chart : section.charts()) {
        text.append("\n![%s](%s.svg)\n".formatted(chart.title(), chart.file()));
      }
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

  private String windows() {
    return figures.all().entrySet().stream()
        .map(
            measured ->
                "\"%s\",%s\n"
                    .formatted(
                        measured.getKey().name(),
                        measured.getValue().stream()
                            .map(cost -> String.format(Locale.ROOT, "%.3f", cost))
                            .collect(Collectors.joining(","))))
        .collect(Collectors.joining());
  }
}
