package io.jstorage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.codec.Codecs;
import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import io.jstorage.jvm.Polling;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spi.Storages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies between directories. */
class TransferTest {
  @TempDir Path root;

  private String files(String name) {
    return "json:" + root.resolve(name) + "?durability=none";
  }

  private void fill(String name, int count) {
    try (Storage<byte[]> storage = open(name, ".storage.json")) {
      Map<String, byte[]> values = new HashMap<>();
      IntStream.range(0, count)
          .forEach(i -> values.put("Key/" + i, ("{\"n\":" + i + "}").getBytes(UTF_8)));
      storage.putAll(values);
    }
  }

  private Storage<byte[]> open(String name, String suffix) {
    return Storages.of(
        FileStore.at(root.resolve(name)).suffix(suffix).durability(Durability.NONE).open(),
        Codecs.bytes());
  }

  private Map<String, String> content(String name) {
    try (Storage<byte[]> storage = open(name, ".storage.json");
        Stream<String> keys = storage.keys()) {
      Map<String, String> content = new TreeMap<>();
      keys.forEach(key -> content.put(key, new String(storage.require(key), UTF_8)));
      return content;
    }
  }

  private static Run ok(String... args) {
    Run run = Run.of(args);
    assertThat(run.code()).as(run.toString()).isZero();
    return run;
  }

  @Test
  void everythingIsCopiedAndASecondRunWritesNothing() {
    fill("a", 1200);
    assertThat(ok("cp", files("a"), files("b")).out()).startsWith("Copied 1 200 entries (");
    assertThat(content("b")).hasSize(1200).isEqualTo(content("a"));
    assertThat(ok("cp", files("a"), files("b")).out())
        .isEqualTo("Copied 0 entries (0 B), 1 200 were there already.\n");
  }

  @Test
  void aPartOfItIsCopiedByPrefixAndNothingInADryRun() {
    fill("a", 12);
    Run dry = ok("cp", "--dry-run", "--json", "--prefix", "Key/1", files("a"), files("b"));
    assertThat(dry.out()).contains("\"dryRun\":true,\"copied\":3,");
    assertThat(root.resolve("b")).doesNotExist();
    ok("cp", "--prefix", "Key/1", files("a"), files("b"));
    assertThat(content("b")).containsOnlyKeys("Key/1", "Key/10", "Key/11");
  }

  @Test
  void differingEntriesAreReplacedOrKept() {
    fill("a", 3);
    ok("put", files("b"), "Key/1", "--value", "\"other\"");
    assertThat(ok("cp", "--keep-existing", files("a"), files("b")).out())
        .contains("Copied 2 entries", "1 differ and were kept");
    assertThat(content("b")).containsEntry("Key/1", "\"other\"");
    assertThat(ok("cp", files("a"), files("b")).out()).contains("Copied 1 entry", "2 were there");
    assertThat(content("b")).isEqualTo(content("a"));
  }

  @Test
  void aSyncDeletesWhatTheSourceLacksIfThatIsAskedFor() {
    fill("a", 40);
    fill("b", 60);
    assertThat(ok("sync", files("a"), files("b")).out()).contains("40 were there already");
    assertThat(content("b")).hasSize(60);
    assertThat(ok("sync", "--delete", "-n", files("a"), files("b")).out())
        .contains("20 would be deleted");
    assertThat(content("b")).hasSize(60);
    assertThat(ok("sync", "--delete", files("a"), files("b")).out()).contains("20 deleted");
    assertThat(content("b")).isEqualTo(content("a"));
  }

