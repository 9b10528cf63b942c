package io.jstorage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.redis.server.RedisServer;
import io.jstorage.s3.server.FaultProxy;
import io.jstorage.s3.server.S3ProxyServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a Redis and an S3 server. */
class ServersTest {
  private static final String PASSWORD = "s3cret-of-the-test";
  private static final String BUCKET = "bucket";

  private static RedisServer redis;
  private static S3ProxyServer s3;
  private static FaultProxy proxy;

  @TempDir Path root;

  private final String namespace = UUID.randomUUID().toString();

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

  private String redis() {
    return "redis.json://%s?timeout=30s&namespace=%s".formatted(redis, namespace);
  }

  private String s3() {
    return "s3://%s/%s?codec=json&region=%s&endpoint=%s&pathStyle=true"
        .formatted(BUCKET, namespace, S3ProxyServer.REGION, proxy.endpoint());
  }

  private static Run shell() {
    return new Run()
        .variable("JSTORAGE_PASSWORD", PASSWORD)
        .variable("JSTORAGE_ACCESS_KEY", S3ProxyServer.ACCESS_KEY)
        .variable("JSTORAGE_SECRET_KEY", S3ProxyServer.SECRET_KEY);
  }

  private static Run ok(String... args) {
    Run run = shell().run(args);
    assertThat(run.code()).as(run.toString()).isZero();
    return run;
  }

  @Test
  void filesGoToRedisToS3AndBackWithTheirDeadlines() {
    String files = "json:" + root.resolve("a") + "?durability=none&expiring=true";
    for (int i = 0; i < 20; i++) {
      ok("put", files, "Key " + i, "--value", "[" + i + "]");
    }
    ok("put", files, "short", "--value", "\"é\"", "--ttl", "1h");
    assertThat(ok("cp", files, redis()).out()).startsWith("Copied 21 entries");
    assertThat(ok("cp", files, redis()).out()).contains("21 were there already");
    assertThat(ok("ls", "-l", redis(), "short").lines().get(1)).containsPattern("5\\d min");
    String bucket = s3() + "&expiration=30d";
    assertThat(ok("cp", "--jobs", "2", redis(), bucket).out()).startsWith("Copied 21 entries");
    assertThat(ok("ls", "-l", bucket, "short").lines().get(1)).containsPattern("5\\d min");
    String back = "json:" + root.resolve("b") + "?durability=none&expiring=true";
    assertThat(ok("sync", "--delete", bucket, back).out()).startsWith("Copied 21 entries");
    assertThat(ok("get", back, "short").out()).isEqualTo("\"é\"");
    assertThat(ok("ls", "-l", back, "short").lines().get(1)).containsPattern("5\\d min");
  }

  @Test
  void aPasswordComesFromTheEnvironmentOrAPromptAndFromNowhereElse() {
    String host = redis + "?timeout=30s";
    String inUrl = "redis.json://:%s@%s".formatted(PASSWORD, host);
    Run refused = Run.of("ls", inUrl);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("list of processes").doesNotContain(PASSWORD);
    Run query = Run.of("ls", "redis.json://%s&password=%s".formatted(host, PASSWORD));
    assertThat(query.code()).isEqualTo(2);
    assertThat(query.err()).doesNotContain(PASSWORD);
    Run nested = Run.of("ls", "volatile:?storage=" + inUrl);
    assertThat(nested.code()).isEqualTo(2);
    assertThat(nested.err()).doesNotContain(PASSWORD);
    Run variable = new Run().variable("CACHE", inUrl).run("ls", "env:CACHE");
    assertThat(variable.code()).as(variable.toString()).isZero();
    assertThat(Run.of("ls", "env:CACHE").err()).contains("environment variable 'CACHE'");
    Run asked = new Run().onTerminal(80, PASSWORD).run("ls", "-W", "redis.json://" + host);
    assertThat(asked.code()).as(asked.toString()).isZero();
    assertThat(asked.err()).isEqualTo("Password: ");
    assertThat(Run.of("ls", "-W", "redis.json://" + host).code()).isEqualTo(2);
    Run wrong = new Run().variable("JSTORAGE_PASSWORD", "wrong-one").run("ls", "redis://" + host);
    assertThat(wrong.code()).isEqualTo(5);
    assertThat(wrong.err()).doesNotContain("wrong-one");
    Run ofTarget =
        new Run()
            .variable("JSTORAGE_PASSWORD", "wrong-one")
            .variable("JSTORAGE_SOURCE_PASSWORD", PASSWORD)
            .variable("JSTORAGE_TARGET_PASSWORD", PASSWORD)
            .run("cp", redis(), redis() + "-copy");
    assertThat(ofTarget.code()).as(ofTarget.toString()).isZero();
  }

  @Test
  void changesAreShownAsTheyCome() throws Exception {
    Run watching = shell();
    Announcing output = new Announcing();
    watching.output(output);
    Thread thread =
        new Thread(() -> watching.run("watch", "--count", "2", "--prefix", "k", redis()));
    thread.start();
    // The first change that is seen says that the feed has begun.
    while (!output.contains("changed  k0")) {
      ok("put", redis(), "k0", "--value", "1");
    }
    while (thread.isAlive()) {
      ok("put", redis(), "other", "--value", "1");
      ok("put", redis(), "k1", "--value", "1");
    }
    thread.join();
    assertThat(watching.code()).as(watching.toString()).isZero();
    assertThat(output.text()).contains("changed  k").doesNotContain("other");
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    Run run = Run.of("ls", "redis://127.0.0.1:1?timeout=200ms");
    assertThat(run.code()).isEqualTo(5);
    assertThat(run.err()).contains("127.0.0.1:1");
  }
}
