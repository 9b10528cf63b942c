package io.jstorage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands for single entries, on files. */
class CommandsTest {
  @TempDir Path directory;

  private String url() {
    return "json:" + directory + "?durability=none";
  }

  private static Run ok(String... args) {
    Run run = Run.of(args);
    assertThat(run.code()).as(run.toString()).isZero();
    return run;
  }

  @Test
  void namesAndTheirOptionsAreListed() {
    assertThat(ok("names").lines())
        .contains("storage.redis            redis: rediss:")
        .anyMatch(line -> line.startsWith("storage.pickle.gzip "))
        .anyMatch(line -> line.startsWith("storage.s3 "));
    assertThat(ok("names", "--json").lines())
        .contains("{\"name\":\"storage.lru\",\"schemes\":[\"lru:\"]}");
    assertThat(ok("describe", "storage.redis").out()).contains("  password: text");
    assertThat(ok("describe", "storage.s3", "--json").out())
        .contains("{\"name\":\"bucket\"", "\"required\":true", "\"secret\":true");
    Run unknown = Run.of("describe", "storage.jsn");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("storage.json");
  }

  @Test
  void entriesArePutReadListedAndRemoved() throws IOException {
    Path file = Files.writeString(directory.resolve("value"), "[1,2]");
    ok("put", url(), "A/b", "--value", "{\"a\":1}");
    ok("put", url(), "c", file.toString());
    new Run().input("\"from stdin\"".getBytes(UTF_8)).run("put", url(), "d");
    assertThat(ok("get", url(), "A/b").out()).isEqualTo("{\"a\":1}");
    assertThat(ok("get", url(), "d", "--json").out())
        .startsWith("{\"key\":\"d\",\"writtenAt\":\"2")
        .endsWith("\"value\":\"from stdin\"}\n");
    assertThat(ok("ls", url()).lines()).containsExactlyInAnyOrder("A/b", "c", "d");
    assertThat(ok("ls", url(), "A").lines()).containsExactly("A/b");
    assertThat(ok("ls", url(), "-0", "c").out()).isEqualTo("c\0");
    assertThat(ok("ls", "-l", url(), "c").lines().get(1)).matches(" +5 B +[0-9.]+ s +-  c");
    assertThat(ok("ls", "-l", "--json", url(), "c").out())
        .startsWith("{\"key\":\"c\",\"size\":5,\"writtenAt\":\"");
    Path copy = directory.resolve("copy");
    ok("get", url(), "c", "-o", copy.toString());
    assertThat(copy).hasContent("[1,2]");
    assertThat(ok("rm", url(), "c").out()).isEqualTo("Removed 1 entry.\n");
    assertThat(Run.of("get", url(), "c").code()).isEqualTo(3);
    Run twice = Run.of("rm", url(), "c", "d");
    assertThat(twice.code()).isEqualTo(3);
    assertThat(twice.err()).contains("there is no c");
    assertThat(ok("ls", url()).lines()).containsExactly("A/b");
  }

