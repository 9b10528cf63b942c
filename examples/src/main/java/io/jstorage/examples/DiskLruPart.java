package io.jstorage.examples;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A cache of a limited number of files, which drops those not used for the longest time. */
final class DiskLruPart {
  private static final int LIMIT = 100;
  private static final int PUTS = 150;

  private final Report report;
  private final StorageProvider provider;
  private final Path directory;

  DiskLruPart(Report report, StorageProvider provider, Path directory) {
    this.report = report;
    this.provider = provider;
    this.directory = directory;
  }

  void run() throws IOException {
    report.step("Keep the newest %d of %d files".formatted(LIMIT, PUTS));
    StorageOptions options = StorageOptions.of("path", directory, "limit", LIMIT);
    try (Storage<Object> storage = provider.create(StorageProvider.STORAGE_DISKLRU, options)) {
      for (int i = 0; i < PUTS; i++) {
        storage.put("page-" + i, "content of page " + i);
      }
      report.say("put(\"page-0\", …) to put(\"page-%d\", …)".formatted(PUTS - 1));
      report.check("size()", (long) LIMIT, storage.size());
      Set<String> newest =
          IntStream.range(PUTS - LIMIT, PUTS)
              .mapToObj(i -> "page-%d.storage.lru".formatted(i))
              .collect(Collectors.toCollection(TreeSet::new));
      report.check(
          "the files are those of page-%d to page-%d".formatted(PUTS - LIMIT, PUTS - 1),
          true,
          files().equals(newest));
      report.check("contains(\"page-0\")", false, storage.contains("page-0"));
    }
  }

  /** The files of the cache, apart from the one that keeps their order. */
  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(Predicate.not(name -> name.startsWith(".")))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
