package io.jstorage.cli.terminal;

import java.util.List;
import java.util.Locale;

/** Histograms as a picture in SVG. */
public final class Svg {
  private static final int WIDTH = 640;
  private static final int ROW = 20;
  private static final int LABELS = 110;
  private static final int NUMBERS = 80;

  private Svg() {}

  /** Draws histograms below each other. */
  public static String of(String title, List<Histogram> histograms) {
    StringBuilder body = new StringBuilder();
    int y = 28;
    text(body, 10, y, "bold 15px", "start", title);
    y += 14;
    for (Histogram histogram : histograms) {
      y += ROW;
      text(body, 10, y, "bold 13px", "start", histogram.title());
      y += 8;
      List<Histogram.Bar> bars = histogram.bars();
      long most = bars.stream().mapToLong(Histogram.Bar::count).max().orElse(1);
      if (bars.isEmpty()) {
        y += ROW;
        text(body, LABELS, y, "12px", "end", "none");
      }
      for (Histogram.Bar bar : bars) {
        y += ROW;
        double length = (WIDTH - LABELS - NUMBERS - 20.0) * bar.count() / Math.max(1, most);
        text(body, LABELS, y, "12px", "end", bar.label());
        body.append(
            String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\" fill=\"#4878a8\"/>%n",
                LABELS + 8,
                y - 11,
                length));
        text(body, (int) (LABELS + 14 + length), y, "12px", "start", Long.toString(bar.count()));
      }
      y += 10;
    }
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
            WIDTH,
            y + 12)
        + body
        + "</svg>\n";
  }

  private static void text(
      StringBuilder body, int x, int y, String font, String anchor, String text) {
    String weight = font.startsWith("bold ") ? " font-weight=\"bold\"" : "";
    String size = font.substring(font.lastIndexOf(' ') + 1);
    body.append(
        "<text x=\"%d\" y=\"%d\" font-size=\"%s\"%s text-anchor=\"%s\">%s</text>%n"
            .formatted(x, y, size, weight, anchor, escaped(text)));
  }

  private static String escaped(String text) {
    return Texts.shown(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
