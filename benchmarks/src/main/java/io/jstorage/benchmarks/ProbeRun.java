package io.jstorage.benchmarks;

import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A probe with its argument.
 *
 * @param type the class of the probe
 * @param argument what it is given
 * @param classPath what the entries of its class path contain, as a regular expression
 */
record ProbeRun(Class<? extends Probe> type, String argument, String classPath)
    implements Measurable {
  private static final String ALL = "";

  ProbeRun(Class<? extends Probe> type, String argument) {
    this(type, argument, ALL);
  }

  @Override
  public String name() {
    String name = type.getSimpleName() + "(" + argument + ")";
    return classPath.equals(ALL) ? name : name + " of " + classPath;
  }

  @Override
  public List<Double> measure(Form form) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx3g");
    command.addAll(Forks.properties());
    command.addAll(List.of("-cp", entries(), Probe.class.getName(), type.getName(), argument));
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("%s ended with an error: %s".formatted(name(), printed));
    }
    return List.of(Double.valueOf(printed));
  }

  private String entries() {
    Pattern wanted = Pattern.compile(classPath);
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> wanted.matcher(entry).find())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
