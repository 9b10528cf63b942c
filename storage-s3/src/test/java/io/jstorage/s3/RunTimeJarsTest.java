package io.jstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTimeJarsTest {
  private static final long MAX_BYTES = 12_000_000;

  @Test
  void runTimeJarsStaySmall() throws IOException {
    List<Path> jars =
        List.of(Files.readString(Path.of("target", "run-time-jars.txt")).split(File.pathSeparator))
            .stream()
            .map(Path::of)
            .toList();
    long bytes = 0;
    for (Path jar : jars) {
      bytes += Files.size(jar);
    }
    assertThat(bytes).as("bytes of %s", jars).isBetween(1_000_000L, MAX_BYTES);
    assertThat(jars)
        .extracting(jar -> jar.getFileName().toString())
        .contains("slf4j-api-2.0.20.jar")
        .noneMatch(name -> name.contains("netty") || name.contains("url-connection"));
  }
}
