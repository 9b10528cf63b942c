package io.jstorage.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Everything public has Javadoc, and nothing is {@code synchronized} around access to disks and
 * servers; violations are found.
 */
class SourceFilesTest {
  static final List<Part> PARTS = Part.ALL;

  /** Methods whose synchronized code never waits for a disk or a server. */
  private static final List<String> LOCKS_WITHOUT_IO =
      List.of(
          "AdaptiveStamps.adapt",
          "AdaptiveStamps.begin",
          "AdaptiveStamps.end",
          "AdaptiveStamps.taken",
          "LastKnown.beforeRead",
          "LastKnown.saw",
          "LastKnown.beforeChange",
          "LastKnown.changed",
          "LastKnown.unchanged",
          "LastKnown.forgetAll",
          "LastKnown.find",
          "PrefixStore.clear",
          "RareLog.since",
          "PendingUses.isEmpty",
          "PendingUses.add",
          "PendingUses.take",
          "PendingUses.giveBack",
          "Connections.lent",
          "Connections.usageOf",
          "JedisClient.client",
          "Passwords.note",
          "Passwords.all");

  private static SourceFiles parse(List<Path> files) {
    StandardJavaFileManager manager =
        ToolProvider.getSystemJavaCompiler()
            .getStandardFileManager(null, null, StandardCharsets.UTF_8);
    return SourceFiles.parse(manager.getJavaFileObjectsFromPaths(files));
  }

  private static SourceFiles planted(String source) {
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Planted.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    return SourceFiles.parse(List.of(file));
  }

  @ParameterizedTest
  @FieldSource("PARTS")
  void everythingPublicHasJavadoc(Part part) {
    List<Path> exported =
        part.sources().stream()
            .filter(file -> !file.toString().contains("internal"))
            .filter(file -> Descriptors.CONCEALED.stream().noneMatch(each -> isIn(each, file)))
            .toList();
    assertThat(parse(exported).undocumented()).isEmpty();
  }

  private static boolean isIn(String packageName, Path file) {
    return file.toString().replace('\\', '/').contains(packageName.replace('.', '/') + "/");
  }

  @ParameterizedTest
  @FieldSource("PARTS")
  void synchronizedCodeNeverWaitsForIo(Part part) {
    List<String> locked = parse(part.sources()).locked();
    if (part.equals(Part.TESTKIT)) {
      // Test code may block: one thread opens and closes each storage.
      assertThat(locked).isNotEmpty();
    } else {
      assertThat(locked).isSubsetOf(LOCKS_WITHOUT_IO);
    }
  }

  @Test
  void undocumentedElementsAreNamed() {
    SourceFiles files =
        planted(
            """
            public class Planted {
              public int field;
              protected void inherited() {}
              public Planted() {}
              void own() { class Local { public void inner() {} } }
              @Override public String toString() { return ""; }
              /** Says something. */ public void described() {}
              public interface Nested { void implicit(); private void helper() {} }
              static class Hidden { public void nobody() {} }
            }
            """);
    assertThat(files.undocumented())
        .containsExactlyInAnyOrder(
            "Planted",
            "Planted.field",
            "Planted.inherited",
            "Planted.<init>",
            "Planted.Nested",
            "Planted.Nested.implicit");
  }

  @Test
  void synchronizedMethodsAndBlocksAreNamed() {
    SourceFiles files =
        planted(
            """
            class Planted {
              synchronized void method() {}
              void block() { Runnable r = () -> { synchronized (this) { write(); } }; }
              void free() { String s = "synchronized (this)"; /* synchronized */ }
              class Inner { static synchronized void nested() {} }
            }
            """);
    assertThat(files.locked())
        .containsExactlyInAnyOrder("Planted.method", "Planted.block.r", "Planted.Inner.nested");
  }
}
