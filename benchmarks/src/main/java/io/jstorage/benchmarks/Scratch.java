package io.jstorage.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Directories for the files of a measurement; their file system is the one that is measured. */
public final class Scratch {
  /** The property with the directory that a run of the plan has, and deletes at its end. */
  public static final String OF_RUN = "benchmarks.run";

  private Scratch() {}

  /** Returns the directory of the run of the plan; null if JMH was started by itself. */
  static @Nullable String ofRun() {
    return System.getProperty(OF_RUN);
  }

  /** The parent of the directories that are made. */
  static Path root() {
    String otherwise =
        System.getProperty("benchmarks.directory", System.getProperty("java.io.tmpdir"));
    return Path.of(System.getProperty(OF_RUN, otherwise));
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
