package io.jstorage.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The machine that was measured on. */
final class Machine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CPUS = Path.of("/sys/devices/system/cpu");

  private Machine() {}

  static String describe(Path scratch) throws IOException {
    String allowed = value(STATUS, "Cpus_allowed_list");
    return "%s, %s, %s %s,\n%s %s, scratch files on %s"
        .formatted(
            value(CPU_INFO, "model name"),
            caches(CPUS, allowed),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.vm.name"),
            System.getProperty("java.runtime.version"),
            Files.getFileStore(scratch).type());
  }

  /** Returns the value of a line; what Java calls the processor if the system has no such file. */
  private static String value(Path file, String name) throws IOException {
    if (!Files.isReadable(file)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  /**
   * Says which CPUs the JVM may use and which of them share a core or a cache, such as "CPUs 0-1:
   * on a core each; L1 and L2 of one CPU each, L3 of all".
   *
   * @param cpus the directory in which Linux describes them
   * @param allowed the CPUs as Linux lists them, such as {@code 0-3,8}
   */
  static String caches(Path cpus, String allowed) throws IOException {
    Set<Integer> numbers = list(allowed);
    if (numbers.isEmpty() || !Files.exists(cpus.resolve("cpu" + numbers.iterator().next()))) {
      return Runtime.getRuntime().availableProcessors() + " CPUs";
    }
    Map<String, Set<Set<Integer>>> groups = new TreeMap<>();
    Set<Set<Integer>> cores = new LinkedHashSet<>();
    for (int number : numbers) {
      Path cpu = cpus.resolve("cpu" + number);
      cores.add(within(cpu.resolve("topology/thread_siblings_list"), numbers));
      try (Stream<Path> indices = Files.list(cpu.resolve("cache"))) {
        for (Path index : indices.filter(i -> Files.exists(i.resolve("level"))).toList()) {
          groups
              .computeIfAbsent("L" + read(index.resolve("level")), level -> new LinkedHashSet<>())
              .add(within(index.resolve("shared_cpu_list"), numbers));
        }
      }
    }
    Map<String, List<String>> levels = new LinkedHashMap<>();
    groups.forEach(
        (level, sets) ->
            levels.computeIfAbsent(shared(sets, numbers), of -> new ArrayList<>()).add(level));
    List<String> texts = new ArrayList<>();
    levels.forEach((of, names) -> texts.add(String.join(" and ", names) + of));
    return "%s %s, cores%s, %s"
        .formatted(
            numbers.size() == 1 ? "CPU" : "CPUs",
            allowed,
            shared(cores, numbers),
            String.join(", ", texts));
  }

  private static String shared(Set<Set<Integer>> sets, Set<Integer> all) {
    if (sets.stream().allMatch(set -> set.size() == 1)) {
      return " not shared";
    }
    return sets.size() == 1 && sets.contains(all) ? " shared by all" : " shared by " + sets;
  }

  private static Set<Integer> within(Path file, Set<Integer> numbers) throws IOException {
    Set<Integer> set = list(read(file));
    set.retainAll(numbers);
    return set;
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  private static Set<Integer> list(String text) {
    Set<Integer> numbers = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      if (part.matches("\\d+(-\\d+)?")) {
        String[] ends = part.split("-", 2);
        for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]); i++) {
          numbers.add(i);
        }
      }
    }
    return numbers;
  }
}
