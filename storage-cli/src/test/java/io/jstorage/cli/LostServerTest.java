package io.jstorage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.cli.terminal.Texts;
import io.jstorage.codec.Codecs;
import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import io.jstorage.redis.RedisStore;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.TcpProxy;
import io.jstorage.spi.Storages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis whose process is killed while a command is in the middle of it. */
class LostServerTest {
  private static final int ENTRIES = 2000;

  @TempDir Path root;

  private RedisServer redis;
  private TcpProxy proxy;

  @BeforeEach
  void start() {
    redis = RedisServer.builder().durable().start();
    proxy = new TcpProxy(redis.port());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    redis.close();
  }

  private String redis() {
    return redis("30s");
  }

  /** The same server, whose loss is noticed soon. */
  private String hasty() {
    return redis("300ms");
  }

  private String redis(String timeout) {
    return "redis.json://%s:%d?timeout=%s".formatted(proxy.host(), proxy.port(), timeout);
  }

  private String files(String name) {
    return "json:" + root.resolve(name) + "?durability=none";
  }

  private static Map<String, byte[]> values() {
    Map<String, byte[]> values = new HashMap<>();
    for (int i = 0; i < ENTRIES; i++) {
      values.put("key-%04d".formatted(i), "{\"n\":%d}".formatted(i).getBytes(UTF_8));
    }
    return values;
  }

  private Storage<byte[]> openFiles(String name) {
    return Storages.of(
        FileStore.at(root.resolve(name)).durability(Durability.NONE).open(), Codecs.bytes());
  }

  private Storage<byte[]> openRedis() {
    return Storages.of(
        RedisStore.at(redis.host(), redis.port()).timeout(Duration.ofSeconds(30)).open(),
        Codecs.bytes());
  }

  private static Map<String, String> content(Storage<byte[]> storage) {
    try (storage;
        Stream<String> keys = storage.keys()) {
      Map<String, String> content = new TreeMap<>();
      keys.forEach(key -> content.put(key, new String(storage.require(key), UTF_8)));
      return content;
    }
  }

  /** Runs a command, and kills the server once the key in the middle of a listing is sent there. */
  private Run killedInTheMiddleOf(String listed, String... args) {
    List<String> keys = ok("ls", listed).lines();
    return killedAt(keys.get(keys.size() * 2 / 3), args);
  }

  /** A command that has given up before, at a pause of the machine, is run again. */
  private Run killedAt(String key, String... args) {
    AtomicBoolean killed = new AtomicBoolean();
    Run run = new Run();
    for (int attempt = 0; attempt < 10 && !killed.get(); attempt++) {
      proxy.pauseAfter(
          key,
          () -> {
            killed.set(true);
            redis.kill();
          });
      run = Run.of(args);
    }
    return run;
  }

  private static Run ok(String... args) {
    Run run = Run.of(args);
    assertThat(run.code()).as(run.toString()).isZero();
    return run;
  }

  @Test
  void aCopyWhoseTargetIsKilledEndsSoonAndASecondOneCompletesIt() throws Exception {
    try (Storage<byte[]> source = openFiles("a")) {
      source.putAll(values());
    }
    Path report = root.resolve("report");
    Run broken =
        killedInTheMiddleOf(
            files("a"), "cp", "--jobs", "1", "--report", report.toString(), files("a"), hasty());
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.err())
        .contains("Failed:", "Gave up after", "The same command again goes on from here.")
        .containsPattern("  key-\\d+: .*\n    and [0-9 ]+ entries likewise\n");
    assertThat(Files.readAllLines(report))
        .hasSizeGreaterThanOrEqualTo(100)
        .allMatch(line -> line.startsWith("{\"event\":\"failed\",\"key\":\"key-"));
    redis.restart();
    long before = content(openRedis()).size();
    assertThat(before).isBetween(1L, ENTRIES - 1L);
    assertThat(ok("cp", files("a"), redis()).out())
        .contains(Texts.number(before) + " were there already");
    assertThat(content(openRedis())).isEqualTo(content(openFiles("a")));
  }

  @Test
  void aSyncWhoseTargetIsKilledDeletesNothingBeforeASecondOneCompletesIt() {
    try (Storage<byte[]> source = openFiles("a");
        Storage<byte[]> target = openRedis()) {
      source.putAll(values());
      target.put("stale", "1".getBytes(UTF_8));
    }
    Run broken =
        killedInTheMiddleOf(
            files("a"), "sync", "--delete", "--jobs", "1", "--json", files("a"), hasty());
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.lines().get(broken.lines().size() - 1))
        .startsWith("{\"event\":\"gaveUp\",")
        .contains("\"deleted\":0,");
    redis.restart();
    assertThat(content(openRedis())).containsKey("stale").hasSizeLessThan(ENTRIES);
    assertThat(ok("sync", "--delete", files("a"), redis()).out()).contains(", 1 deleted");
    assertThat(content(openRedis())).isEqualTo(content(openFiles("a")));
  }

  @Test
  void aCopyWhoseSourceIsKilledEndsSoonAndASecondOneCompletesIt() {
    try (Storage<byte[]> source = openRedis()) {
      source.putAll(values());
    }
    Run broken = killedInTheMiddleOf(redis(), "cp", "--jobs", "1", hasty(), files("b"));
    assertThat(broken.code()).as(broken.toString()).isIn(1, 5);
    assertThat(broken.out()).startsWith("Copied ");
    assertThat(broken.err()).contains("The same command again goes on from here.");
    redis.restart();
    long before = content(openFiles("b")).size();
    assertThat(before).isBetween(1L, ENTRIES - 1L);
    assertThat(ok("cp", redis(), files("b")).out())
        .contains(Texts.number(before) + " were there already");
    assertThat(content(openFiles("b"))).isEqualTo(content(openRedis()));
  }

  @Test
  void anImportWhoseTargetIsKilledNamesEveryFileAndASecondOneCompletesIt() throws Exception {
    Path old = Files.createDirectory(root.resolve("old"));
    for (Map.Entry<String, byte[]> each : values().entrySet()) {
      Files.write(old.resolve(each.getKey() + ".storage.json"), each.getValue());
    }
    Run broken = killedAt("key-1300", "import-pystorage", old.toString(), hasty());
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.lines())
        .hasSize(ENTRIES + 1)
        .contains("refused    key-1999.storage.json: not tried, as the target is away")
        .anyMatch(line -> line.startsWith("refused    key-1300.storage.json: "));
    redis.restart();
    assertThat(ok("import-pystorage", old.toString(), redis()).out())
        .containsPattern("[1-9][0-9]* imported, 0 converted, [1-9][0-9]* present, ");
    assertThat(content(openRedis())).hasSize(ENTRIES);
  }

  @Test
  void commandsThatReadEveryEntryEndSoonIfTheServerIsKilled() {
    try (Storage<byte[]> storage = openRedis()) {
      storage.putAll(values());
    }
    for (List<String> command : List.of(List.of("verify"), List.of("stats"), List.of("ls", "-l"))) {
      List<String> args = Stream.concat(command.stream(), Stream.of(hasty())).toList();
      Run run = killedInTheMiddleOf(redis(), args.toArray(String[]::new));
      assertThat(run.code()).as(command + ": " + run).isEqualTo(5);
      assertThat(run.err()).contains(":" + proxy.port());
      assertThat(run.lines()).filteredOn(line -> line.contains("unreadable")).hasSizeLessThan(40);
      redis.restart();
    }
  }
}
