package io.jstorage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.provider.StorageProvider;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of pystorage become entries, or are named with the reason. */
class ImportTest {
  private static final List<String> SAMPLES =
      List.of(
          "plain.storage.json",
          "nan.storage.json",
          "nothing.storage.json",
          "twins.storage.json",
          "old.storage.json",
          "pickled.storage.pkl",
          "bytes.storage.pkl",
          "object.storage.pkl",
          "zipped.storage.pkl.gz");

  @TempDir Path root;

  /** Copies a file that Python wrote. */
  private void sample(String name, String as) throws IOException {
    Path target = source().resolve(as);
    Files.createDirectories(target.getParent());
    try (InputStream in = getClass().getResourceAsStream("pystorage/" + name)) {
      Files.copy(Objects.requireNonNull(in, name), target);
    }
  }

  private void samples() throws IOException {
    for (String name : SAMPLES) {
      sample(name, name);
    }
  }

  private Path source() {
    return root.resolve("source");
  }

  private String pickles() {
    return "pickle:" + root.resolve("target") + "?durability=none";
  }

  private String json() {
    return "json:" + root.resolve("target") + "?durability=none";
  }

  private Run run(String url, String... more) {
    List<String> args = new ArrayList<>(List.of("import-pystorage", source().toString(), url));
    args.addAll(Arrays.asList(more));
    return Run.of(args.toArray(String[]::new));
  }

  private Object value(String url, String key) {
    try (Storage<Object> storage = StorageProvider.load().open(url)) {
      return storage.require(key);
    }
  }

