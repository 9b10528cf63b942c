package io.jstorage.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The machine that is measured on, as far as its system tells. */
final class Machine {
  private static final Path CPUS = Path.of("/sys/devices/system/cpu");

  private Machine() {}

  static String describe(Path scratch) throws IOException {
    return "%s, %s,\n%s %s, %s %s,\nscratch files on %s"
        .formatted(
            value(Path.of("/proc/cpuinfo"), "model name"),
            cpus(CPUS, value(Path.of("/proc/self/status"), "Cpus_allowed_list")),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.vm.name"),
            System.getProperty("java.runtime.version"),
            Files.getFileStore(scratch).type());
  }

  /** Returns the value of the line of that name, or Java's name of the kind of processor. */
  private static String value(Path file, String name) throws IOException {
    try (Stream<String> lines = Files.isReadable(file) ? Files.lines(file) : Stream.empty()) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  /**
   * Returns which CPUs the JVM may use and which of them share a core or a cache, such as "CPUs
   * 0-1, L1 of 0 | 1, L2 of 0 | 1, L3 of 0-1, core of 0 | 1".
   *
   * @param described the directory in which Linux describes CPUs
   * @param allowed the CPUs as Linux lists them, such as {@code 0-3,8}
   */
  static String cpus(Path described, String allowed) throws IOException {
    Map<String, Set<String>> shared = new TreeMap<>();
    for (String range : allowed.split(",", -1)) {
      String[] ends = range.split("-", 2);
      for (int i = number(ends[0]); i >= 0 && i <= number(ends[ends.length - 1]); i++) {
        Path cpu = described.resolve("cpu" + i);
        add(shared, "core", cpu.resolve("topology/thread_siblings_list"));
        for (int index = 0; Files.exists(cpu.resolve("cache/index" + index)); index++) {
          Path cache = cpu.resolve("cache/index" + index);
          String level = "L" + Files.readString(cache.resolve("level")).strip();
          add(shared, level, cache.resolve("shared_cpu_list"));
        }
      }
    }
    String text =
        shared.isEmpty() ? Runtime.getRuntime().availableProcessors() + " CPUs" : "CPUs " + allowed;
    for (Map.Entry<String, Set<String>> each : shared.entrySet()) {
      text += ", %s of %s".formatted(each.getKey(), String.join(" | ", each.getValue()));
    }
    return text;
  }

  private static int number(String text) {
    return text.matches("\\d+") ? Integer.parseInt(text) : -1;
  }

  private static void add(Map<String, Set<String>> shared, String name, Path list)
      throws IOException {
    if (Files.exists(list)) {
      String cpus = Files.readString(list).strip();
      shared.computeIfAbsent(name, none -> new LinkedHashSet<>()).add(cpus);
    }
  }
}
