package io.jstorage.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * One pickle that a real Python has written, and which.
 *
 * @param name the value's name in {@code values.py}
 * @param writers protocols and versions, such as {@code 2:2.7,3.6-3.14}
 * @param hex the bytes
 */
record RealPickles(String name, String writers, String hex) {
  static final List<RealPickles> ALL =
      lines("pickles.txt").stream()
          .map(line -> line.split(" ", -1))
          .map(parts -> new RealPickles(parts[0], parts[1], parts[2]))
          .toList();

  static List<String> lines(String resource) {
    try (InputStream in = RealPickles.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<RealPickles> of(String name) {
    return ALL.stream().filter(each -> each.name.equals(name)).toList();
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
