package io.jstorage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.json.JsonCodec;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.s3.server.FaultProxy;
import io.jstorage.s3.server.S3ProxyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each command on files, on a Redis and on an S3 server, with and without {@code --json}. */
class EveryCommandTest {
  private static final String PASSWORD = "s3cret-of-the-test";
  private static final String BUCKET = "bucket";
  private static final String EXPIRING = "expiring=true";

  private static RedisServer redis;
  private static S3ProxyServer s3;
  private static FaultProxy proxy;

  @TempDir Path root;

  private final Set<String> tried = new TreeSet<>();

  /** The kinds of storages. */
  enum Kind {
    FILES,
    REDIS,
    S3
  }

  @BeforeAll
  static void start() {
    redis = RedisServer.builder().password(PASSWORD).start();
    s3 = S3ProxyServer.start();
    proxy = s3.proxy();
    s3.createBucket(BUCKET);
  }

  @AfterAll
  static void stop() throws IOException {
    proxy.close();
    s3.close();
    redis.close();
  }

  private static Set<String> commands() {
    Set<String> names = new TreeSet<>();
    for (String line : Run.of("--help").lines()) {
      if (line.matches("  [a-z][a-z-]+  +[A-Z].*")) {
        names.add(line.substring(2, line.indexOf(' ', 2)));
      }
    }
    return names;
  }

  /** A fresh storage that keeps deadlines. */
  private String url(Kind kind) {
    String name = UUID.randomUUID().toString();
    return switch (kind) {
      case FILES -> "json:%s?durability=none&%s".formatted(root.resolve(name), EXPIRING);
      case REDIS -> "redis.json://%s?timeout=30s&namespace=%s".formatted(redis, name);
      case S3 ->
          "s3://%s/%s?codec=json&region=%s&endpoint=%s&pathStyle=true&expiration=30d"
              .formatted(BUCKET, name, S3ProxyServer.REGION, proxy.endpoint());
    };
  }

  /** Runs a command, and again as a program would. */
  private Run both(int code, String... args) {
    Run run = run(args);
    assertThat(run.code()).as(List.of(args) + ": " + run).isEqualTo(code);
    List<String> more = new ArrayList<>(List.of(args));
    more.add(1, "--json");
    Run json = run(more.toArray(String[]::new));
    if (args[0].equals("rm")) {
      // The first run has removed it.
      assertThat(json.code()).isIn(0, 3);
    } else {
      assertThat(json.code()).as(more + ": " + json).isEqualTo(code);
    }
    assertObjects(json);
    return run;
  }

  private static void assertObjects(Run run) {
    assertThat(run.lines())
        .allSatisfy(
            line ->
                assertThat(JsonCodec.untyped().decode(line.getBytes(UTF_8)))
                    .isInstanceOf(Map.class));
  }

  private Run run(String... args) {
    tried.add(args[0]);
    Run run =
        new Run()
            .variable("JSTORAGE_PASSWORD", PASSWORD)
            .variable("JSTORAGE_ACCESS_KEY", S3ProxyServer.ACCESS_KEY)
            .variable("JSTORAGE_SECRET_KEY", S3ProxyServer.SECRET_KEY)
            .run(args);
    for (String secret : List.of(PASSWORD, S3ProxyServer.SECRET_KEY)) {
      assertThat(run.out() + run.err()).doesNotContain(secret);
    }
    return run;
  }

  @ParameterizedTest
  @EnumSource
  void eachCommandWorks(Kind kind) throws Exception {
    String url = url(kind);
    both(0, "names");
    both(
        0,
        "describe",
        "storage." + (kind == Kind.FILES ? "json" : kind.name().toLowerCase(Locale.ROOT)));
    both(0, "completion");
    both(0, "put", url, "a/B", "--value", "{\"a\":1}");
    both(0, "put", url, "short", "--value", "\"é\"", "--ttl", "1h");
    // An S3 that keeps deadlines compares no content.
    both(kind == Kind.S3 ? 2 : 1, "put", url, "a/B", "--value", "2", "--if-absent");
    both(4, "put", url, "a/B", "--value", "{");
    assertThat(both(0, "get", url, "a/B").out()).isEqualTo("{\"a\":1}");
    both(3, "get", url, "absent");
    assertThat(both(0, "ls", url).lines()).containsExactlyInAnyOrder("a/B", "short");
    assertThat(both(0, "ls", url, "sh", "-l").lines().get(1))
        .matches(" +4 B .* 5\\d min .*  short");
    assertThat(both(0, "verify", url).out()).startsWith("2 entries decoded, 0 damaged, 0 not ");
    Path svg = root.resolve("picture.svg");
    assertThat(both(0, "stats", url, "--svg", svg.toString()).out())
        .contains("2 entries, 11 B", "Sizes", "Time until expiry");
    assertThat(svg).content().startsWith("<svg").doesNotContain(PASSWORD);
    both(0, "bench", url, "--count", "3");
    both(0, "rm", url, "--expired");
    copies(kind, url);
    imports(kind);
    if (kind == Kind.S3) {
      assertThat(both(2, "watch", url).err()).contains("cannot report changes");
    } else {
      watch(url);
    }
    both(0, "rm", url, "short");
    both(0, "rm", url, "--prefix", "", "--yes");
    assertThat(both(0, "ls", url).out()).isEmpty();
    assertThat(tried).isEqualTo(commands());
  }

