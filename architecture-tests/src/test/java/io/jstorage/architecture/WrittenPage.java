package io.jstorage.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the repository that is written by a program, and so never differs from the code. */
final class WrittenPage {
  static final String COMMAND = "./mvnw test -Dwrite-pages";

  private WrittenPage() {}

  /** Fails if the page differs from {@code content}; writes it first if the build is told to. */
  static void assertUpToDate(String page, String content) throws IOException {
    Path file = Path.of("..", page);
    if (System.getProperty("write-pages") != null) {
      Files.writeString(file, content);
    }
    assertSame(file, content);
  }

  static void assertSame(Path file, String content) throws IOException {
    String written = Files.exists(file) ? Files.readString(file) : "";
    assertThat(written)
        .as(
            "%s is not what the code says. Judge the difference, then write it anew: %s",
            file.getFileName(), COMMAND)
        .isEqualTo(content);
  }
}
