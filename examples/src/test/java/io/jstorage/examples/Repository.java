package io.jstorage.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The sources that these tests are about. */
final class Repository {
  private Repository() {}

  static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve(".ci")) ? here : Objects.requireNonNull(here.getParent());
  }

  /** The files below a directory, relative to it, but for what builds leave there. */
  static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(directory::relativize)
          .filter(file -> Stream.of("target", ".git").noneMatch(each -> isIn(each, file)))
          .toList();
    }
  }

  private static boolean isIn(String directory, Path file) {
    for (Path part : file) {
      if (part.toString().equals(directory)) {
        return true;
      }
    }
    return false;
  }
}
