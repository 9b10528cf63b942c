package io.jstorage.architecture;

import io.jstorage.spi.ByteTransformFactory;
import io.jstorage.spi.CodecFactory;
import io.jstorage.spi.StorageFactory;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An SVG of the modules: integrations above the API; backends, codecs and transforms below it. The
 * row of a module follows from the services that its descriptor provides.
 */
final class ModulesPicture {
  private static final int WIDTH = 900;
  private static final int GAP = 12;
  private static final int BOX_HEIGHT = 40;
  private static final int ROW_HEIGHT = 92;
  private static final int FIRST_ROW = 46;

  private final StringBuilder shapes = new StringBuilder();
  private int top = FIRST_ROW;

  private ModulesPicture() {}

  static String of(List<Part> parts) {
    ModulesPicture picture = new ModulesPicture();
    Predicate<Part> encodes =
        part -> provides(part, CodecFactory.class) || provides(part, ByteTransformFactory.class);
    Predicate<Part> stores = part -> provides(part, StorageFactory.class);
    List<Part> others =
        parts.stream()
            .filter(part -> !part.equals(Part.API) && !part.equals(Part.TESTKIT))
            .toList();
    picture.row("your code, and the frameworks under it", "#e8f1e4", List.of("your code"));
    picture.row(
        "integrations", "#e8f1e4", names(others.stream().filter(stores.or(encodes).negate())));
    picture.row("the contract, the provider, the SPI", "#dbe7f5", List.of(Part.API.artifact()));
    picture.row("storages, found by name", "#f6ead8", names(others.stream().filter(stores)));
    picture.row(
        "codecs and transforms, found by name",
        "#f0e4f1",
        names(others.stream().filter(encodes.and(stores.negate()))));
    return picture.document();
  }

  private static List<String> names(Stream<Part> parts) {
    return parts.map(Part::artifact).toList();
  }

  private static boolean provides(Part part, Class<?> service) {
    return part.module().descriptor().provides().stream()
        .map(ModuleDescriptor.Provides::service)
        .anyMatch(service.getName()::equals);
  }

  private void row(String title, String colour, List<String> boxes) {
    shapes.append(
        "<text x=\"%d\" y=\"%d\" class=\"title\">%s</text>\n".formatted(GAP, top - 10, title));
    int width = (WIDTH - GAP) / boxes.size() - GAP;
    for (int i = 0; i < boxes.size(); i++) {
      int left = GAP + i * (width + GAP);
      shapes.append(
          "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"%s\"/>\n"
              .formatted(left, top, width, BOX_HEIGHT, colour));
      shapes.append(
          "<text x=\"%d\" y=\"%d\" class=\"name\">%s</text>\n"
              .formatted(left + width / 2, top + BOX_HEIGHT / 2 + 5, boxes.get(i)));
    }
    top += ROW_HEIGHT;
  }

  private String document() {
    int height = top - ROW_HEIGHT + BOX_HEIGHT + GAP;
    String style =
        Stream.of(
                "rect { stroke: #5b6770; }",
                "text { font-family: sans-serif; fill: #1f2a33; }",
                ".title { font-size: 13px; fill: #5b6770; }",
                ".name { font-size: 12px; text-anchor: middle; }")
            .collect(Collectors.joining(" "));
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d">
        <style>%s</style>
        <rect width="%d" height="%d" fill="white" style="stroke: none"/>
        %s</svg>
        """
        .formatted(WIDTH, height, WIDTH, height, style, WIDTH, height, shapes.toString());
  }
}