  private void copies(Kind kind, String url) {
    for (Kind other : Kind.values()) {
      String copy = url(other);
      assertThat(run("cp", "--dry-run", url, copy).out()).startsWith("Would copy 2 entries");
      assertThat(run("cp", url, copy).out()).startsWith("Copied 2 entries");
      assertThat(both(0, "cp", url, copy).out()).contains("2 were there already");
      assertThat(run("ls", "-l", copy, "short").out())
          .as(kind + " to " + other)
          .containsPattern("5\\d min");
      run("put", copy, "stale", "--value", "1");
      assertThat(both(0, "sync", "--delete", url, copy).out()).contains("1 deleted");
      assertThat(run("get", copy, "a/B").out()).isEqualTo("{\"a\":1}");
      assertThat(run("ls", copy).lines()).containsExactlyInAnyOrder("a/B", "short");
    }
  }

  private void imports(Kind kind) throws IOException {
    String target = url(kind);
    Path directory = root.resolve("old");
    Path old = Files.createDirectories(directory.resolve("sub"));
    Files.writeString(old.resolve("User Name.storage.json"), "[1, 2]");
    Files.writeString(old.resolve("NaN.storage.json"), "NaN");
    assertThat(both(1, "import-pystorage", directory.toString(), target).lines())
        .contains("imported   sub/User Name.storage.json");
    assertThat(run("get", target, "sub/User Name").out()).isEqualTo("[1,2]");
  }

  private void watch(String url) throws Exception {
    for (String json : List.of("--json", "")) {
      Run watching = new Run().variable("JSTORAGE_PASSWORD", PASSWORD);
      List<String> args = new ArrayList<>(List.of("watch", "--count", "1", url));
      if (!json.isEmpty()) {
        args.add(json);
      }
      tried.add("watch");
      Thread thread = new Thread(() -> watching.run(args.toArray(String[]::new)));
      thread.start();
      while (thread.isAlive()) {
        run("put", url, "a/B", "--value", "{\"a\":1}");
      }
      thread.join();
      assertThat(watching.code()).as(watching.toString()).isZero();
      assertThat(watching.out()).contains("a/B");
      if (!json.isEmpty()) {
        assertObjects(watching);
      }
    }
  }

  @Test
  void noMessageShowsThePasswordOfAUrl() {
    String wrong = "redis.json://user:hidden-word@%s".formatted(redis);
    String away = "redis.json://:hidden-word@127.0.0.1:1?timeout=200ms";
    String files = "json:" + root;
    for (String url : List.of(wrong, away)) {
      for (List<String> args :
          List.of(
              List.of("ls", "env:HERE"),
              List.of("get", "env:HERE", "k"),
              List.of("put", "env:HERE", "k", "--value", "1"),
              List.of("rm", "env:HERE", "k"),
              List.of("cp", files, "env:HERE"),
              List.of("sync", "env:HERE", files),
              List.of("verify", "env:HERE"),
              List.of("stats", "env:HERE"),
              List.of("bench", "env:HERE"),
              List.of("watch", "env:HERE", "--count", "1"),
              List.of("import-pystorage", root.toString(), "env:HERE"))) {
        Run run = new Run().variable("HERE", url);
        run.run(args.toArray(String[]::new));
        assertThat(run.code()).as(args + ": " + run).isEqualTo(5);
        assertThat(run.err()).isNotEmpty();
        assertThat(run.out() + run.err()).doesNotContain("hidden-word");
      }
    }
  }
}