  /** The content and times of all files. */
  private static Map<String, String> state(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      Map<String, String> state = new TreeMap<>();
      for (Path file : (Iterable<Path>) files::iterator) {
        state.put(
            file.toString(),
            Files.isDirectory(file)
                ? "directory"
                : Arrays.hashCode(Files.readAllBytes(file))
                    + " "
                    + Files.getLastModifiedTime(file));
      }
      return state;
    }
  }

  @Test
  void eachFileIsNamedWithWhatBecameOfIt() throws IOException {
    samples();
    Files.writeString(source().resolve("README.txt"), "no entry");
    Map<String, String> before = state(source());
    Run run = run(pickles());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.lines())
        .contains(
            "imported   plain.storage.json",
            "imported   nan.storage.json",
            "imported   pickled.storage.pkl",
            "imported   bytes.storage.pkl",
            "imported   zipped.storage.pkl.gz",
            "imported   old.storage.json: as a list; if it is a volatile entry, --volatile TIME reads it as one",
            "refused    nothing.storage.json: is None, and there is no such value here",
            "foreign    README.txt: its name ends in none of .storage.json, .storage.pkl, .storage.pkl.gz",
            "6 imported, 0 converted, 0 present, 0 expired, 1 foreign, 3 refused.")
        .anyMatch(line -> line.startsWith("refused    twins.storage.json: does not decode: "))
        .anyMatch(line -> line.matches("refused    object.storage.pkl: does not decode: .*Own.*"));
    assertThat(state(source())).isEqualTo(before);
    assertThat(value(pickles(), "plain"))
        .isEqualTo(
            Map.of(
                "text",
                "Hello World!",
                "sizes",
                Arrays.asList(1L, 2.5, null, true),
                "big",
                BigInteger.TWO.pow(70)));
    assertThat(value(pickles(), "bytes")).isEqualTo(new byte[] {0, -1});
    assertThat(value(pickles(), "nan"))
        .isEqualTo(
            Map.of("x", List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)));
    Run again = run(pickles());
    assertThat(again.out())
        .contains("0 imported, 0 converted, 6 present, 0 expired, 1 foreign, 3 refused.");
  }

  @Test
  void valuesThatJsonLacksAreRefusedOrConvertedAsChosen() throws IOException {
    samples();
    Run strict = run(json(), "--quiet");
    assertThat(strict.lines())
        .anyMatch(
            line ->
                line.startsWith(
                    "refused    nan.storage.json: the target's codec does not take it: "))
        .contains(
            "refused    bytes.storage.pkl: the target's codec brings the value back as another one; --lossy imports it anyway")
        .noneMatch(line -> line.startsWith("imported "));
    Run loose = run(json(), "--nan", "null", "--duplicates", "last", "--lossy");
    assertThat(loose.lines())
        .contains(
            "converted  nan.storage.json: NaN or infinite numbers became null",
            "imported   twins.storage.json",
            "converted  bytes.storage.pkl: the target's codec brings it back as another value");
    assertThat(value(json(), "nan")).isEqualTo(Map.of("x", Arrays.asList(null, null, null)));
    assertThat(value(json(), "twins")).isEqualTo(Map.of("1", "text"));
    assertThat(value(json(), "bytes")).isEqualTo("AP8=");
    Run texts = run(json(), "--nan", "text", "--overwrite");
    assertThat(texts.code()).isEqualTo(1);
    assertThat(value(json(), "nan"))
        .isEqualTo(Map.of("x", List.of("NaN", "Infinity", "-Infinity")));
  }

  @Test
  void aStoppedImportSaysSoAndGoesOnFromThere() throws IOException {
    samples();
    Run stopped = new Run();
    stopped.interrupts().fire();
    stopped.run("import-pystorage", source().toString(), pickles());
    assertThat(stopped.code()).isEqualTo(130);
    assertThat(stopped.err()).contains("The same command again goes on from here");
    assertThat(run(pickles()).out()).contains("6 imported, 0 converted, 0 present, ");
  }

  @Test
  void namesBecomeKeysAsTheyAre() throws IOException {
    for (String key :
        List.of("User Name", "été/日本", "sub/dir/key", "42", "a%2fb", ".hidden", "UPPER", "a.b")) {
      sample("plain.storage.json", key + ".storage.json");
    }
    sample("plain.storage.json", "sub/.storage.json");
    Run run = run(json());
    assertThat(run.lines())
        .contains("refused    sub/.storage.json: has an empty key, which no storage takes here");
    assertThat(Run.of("ls", json()).lines())
        .containsExactlyInAnyOrder(
            "User Name", "été/日本", "sub/dir/key", "42", "a%2fb", ".hidden", "UPPER", "a.b");
  }

  @Test
  void ofTwoFilesWithOneKeyTheSecondIsRefused() throws IOException {
    sample("plain.storage.json", "k.storage.json");
    sample("pickled.storage.pkl", "k.storage.pkl");
    Run run = run(json());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.lines())
        .contains("imported   k.storage.json")
        .anyMatch(
            line ->
                line.startsWith("refused    k.storage.pkl: has the same key as k.storage.json"));
    assertThat(run(pickles(), "--format", "pickle").lines())
        .contains("imported   k.storage.pkl")
        .anyMatch(line -> line.startsWith("foreign    k.storage.json"));
  }

  @Test
  void anotherSuffixIsReadToo() throws IOException {
    sample("pickled.storage.pkl", "k.cache");
    Run run = run(pickles(), "--suffix", "pickle=cache");
    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.lines()).contains("imported   k.cache");
  }

  @Test
  void volatileEntriesKeepTheirDeadlinesAndExpireOnTheWay() throws IOException {
    Files.createDirectories(source());
    double now = Instant.now().toEpochMilli() / 1000.0;
    Files.writeString(source().resolve("fresh.storage.json"), "[" + now + ", {\"a\": 1}]");
    Files.writeString(source().resolve("plain.storage.json"), "[1, 2]");
    sample("old.storage.json", "old.storage.json");
    String expiring = json() + "&expiring=true";
    Run run = run(expiring, "--volatile", "1h");
    assertThat(run.lines())
        .contains(
            "imported   fresh.storage.json",
            "expired    old.storage.json: at 2017-07-14T03:40:00.250Z",
            "refused    plain.storage.json: is no volatile entry: no pair of a time and a value");
    assertThat(value(expiring, "fresh")).isEqualTo(Map.of("a", 1L));
    assertThat(Run.of("ls", "-l", expiring).lines().get(1)).containsPattern("5\\d min");
    Run lasting = run(json() + "&suffix=.other.json", "--volatile", "3600");
    assertThat(lasting.lines())
        .contains(
            "converted  fresh.storage.json: it never expires, as the target keeps no deadlines");
  }

  @Test
  void entriesOfTheTargetAreReplacedOnlyOnRequest() throws IOException {
    sample("plain.storage.json", "plain.storage.json");
    Run.of("put", json(), "plain", "--value", "1");
    assertThat(run(json()).out()).contains("--overwrite replaces it");
    assertThat(value(json(), "plain")).isEqualTo(1L);
    assertThat(run(json(), "--dry-run", "--overwrite").out()).contains("Would be: 1 imported");
    assertThat(value(json(), "plain")).isEqualTo(1L);
    assertThat(run(json(), "--overwrite", "--json").out())
        .contains(
            "{\"event\":\"file\",\"file\":\"plain.storage.json\",\"key\":\"plain\",\"status\":\"imported\"}",
            "{\"event\":\"done\",\"dryRun\":false,\"imported\":1,");
  }

  @Test
  void linksAndWhatCannotBeReadAreRefused() throws IOException {
    sample("plain.storage.json", "plain.storage.json");
    Files.createSymbolicLink(source().resolve("link.storage.json"), Path.of("plain.storage.json"));
    Files.createDirectory(source().resolve("directory.storage.json"));
    Path report = root.resolve("report");
    Run run = run(json(), "--report", report.toString());
    assertThat(run.lines()).contains("refused    link.storage.json: is a link");
    assertThat(Files.readAllLines(report))
        .hasSize(2)
        .anyMatch(line -> line.contains("\"status\":\"refused\",\"reason\":\"is a link\""));
  }

  @Test
  void theSourceIsNeverTheTarget() throws IOException {
    sample("plain.storage.json", "plain.storage.json");
    Map<String, String> before = state(source());
    for (String target : List.of(source().toString(), source() + "/sub", source() + "/../source")) {
      Run run = run("json:" + target + "?durability=none");
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("in the directory that is imported");
    }
    assertThat(Run.of("import-pystorage", root.resolve("absent").toString(), json()).code())
        .isEqualTo(2);
    assertThat(state(source())).isEqualTo(before);
  }

  @Test
  void filesThatPythonWritesNowAreReadToo() throws IOException, InterruptedException {
    Process python;
    try {
      python =
          new ProcessBuilder(
                  System.getProperty("jstorage.python", "python3"),
                  "src/test/python/write_pystorage.py",
                  source().toString())
              .inheritIO()
              .start();
    } catch (IOException e) {
      Assumptions.abort("there is no Python: " + e.getMessage());
      return;
    }
    assertThat(python.waitFor()).isZero();
    Run run = run(pickles(), "--duplicates", "last");
    assertThat(run.lines())
        .contains("18 imported, 0 converted, 0 present, 0 expired, 1 foreign, 3 refused.");
    assertThat(value(pickles(), "P0")).isEqualTo(Map.of("a", List.of(1L, 2L)));
    assertThat(value(pickles(), "été/日本")).isEqualTo(List.of("é", "😀"));
    Run fresh = run(pickles() + "&expiring=true&suffix=.v", "--volatile", "1h");
    assertThat(fresh.lines())
        .contains(
            "imported   volatile/json.storage.json",
            "imported   volatile/pickle.storage.pkl",
            "expired    volatile/old.storage.json: at 2017-07-14T03:40:00.250Z");
  }
}
