package io.jstorage.compress;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.compress.app.UseTransforms;
import io.jstorage.jvm.OtherJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The transforms where their libraries are there, are not there, or cannot be used. */
class OptionalLibrariesTest {
  private static final String MAIN = UseTransforms.class.getName();

  @TempDir Path directory;

  private static void assertXzAndZstdAreMissing(List<String> lines) {
    assertThat(lines).hasSize(4).startsWith("lz4 works: true", "snappy works: true");
    assertThat(lines.get(2))
        .startsWith("xz fails, opened false")
        .contains("org.tukaani:xz", "--add-modules", "org.tukaani.xz ");
    assertThat(lines.get(3))
        .startsWith("zstd fails, opened false")
        .contains("com.github.luben:zstd-jni", "--add-modules", "com.github.luben.zstd_jni ");
  }

  @Test
  void anAbsentLibraryIsNamedBeforeAnythingIsOpened() throws Exception {
    String classPath = Paths.path(Paths.REQUIRED, Paths.TESTS);
    assertXzAndZstdAreMissing(
        OtherJvm.outputOf(List.of("-cp", classPath, MAIN, "lz4", "snappy", "xz", "zstd")));
  }

  @Test
  void aLibraryThatTheModuleCannotReadIsAsGoodAsAbsent() throws Exception {
    assertXzAndZstdAreMissing(
        OtherJvm.outputOf(
            List.of(
                "-p",
                Paths.path(Paths.REQUIRED),
                "--add-modules",
                "io.jstorage.compress",
                "-cp",
                Paths.path(List.of(Paths.TESTS), Paths.XZ_JAR, Paths.ZSTD_JAR),
                MAIN,
                "lz4",
                "snappy",
                "xz",
                "zstd")));
  }

  @Test
  void allWorkOnTheModulePath() throws Exception {
    assertThat(
            OtherJvm.outputOf(
                List.of(
                    "-p",
                    Paths.path(Paths.REQUIRED, Paths.XZ_JAR, Paths.ZSTD_JAR),
                    "--add-modules",
                    "io.jstorage.compress,org.tukaani.xz,com.github.luben.zstd_jni",
                    "-cp",
                    Paths.TESTS.toString(),
                    MAIN,
                    "lz4",
                    "snappy",
                    "xz",
                    "zstd")))
        .containsExactly(
            "lz4 works: true", "snappy works: true", "xz works: true", "zstd works: true");
  }

  @Test
  void nativeCodeThatCannotBeLoadedIsSaidToBeThere() throws Exception {
    List<String> lines =
        OtherJvm.outputOf(
            List.of(
                "-Djava.io.tmpdir=" + directory.resolve("absent"),
                "-cp",
                Paths.path(Paths.REQUIRED, Paths.TESTS, Paths.ZSTD_JAR),
                MAIN,
                "zstd",
                "zstd",
                "lz4"));
    assertThat(lines.get(0))
        .startsWith("zstd fails, opened false")
        .contains("com.github.luben:zstd-jni", "cannot be loaded");
    assertThat(lines.get(1)).contains("cannot be loaded");
    assertThat(lines.get(2)).isEqualTo("lz4 works: true");
  }

  /** From Java 24 on, a JVM warns of native code unless it is told that this is wanted. */
  @Test
  void enabledNativeAccessCausesNoWarning() throws Exception {
    OtherJvm.Output classPath =
        OtherJvm.run(
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Paths.path(Paths.REQUIRED, Paths.TESTS, Paths.ZSTD_JAR),
                MAIN,
                "zstd"));
    OtherJvm.Output modulePath =
        OtherJvm.run(
            List.of(
                "--enable-native-access=com.github.luben.zstd_jni",
                "-p",
                Paths.path(Paths.REQUIRED, Paths.ZSTD_JAR),
                "--add-modules",
                "io.jstorage.compress,com.github.luben.zstd_jni",
                "-cp",
                Paths.TESTS.toString(),
                MAIN,
                "zstd"));
    for (OtherJvm.Output result : List.of(classPath, modulePath)) {
      assertThat(result.lines()).containsExactly("zstd works: true");
      assertThat(result.errors()).doesNotContain("WARNING", "native");
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_24)
  void aJvmThatDeniesNativeAccessIsSaidToDoSo() throws Exception {
    List<String> lines =
        OtherJvm.outputOf(
            List.of(
                "--illegal-native-access=deny",
                "-cp",
                Paths.path(Paths.REQUIRED, Paths.TESTS, Paths.ZSTD_JAR),
                MAIN,
                "zstd",
                "zstd"));
    assertThat(lines)
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("zstd fails, opened false")
                    .contains(
                        "com.github.luben:zstd-jni",
                        "--enable-native-access=ALL-UNNAMED",
                        "--enable-native-access=com.github.luben.zstd_jni"));
  }
}