  @Test
  void aValueThatIsNoneIsRefusedAndTheOldOneStays() {
    ok("put", url(), "k", "--value", "1");
    Run run = Run.of("put", url(), "k", "--value", "{\"a\":");
    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err()).contains("nothing was stored", "codec 'json'");
    assertThat(ok("get", url(), "k").out()).isEqualTo("1");
  }

  @Test
  void aValueIsStoredForATimeWhereTheStorageExpires() {
    Run refused = Run.of("put", url(), "k", "--value", "1", "--ttl", "1h");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(Run.of("get", url(), "k").code()).isEqualTo(3);
    String expiring = url() + "&expiring=true";
    ok("put", expiring, "k", "--value", "1", "--ttl", "1h");
    assertThat(ok("ls", "-l", expiring).lines().get(1)).containsPattern("5\\d min");
    ok("put", expiring, "short", "--value", "1", "--ttl", "1ms");
    assertThat(Run.of("put", expiring, "k", "--value", "1", "--ttl", "soon").code()).isEqualTo(2);
    assertThat(Run.of("get", expiring, "short").code()).isEqualTo(3);
  }

  @Test
  void aKeyIsTakenOnlyOnceIfAbsent() {
    assertThat(ok("put", url(), "k", "--value", "1", "--if-absent", "--json").out())
        .isEqualTo("{\"key\":\"k\",\"stored\":true,\"size\":1}\n");
    Run second = Run.of("put", url(), "k", "--value", "2", "--if-absent");
    assertThat(second.code()).isEqualTo(1);
    assertThat(ok("get", url(), "k").out()).isEqualTo("1");
  }

  @Test
  void transformsAreUndone() {
    String zipped = "json:" + directory + "?suffix=.json.gz&transforms=gzip,xz&durability=none";
    ok("put", zipped, "k", "--value", "[true]");
    assertThat(ok("get", zipped, "k").out()).isEqualTo("[true]");
    assertThat(Run.of("put", zipped, "k", "--value", "x").code()).isEqualTo(4);
  }

  @Test
  void aTerminalShowsWhatIsNoTextAsJson() {
    String pickles = "pickle:" + directory + "?durability=none";
    byte[] pickle = {(byte) 0x80, 2, ']', 'q', 0, '(', 'K', 1, 'K', 2, 'e', '.'};
    Run put = new Run().input(pickle).run("put", pickles, "k");
    assertThat(put.code()).as(put.toString()).isZero();
    assertThat(ok("get", pickles, "k").bytes()).isEqualTo(pickle);
    assertThat(new Run().onTerminal(80).run("get", pickles, "k").out()).isEqualTo("[1,2]\n");
    Run hostile =
        new Run().input("cos\nsystem\n(S'true'\ntR.".getBytes(UTF_8)).run("put", pickles, "k");
    assertThat(hostile.code()).isEqualTo(4);
    assertThat(hostile.err()).contains("system");
    assertThat(ok("get", pickles, "k").bytes()).isEqualTo(pickle);
  }

  @Test
  void keysThatWouldMoveTheCursorAreShownEscaped() {
    String key = "a\u001b[31mred\nline\u202e";
    ok("put", url(), key, "--value", "1");
    assertThat(ok("ls", url()).out()).isEqualTo("a\\u001b[31mred\\u000aline\\u202e\n");
    assertThat(ok("ls", "-0", url()).out()).isEqualTo(key + "\0");
    assertThat(ok("ls", "--json", url()).out())
        .isEqualTo("{\"key\":\"a\\u001B[31mred\\nline\u202e\"}\n");
    Run missing = Run.of("get", url(), "\u001b[2J");
    assertThat(missing.err()).doesNotContain("\u001b");
  }

  @Test
  void aTerminalIsAskedBeforeAnythingIsRemoved() {
    ok("put", url(), "k1", "--value", "1");
    ok("put", url(), "k2", "--value", "1");
    Run no = new Run().onTerminal(80, "n").run("rm", url(), "--prefix", "k");
    assertThat(no.code()).isEqualTo(1);
    assertThat(no.err()).contains("Remove 2 entries from json:").contains("Nothing was removed.");
    assertThat(new Run().onTerminal(80).run("rm", url(), "k1").code()).isEqualTo(1);
    Run pipe = Run.of("rm", url(), "--prefix", "k");
    assertThat(pipe.code()).isEqualTo(2);
    assertThat(pipe.err()).contains("--yes");
    assertThat(ok("ls", url()).lines()).hasSize(2);
    Run yes = new Run().onTerminal(80, "y").run("rm", url(), "k1");
    assertThat(yes.code()).as(yes.toString()).isZero();
    assertThat(ok("rm", url(), "--prefix", "", "--yes", "--json").out())
        .isEqualTo("{\"removed\":1}\n");
    assertThat(Run.of("rm", url()).code()).isEqualTo(2);
    assertThat(Run.of("rm", url(), "k", "--expired").code()).isEqualTo(2);
  }

  @Test
  void expiredEntriesAreRemoved() {
    String expiring = url() + "&expiring=true";
    ok("put", expiring, "k", "--value", "1", "--ttl", "1ms");
    ok("put", expiring, "long", "--value", "1", "--ttl", "1h");
    Run removed = ok("rm", expiring, "--expired");
    while (removed.out().equals("Removed 0 entries.\n")) {
      removed = ok("rm", expiring, "--expired");
    }
    assertThat(removed.out()).isEqualTo("Removed 1 entry.\n");
    assertThat(ok("ls", expiring).lines()).containsExactly("long");
    assertThat(Run.of("rm", url(), "--expired").code()).isEqualTo(2);
  }

  @Test
  void damageAndFilesThatArePassedOverAreListed() throws IOException {
    ok("put", url(), "good", "--value", "1");
    Files.writeString(directory.resolve("bad.storage.json"), "{");
    Files.writeString(directory.resolve("User.storage.json"), "1");
    Files.createSymbolicLink(directory.resolve("link.storage.json"), Path.of("good.storage.json"));
    Run run = Run.of("verify", url());
    assertThat(run.code()).isEqualTo(4);
    assertThat(run.lines())
        .anyMatch(line -> line.startsWith("damaged  bad: "))
        .anyMatch(line -> line.startsWith("unreadable  link: "))
        .contains(
            "passed over  User.storage.json: is no name of a key here: the key 'User' has the file User~x8.storage.json",
            "1 entry decoded, 1 damaged, 1 not readable, 1 file passed over.");
    assertThat(Run.of("verify", url(), "--json").lines())
        .contains(
            "{\"event\":\"done\",\"sound\":1,\"damaged\":1,\"unreadable\":1,\"passedOver\":1}");
    Files.delete(directory.resolve("bad.storage.json"));
    assertThat(Run.of("verify", url()).code()).isEqualTo(1);
    Files.delete(directory.resolve("link.storage.json"));
    ok("verify", url());
    Run listed = Run.of("ls", "-l", url());
    assertThat(listed.code()).as(listed.toString()).isZero();
  }

  @Test
  void aLineTakesThePlaceOfTheProgressBar() throws IOException {
    Files.writeString(directory.resolve("bad.storage.json"), "{");
    Announcing both = new Announcing();
    Run run = new Run().onTerminal(60).output(both).errors(both).run("verify", url());
    assertThat(run.code()).isEqualTo(4);
    assertThat(both.text().lines())
        .filteredOn(line -> line.contains("damaged  bad: "))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.substring(line.lastIndexOf('\r') + 1))
                    .startsWith("damaged  bad: "));
  }

  @Test
  void sizesAndAgesAreDrawn() throws IOException {
    ok("put", url(), "small", "--value", "1");
    ok("put", url(), "large", "--value", "\"" + "x".repeat(5000) + "\"");
    Path svg = directory.resolve("picture.svg");
    Run run = ok("stats", url(), "--svg", svg.toString());
    assertThat(run.out()).contains("2 entries", "Sizes", " < 16 B 1 █", "< 16 KiB 1 █", "Ages");
    assertThat(Files.readString(svg))
        .startsWith("<svg xmlns=")
        .contains("&lt; 16 KiB")
        .endsWith("</svg>\n");
    assertThat(ok("stats", url(), "--json").out())
        .startsWith(
            "{\"entries\":2,\"bytes\":5003,\"largest\":5002,\"withDeadline\":0,\"failed\":0,\"Sizes\":[{\"range\":\"< 16 B\",\"count\":1}");
    Run narrow = new Run().onTerminal(20).run("stats", url());
    assertThat(narrow.code()).isZero();
    assertThat(narrow.lines().stream().skip(1)).allMatch(line -> line.length() <= 20);
    assertThat(Run.of("stats", url(), "--svg", directory.toString()).code()).isEqualTo(2);
  }

  @Test
  void latenciesAreMeasuredOnEntriesOfItsOwn() {
    ok("put", url(), "mine", "--value", "1");
    assertThat(ok("bench", url(), "--count", "20", "--size", "10").out())
        .contains("put ", "get ", "remove ", "99 %", "█");
    assertThat(ok("bench", url(), "--count", "20", "--json").lines())
        .hasSize(3)
        .allMatch(
            line ->
                line.matches("\\{\"operation\":\"\\w+\",\"count\":20,\"p50Micros\":[0-9.]+,.*}"));
    assertThat(ok("ls", url()).lines()).containsExactly("mine");
    assertThat(Run.of("bench", url(), "--count", "0").code()).isEqualTo(2);
    assertThat(Run.of("bench", "lru:").code()).isEqualTo(2);
  }

  @Test
  void aScriptForCompletionIsPrinted() {
    assertThat(ok("completion").out()).startsWith("#!").contains("import-pystorage", "--dry-run");
  }

  @Test
  void bashCompletesCommandsAndOptionsByTheScript() throws Exception {
    Path script = Files.writeString(directory.resolve("completion"), ok("completion").out());
    String asks =
        ". '%s'; for w in 'imp' 'cp --dr'; do COMP_WORDS=(jstorage $w); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=(); _complete_jstorage; echo \"${COMPREPLY[*]}\"; done"
            .formatted(script);
    Process bash;
    try {
      bash =
          new ProcessBuilder("bash", "-c", asks)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      Assumptions.abort("there is no bash: " + e.getMessage());
      return;
    }
    assertThat(new String(bash.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("import-pystorage\n--dry-run\n");
    bash.waitFor();
  }

  @Test
  void aPipeGetsNoColoursAndATerminalDoes() {
    List<String> commands = List.of("--help", "cp", "names");
    assertThat(commands)
        .allSatisfy(each -> assertThat(Run.of(each).out()).doesNotContain("\u001b"));
    assertThat(new Run().onTerminal(80).run("--help").out()).contains("\u001b[");
    Run plain = new Run().onTerminal(80).variable("NO_COLOR", "1").run("--help");
    assertThat(plain.out()).doesNotContain("\u001b").contains("Exit codes");
  }

  @Test
  void aMistakeOnTheCommandLineIsNamed() throws IOException {
    assertThat(Run.of("frobnicate").code()).isEqualTo(2);
    assertThat(Run.of("ls").err()).contains("URL");
    assertThat(Run.of("ls", "nosuch:x").err()).contains("nosuch");
    assertThat(Run.of("ls", "json:x?suffx=.a").err()).contains("did you mean 'suffix'");
    assertThat(Run.of("get", url(), "").code()).isEqualTo(2);
    Run missing = Run.of("ls", "json:" + directory.resolve("absent"));
    assertThat(missing.code()).isEqualTo(5);
    assertThat(missing.err()).contains("there is no directory");
    assertThat(directory.resolve("absent")).doesNotExist();
    Path file = Files.writeString(directory.resolve("file"), "");
    for (String[] command :
        List.of(
            new String[] {"ls", "json:" + file},
            new String[] {"put", "json:" + file, "k", "--value", "1"},
            new String[] {"bench", "disklru:" + file},
            new String[] {"cp", url(), "json:" + file},
            new String[] {"import-pystorage", directory.toString(), "json:" + file})) {
      Run notADirectory = Run.of(command);
      assertThat(notADirectory.code()).as(notADirectory.toString()).isEqualTo(5);
      assertThat(notADirectory.err()).contains(file + " is not a directory");
    }
    Run notADirectory = Run.of("import-pystorage", file.toString(), url());
    assertThat(notADirectory.code()).isEqualTo(2);
    assertThat(Run.of("put", url(), "k", directory.toString()).err()).contains("is a directory");
    assertThat(Run.of("put", url(), "k", "absent").err()).contains("there is no file");
    assertThat(Run.of("put", url(), "k", "f", "--value", "1").err()).contains("twice");
    ok("put", url(), "k", "--value", "1");
    assertThat(Run.of("get", url(), "k", "-o", directory.toString()).code()).isEqualTo(2);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void changesOfFilesAreShown() throws Exception {
    ok("put", url(), "k", "--value", "0");
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<Run> watching = pool.submit(() -> Run.of("watch", url(), "--count", "1"));
      for (int i = 1; !watching.isDone(); i++) {
        ok("put", url(), "k", "--value", String.valueOf(i));
      }
      assertThat(watching.get().out()).contains("k");
      assertThat(watching.get().code()).isZero();
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aReaderThatGoesAwayEndsTheCommandQuietly() {
    for (int i = 0; i < 10; i++) {
      ok("put", url(), "k" + i, "--value", "1");
    }
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    for (String command : List.of("ls", "verify", "stats")) {
      Run run = new Run().output(closed).run(command, url());
      assertThat(run.code()).isEqualTo(141);
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void storagesOfObjectsAreReadAndWrittenAsJson() {
    String behind = "volatile:?expiration=1h&storage=json:" + directory + "?durability=none";
    ok("put", behind, "k", "--value", "{\"a\":[1]}");
    assertThat(ok("get", behind, "k").out()).isEqualTo("{\"a\":[1]}");
    assertThat(ok("ls", "-l", behind).lines()).hasSize(2);
    assertThat(Run.of("put", behind, "k", "--value", "{").code()).isEqualTo(4);
    Run copy = Run.of("cp", behind, url());
    assertThat(copy.code()).isEqualTo(2);
    assertThat(copy.err()).contains("name the storage behind it");
  }
}