  @Test
  void aSyncFromAnEmptyOrAbsentSourceDeletesNothing() {
    fill("b", 5);
    fill("empty", 0);
    Run run = Run.of("sync", "--delete", files("empty"), files("b"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--yes");
    assertThat(Run.of("sync", "--delete", "--yes", files("typo"), files("b")).code()).isEqualTo(5);
    assertThat(content("b")).hasSize(5);
    ok("sync", "--delete", "--yes", files("empty"), files("b"));
    assertThat(content("b")).isEmpty();
  }

  @Test
  void damagedEntriesAreCopiedAsTheyAreWhereTheFormatIsTheSame() throws IOException {
    fill("a", 2);
    Files.writeString(root.resolve("a/bad.storage.json"), "{");
    ok("cp", files("a"), files("b"));
    assertThat(content("b")).containsEntry("bad", "{");
  }

  @Test
  void anotherFormatIsDecodedAndEncodedAndWhatFailsIsReported() throws IOException {
    fill("a", 100);
    Files.writeString(root.resolve("a/bad.storage.json"), "{");
    String pickles = "pickle.gzip:" + root.resolve("p") + "?durability=none";
    Path report = root.resolve("report");
    Run run = Run.of("cp", "--report", report.toString(), files("a"), pickles);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("Copied 100 entries", "1 failed");
    assertThat(run.err()).contains("Failed:", "bad: ");
    assertThat(Files.readAllLines(report))
        .hasSize(1)
        .allMatch(line -> line.startsWith("{\"event\":\"failed\",\"key\":\"bad\",\"reason\":\""));
    Files.delete(root.resolve("a/bad.storage.json"));
    ok("cp", pickles, files("b"));
    assertThat(content("b")).isEqualTo(content("a"));
    assertThat(ok("cp", files("a"), pickles).out()).contains("100 were there already");
  }

  @Test
  void aValueThatWouldComeBackAsAnotherIsCopiedOnlyIfThatIsAskedFor() {
    StorageOptions path = StorageOptions.of("path", root.resolve("p"), "durability", "none");
    try (Storage<Object> pickles = StorageProvider.load().create("storage.pickle", path)) {
      pickles.put("bytes", new byte[] {1, 2});
      pickles.put("text", "plain");
    }
    String from = "pickle:" + root.resolve("p");
    Run run = Run.of("cp", from, files("b"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("bytes: the target's codec 'json' brings the value back as");
    assertThat(content("b")).containsOnlyKeys("text");
    ok("cp", "--lossy", from, files("b"));
    assertThat(content("b")).containsEntry("bytes", "\"AQI=\"");
  }

  @Test
  void deadlinesAreKeptWhereBothSidesCan() {
    String expiring = files("a") + "&expiring=true";
    ok("put", expiring, "k", "--value", "1", "--ttl", "1h");
    ok("put", expiring, "stays", "--value", "2");
    ok("cp", expiring, files("c") + "&expiring=true");
    Run listed = ok("ls", "-l", files("c") + "&expiring=true");
    assertThat(listed.lines())
        .anyMatch(line -> line.matches(".*5\\d min .*  k"))
        .anyMatch(line -> line.matches(".* -  stays"));
    assertThat(ok("cp", expiring, files("c") + "&expiring=true").out()).contains("2 were there");
    Run dropped = ok("cp", expiring, files("d"));
    assertThat(dropped.err()).contains("1 entry with a deadline never expire");
  }

  @Test
  void aTargetThatFailsIsReportedEntryByEntryAndTheRunEnds() throws IOException {
    fill("a", 600);
    Path target = root.resolve("b");
    Files.createDirectory(target);
    // A directory in place of an entry is the one thing that a put does not put right.
    for (String key : content("a").keySet()) {
      String name = key.replace("Key/", "Key%2f") + "~x4.storage.json";
      Files.createDirectory(target.resolve(name));
    }
    Run run = Run.of("cp", "--max-failures", "5", "--jobs", "1", files("a"), files("b"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("Failed:", "Gave up after");
    assertThat(run.lines().get(0)).startsWith("Copied 0 entries");
    try (Stream<Path> left = Files.list(target)) {
      assertThat(left.filter(Files::isRegularFile).map(each -> each.getFileName().toString()))
          .allMatch(name -> name.startsWith(".jstorage"));
    }
  }

  @Test
  void aSourceThatChangesDuringTheCopyIsCopiedInWholeValues() throws Exception {
    fill("a", 400);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicLong changes = new AtomicLong();
    Thread writer =
        new Thread(
            () -> {
              try (Storage<byte[]> storage = open("a", ".storage.json")) {
                for (int i = 0; !ended.get(); i = (i + 1) % 400) {
                  String key = "Key/" + i;
                  if (i % 3 == 0) {
                    storage.remove(key);
                  }
                  byte[] value =
                      "{\"n\":%d,\"text\":\"%s\"}".formatted(i, "x".repeat(i)).getBytes(UTF_8);
                  storage.put(i % 7 == 0 ? "New/" + i : key, value);
                  changes.incrementAndGet();
                }
              }
            });
    writer.start();
    try {
      for (int i = 0; i < 5; i++) {
        long seen = changes.get();
        ok("sync", "--delete", files("a"), files("b"));
        Polling.until("the source has changed", () -> changes.get() > seen);
      }
    } finally {
      ended.set(true);
      writer.join();
    }
    assertThat(content("b").values())
        .allMatch(value -> value.matches("\\{\"n\":\\d+(,\"text\":\"x*\")?}"));
    ok("sync", "--delete", files("a"), files("b"));
    assertThat(content("b")).isEqualTo(content("a"));
  }

  @Test
  void aDirectoryInPlaceOfAnEntryIsNamedAndTheOthersAreCopied() throws IOException {
    fill("a", 20);
    Files.createDirectory(root.resolve("a/folder.storage.json"));
    Run copy = Run.of("cp", files("a"), files("b"));
    assertThat(copy.code()).isEqualTo(1);
    assertThat(copy.out()).startsWith("Copied 20 entries");
    assertThat(copy.err()).contains("folder: ").contains("there is a directory; delete it");
    assertThat(content("b")).hasSize(20);
    Run get = Run.of("get", files("a"), "folder");
    assertThat(get.code()).isEqualTo(1);
    assertThat(get.err()).contains("there is a directory; delete it");
    Run verify = Run.of("verify", files("a"));
    assertThat(verify.code()).isEqualTo(1);
    assertThat(verify.out()).contains("unreadable  folder: ", "20 entries decoded, 0 damaged, 1 ");
  }

  @Test
  void aStoppedCopySaysSoAndGoesOnFromThere() {
    fill("a", 50);
    Run stopped = new Run();
    stopped.interrupts().fire();
    stopped.run("cp", files("a"), files("b"));
    assertThat(stopped.code()).isEqualTo(130);
    assertThat(stopped.err()).contains("The same command again goes on from here");
    ok("cp", files("a"), files("b"));
    assertThat(content("b")).isEqualTo(content("a"));
  }

  @Test
  void progressIsShownOnATerminalOfAnyWidthAndNotInAPipe() {
    fill("a", 300);
    for (int columns : List.of(20, 80, 200)) {
      Run run = new Run().onTerminal(columns).run("cp", files("a"), files("to" + columns));
      assertThat(run.code()).isZero();
      assertThat(run.err()).contains("\r").doesNotContain("\u001b");
      assertThat(run.err().split("[\r\n]")).allMatch(line -> line.length() < columns);
    }
    assertThat(ok("cp", files("a"), files("piped")).err()).isEmpty();
    Run verify = new Run().onTerminal(20).run("verify", files("a"));
    assertThat(verify.err()).contains("\r").doesNotContain("%");
  }
}
