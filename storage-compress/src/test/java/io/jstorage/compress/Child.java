package io.jstorage.compress;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.jstorage.provider.StorageProvider;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.XXHash32;
import org.apache.commons.compress.compressors.CompressorInputStream;
import org.apache.commons.io.IOUtils;
import org.apache.commons.lang3.ArrayFill;
import org.tukaani.xz.XZ;

/** A JVM with a path of its own. */
final class Child {
  static final Path TESTS = location(Child.class);
  static final Path XZ_JAR = location(XZ.class);
  static final Path ZSTD_JAR = location(Zstd.class);

  /** This module and what it cannot do without. */
  static final List<Path> REQUIRED =
      List.of(
          location(CompressTransforms.class),
          location(StorageProvider.class),
          location(CompressorInputStream.class),
          location(XXHash32.class),
          location(IOUtils.class),
          location(ArrayFill.class));

  private Child() {}

  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static String path(List<Path> required, Path... more) {
    List<Path> all = new ArrayList<>(required);
    all.addAll(Arrays.asList(more));
    return all.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** The output of a program, and the errors and warnings of it and its JVM. */
  record Result(List<String> lines, String errors) {}

  /** Runs java and returns the lines that the program printed. */
  static List<String> run(Path directory, String... arguments)
      throws IOException, InterruptedException {
    return runAll(directory, arguments).lines();
  }

  static Result runAll(Path directory, String... arguments)
      throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Path errors = directory.resolve("errors");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Warnings of the JVM go where all else goes that the JVM has to say.
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=warning:stderr"));
    command.addAll(Arrays.asList(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectError(errors.toFile())
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    String complaints = Files.readString(errors);
    assertThat(process.exitValue()).as("%s%n%s", lines, complaints).isZero();
    return new Result(lines, complaints);
  }
}
