package io.jstorage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storages of strangers on the class path of the shell. */
class ForeignStorageTest {
  @TempDir Path root;

  private String shell(String... args) throws IOException, InterruptedException {
    Path services = Files.createDirectories(root.resolve("services/META-INF/services"));
    Files.writeString(
        services.resolve("io.jstorage.spi.StorageFactory"), OneFileFactory.class.getName());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(
        System.getProperty("java.class.path") + File.pathSeparator + root.resolve("services"));
    command.add("io.jstorage.cli.Main");
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return out + "exit " + process.waitFor();
  }

  @Test
  void aPathOfOneMayBeAFile() throws Exception {
    Path file = Files.writeString(root.resolve("entry"), "v");
    assertThat(shell("ls", "test.onefile:" + file)).isEqualTo("k\nexit 0");
    assertThat(shell("get", "test.onefile:" + file, "k")).startsWith("v").endsWith("exit 0");
    assertThat(shell("ls", "test.onefile:" + root.resolve("missing")))
        .contains("there is nothing at " + root.resolve("missing"))
        .endsWith("exit 5");
  }
}
