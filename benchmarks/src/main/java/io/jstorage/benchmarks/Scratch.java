package io.jstorage.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Directories for the files of a measurement, where the system property {@value #PROPERTY} says.
 */
public final class Scratch {
  static final String PROPERTY = "benchmarks.directory";

  private Scratch() {}

  /** The parent of the directories that are made; its file system is the one that is measured. */
  public static Path root() {
    return Path.of(System.getProperty(PROPERTY, System.getProperty("java.io.tmpdir")));
  }

  /** Makes an empty directory. */
  public static Path make() throws IOException {
    return Files.createTempDirectory(root(), "jstorage-benchmark");
  }

  /** Deletes a directory with all that is in it. */
  public static void delete(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(directory)) {
      paths = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
