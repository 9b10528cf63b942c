package io.jstorage.benchmarks;

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
      Path index = cpu.resolve("cache/index" + level);
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
    assertThat(Machine.caches(cpus, "0-1"))
        .isEqualTo("CPUs 0-1, cores not shared, L1 and L2 not shared, L3 shared by all");
  }

  @Test
  void twoThreadsOfOneCore() throws IOException {
    cpu(0, "0-1", "0-1", "0-1");
    cpu(1, "0-1", "0-1", "0-1");
    assertThat(Machine.caches(cpus, "0,1"))
        .isEqualTo("CPUs 0,1, cores shared by all, L1 and L2 shared by all");
  }

  @Test
  void ofManyCpusOnlyThoseThatTheProgramMayUseCount() throws IOException {
    for (int i = 0; i < 8; i++) {
      cpu(i, i % 4 + "," + (i % 4 + 4), i % 4 + "," + (i % 4 + 4), "0-7");
    }
    assertThat(Machine.caches(cpus, "0-1,4"))
        .isEqualTo(
            "CPUs 0-1,4, cores shared by [[0, 4], [1]], L1 shared by [[0, 4], [1]], L2 shared by all");
    assertThat(Machine.caches(cpus, "3"))
        .isEqualTo("CPU 3, cores not shared, L1 and L2 not shared");
  }

  @Test
  void aSystemThatTellsNothing() throws IOException {
    assertThat(Machine.caches(cpus.resolve("none"), "0-1")).endsWith(" CPUs");
  }
}
