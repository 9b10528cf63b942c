package io.jstorage.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Comments, descriptions, names of tests and pages name their subjects and fit the columns. */
class ProseTest {
  private static final Path ROOT = Path.of("..");
  private static final Set<String> FOREIGN = Set.of("target", ".git", "node_modules");

  private static final List<Prose> ALL = new ArrayList<>();

  @BeforeAll
  static void readAll() throws IOException {
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return FOREIGN.contains(directory.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = ROOT.relativize(file).toString().replace('\\', '/');
            if (name.endsWith(".md")) {
              ALL.add(Prose.ofPage(name, Files.readString(file)));
            } else if (file.endsWith("pom.xml")) {
              ALL.add(Prose.ofPom(name, Files.readString(file)));
            } else if (name.endsWith(".java")) {
              ALL.add(
                  Prose.ofSource(name, Files.readString(file), name.contains("/src/main/java/")));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Test
  void everySentenceNamesItsSubject() {
    assertThat(ALL).hasSizeGreaterThan(500);
    assertThat(ALL.stream().flatMap(prose -> prose.headless().stream())).isEmpty();
  }

  @Test
  void everyLineFitsIntoTheColumns() {
    assertThat(ALL.stream().flatMap(prose -> prose.tooLong().stream())).isEmpty();
  }

  @Test
  void aPageIsReadWithoutItsCode() {
    Prose page =
        Prose.ofPage(
            "page.md",
            """
            # What stands here

            A sentence. What it says
            goes on. **Who reads it?** Nobody: what follows is no opening.

            - Whatever is listed
            | Where cells are | "What" |
            ```
            What is code is not read.
            ```
            """);
    assertThat(page.headless())
        .containsExactly(
            "page.md:1: What stands here",
            "page.md:3: What it says goes on.",
            "page.md:6: Whatever is listed",
            "page.md:7: Where cells are",
            "page.md:7: \"What\"");
  }

  @Test
  void aSourceIsReadByItsComments() {
    String source =
        """
        /**
         * Defined. Whoever reads
         * it nods.
         *
         * <p>What is a paragraph
         * @param key where the key is
         * @return What comes back
         */
        class Planted { // Where the line ends.
          String what = "What is a string. Who is another."; /* Whose? */
          // Nothing. Wherever
          // it goes on.
          char c = '"'; // "What" in quotes
        }
        """;
    List<String> comments =
        List.of(
            "Planted.java:2: Whoever reads it nods.",
            "Planted.java:5: What is a paragraph",
            "Planted.java:7: What comes back",
            "Planted.java:9: Where the line ends.",
            "Planted.java:11: Wherever it goes on.",
            "Planted.java:13: \"What\" in quotes");
    assertThat(Prose.ofSource("Planted.java", source, false).headless())
        .containsExactlyElementsOf(comments);
    assertThat(Prose.ofSource("Planted.java", source, true).headless())
        .hasSize(comments.size() + 2)
        .contains("Planted.java:10: What is a string.", "Planted.java:10: Who is another.");
  }

  @Test
  void aMethodIsReadByItsName() {
    String source =
        """
        class PlantedTest {
          @Test
          void whatIsPutIsThere() throws IOException {
            String text = "void whoAsks()"; // void whereItIs()
            where(whole);
          }
          // Nothing.
          public <T> void whoeverAsksIsAnswered(T asked) {}
          void wholeNumbersAreRead() {}
          void where(int line) {}
        }
        """;
    assertThat(Prose.ofSource("PlantedTest.java", source, false).headless())
        .containsExactly(
            "PlantedTest.java:3: whatIsPutIsThere", "PlantedTest.java:8: whoeverAsksIsAnswered");
  }

  @Test
  void aPomIsReadByItsDescriptionAndItsComments() {
    String text = "x".repeat(Prose.COLUMNS);
    String pom =
        """
        <project>
          <!-- Read. What is
               wrapped. -->
          <name>What a name is</name>
          <description>
            Who reads it? Whoever
            does.
          </description>
          <!-- %s -->
          <argLine>%s</argLine>
        </project>
        """
            .formatted(text, text);
    assertThat(Prose.ofPom("pom.xml", pom).headless())
        .containsExactly("pom.xml:2: What is wrapped.", "pom.xml:5: Whoever does.");
    assertThat(Prose.ofPom("pom.xml", pom).tooLong()).containsExactly("pom.xml:9");
  }

  @Test
  void aLineThatIsTooLongIsNamed() {
    String fits = "x".repeat(Prose.COLUMNS);
    assertThat(
            Prose.ofPage(
                    "page.md",
                    String.join(
                        "\n", fits, fits + "x", "| " + fits, "```", fits + "x", "```", "é" + fits))
                .tooLong())
        .containsExactly("page.md:2", "page.md:7");
    assertThat(
            Prose.ofSource(
                    "Planted.java",
                    String.join(
                        "\n", "/* " + fits, fits, " */", "int code; // " + fits, fits + fits, "//"),
                    false)
                .tooLong())
        .containsExactly("Planted.java:1", "Planted.java:4");
  }
}
