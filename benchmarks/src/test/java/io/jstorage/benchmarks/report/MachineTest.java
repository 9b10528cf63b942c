package io.jstorage.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  @TempDir Path cpus;

  private void cpu(int number, String siblings, String... sharing) throws IOException {
    Path cpu = cpus.resolve("cpu" + number);
    write(cpu.resolve("topology/thread_siblings_list"), siblings);
    for (int level = 1; level <= sharing.length; level++) {
      Path index = cpu.resolve("cache/index" + (level - 1));
      write(index.resolve("level"), String.valueOf(level));
      write(index.resolve("shared_cpu_list"), sharing[level - 1]);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
  }

  @Test
  void twoCoresWithACacheInCommon() throws IOException {
    cpu(0, "0", "0", "0", "0-1");
    cpu(1, "1", "1", "1", "0-1");
    assertThat(Machine.cpus(cpus, "0-1"))
        .isEqualTo("CPUs 0-1, L1 of 0 | 1, L2 of 0 | 1, L3 of 0-1, core of 0 | 1");
  }

  @Test
  void ofManyCpusOnlyThoseThatTheProgramMayUseCount() throws IOException {
    for (int i = 0; i < 8; i++) {
      cpu(i, i % 4 + "," + (i % 4 + 4), i % 4 + "," + (i % 4 + 4), "0-7");
    }
    assertThat(Machine.cpus(cpus, "0-1,4"))
        .isEqualTo("CPUs 0-1,4, L1 of 0,4 | 1,5, L2 of 0-7, core of 0,4 | 1,5");
    assertThat(Machine.cpus(cpus, "3")).isEqualTo("CPUs 3, L1 of 3,7, L2 of 0-7, core of 3,7");
  }

  @Test
  void aSystemThatTellsNothing() throws IOException {
    assertThat(Machine.cpus(cpus.resolve("none"), "0-1")).endsWith(" CPUs");
  }
}
