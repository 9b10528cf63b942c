package io.jstorage.benchmarks;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A probe with its argument.
 *
 * @param type the class of the probe
 * @param argument what it is given
 */
record ProbeRun(Class<? extends Probe> type, String argument) implements Measurable {
  @Override
  public String name() {
    return type.getSimpleName() + "(" + argument + ")";
  }

  @Override
  public List<Double> measure(Form form) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx3g",
                "-cp",
                System.getProperty("java.class.path"),
                Probe.class.getName(),
                type.getName(),
                argument)
            .redirectError(Redirect.INHERIT)
            .start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("%s ended with an error: %s".formatted(name(), printed));
    }
    return List.of(Double.valueOf(printed));
  }
}
