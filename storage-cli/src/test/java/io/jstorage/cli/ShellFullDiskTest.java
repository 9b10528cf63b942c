package io.jstorage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that write to a real disk of a few pages, where this user may mount one. */
class ShellFullDiskTest {
  private static final int ENTRIES = 60;
  private static final String FULL = "No space left on device";

  @TempDir Path root;

  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(root.resolve("disk"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk.toString()));
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  private static boolean run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return process.waitFor() == 0;
  }

  private void makeRoom() throws Exception {
    assertThat(run("mount", "-o", "remount,size=4m", disk.toString())).isTrue();
  }

  private String source() {
    return "json:" + root.resolve("source") + "?durability=none";
  }

  private String target() {
    return "json:" + disk.resolve("target") + "?durability=none";
  }

  /** As much as two such disks. */
  private Path fillSource() throws IOException {
    Path source = Files.createDirectory(root.resolve("source"));
    for (int i = 0; i < ENTRIES; i++) {
      Files.writeString(
          source.resolve("key-%d.storage.json".formatted(i)), "\"%s\"".formatted(text(i)));
    }
    return source;
  }

  private static String text(int i) {
    return String.valueOf(i % 10).repeat(4000);
  }

  private static Run ok(String... args) {
    Run run = Run.of(args);
    assertThat(run.code()).as(run.toString()).isZero();
    return run;
  }

  /** Copies again where there is room, and finds in the target what the source has. */
  private void assertCompletedBy(String... command) throws Exception {
    makeRoom();
    ok(command);
    assertThat(ok("cp", source(), target()).out())
        .isEqualTo("Copied 0 entries (0 B), 60 were there already.\n");
    assertThat(ok("verify", target()).out())
        .isEqualTo("60 entries decoded, 0 damaged, 0 not readable, 0 files passed over.\n");
  }

  @Test
  void aCopyNamesWhatFoundNoRoomAndASecondOneCompletesIt() throws Exception {
    fillSource();
    for (String command : List.of("cp", "sync")) {
      Run full = Run.of(command, source(), target());
      assertThat(full.code()).as(full.toString()).isEqualTo(1);
      assertThat(full.out())
          .containsPattern("^Copied [0-9]+ entr")
          .containsPattern("[1-9]\\d* failed");
      assertThat(full.err()).contains("Failed:", FULL);
      assertThat(ok("verify", target()).out()).contains(" decoded, 0 damaged, 0 not readable, 0 ");
    }
    assertCompletedBy("cp", source(), target());
  }

  @Test
  void anImportNamesWhatFoundNoRoomAndASecondOneCompletesIt() throws Exception {
    Path source = fillSource();
    Run full = Run.of("import-pystorage", source.toString(), target());
    assertThat(full.code()).as(full.toString()).isEqualTo(1);
    assertThat(full.lines())
        .hasSize(ENTRIES + 1)
        .anyMatch(line -> line.startsWith("imported   key-"))
        .anyMatch(line -> line.startsWith("refused    key-") && line.contains(FULL));
    assertCompletedBy("import-pystorage", source.toString(), target());
  }

  @Test
  void aPutThatFindsNoRoomLeavesTheOldValue() throws Exception {
    ok("put", target(), "k", "--value", "1");
    Path large = Files.writeString(root.resolve("large"), "\"" + "x".repeat(200_000) + "\"");
    Run full = Run.of("put", target(), "k", large.toString());
    assertThat(full.code()).isEqualTo(1);
    assertThat(full.err()).contains(FULL);
    assertThat(ok("get", target(), "k").out()).isEqualTo("1");
    Run output = new Run().run("put", source(), "large", large.toString());
    assertThat(output.code()).as(output.toString()).isZero();
    Run get = Run.of("get", source(), "large", "-o", disk.resolve("value").toString());
    assertThat(get.code()).isEqualTo(1);
    assertThat(get.err()).contains("cannot write " + disk.resolve("value"), FULL);
  }

  @Test
  void aReportAPictureAndTheOutputThatFindNoRoomAreFailures() throws Exception {
    fillSource();
    Files.writeString(root.resolve("source/bad.storage.json"), "{");
    try (OutputStream rest = Files.newOutputStream(disk.resolve("rest"))) {
      for (int i = 0; i < 100; i++) {
        rest.write(new byte[4096]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining(FULL);
    }
    Path file = disk.resolve("file");
    Run report =
        Run.of(
            "cp",
            "--report",
            file.toString(),
            source(),
            "pickle:" + root.resolve("pickles") + "?durability=none");
    Run picture = Run.of("stats", source(), "--svg", file.toString());
    Run list =
        Run.of(
            "import-pystorage",
            root.resolve("source").toString(),
            "json:" + root.resolve("imported") + "?durability=none",
            "--report",
            file.toString());
    for (Run run : List.of(report, picture, list)) {
      assertThat(run.code()).as(run.toString()).isEqualTo(1);
      assertThat(run.err()).contains("cannot write " + file, FULL);
    }
    for (String command : List.of("ls", "verify", "stats")) {
      try (OutputStream output = new FileOutputStream(file.toFile())) {
        Run run = new Run().output(output).run(command, source());
        assertThat(run.code()).as(run.toString()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("jstorage: cannot write the output: " + FULL + "\n");
      }
    }
    try (Stream<String> lines = Files.lines(file, UTF_8)) {
      assertThat(lines).isEmpty();
    }
  }
}
