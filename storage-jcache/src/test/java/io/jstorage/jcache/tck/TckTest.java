package io.jstorage.jcache.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kit of JSR-107 1.1.1, whole but for annotations, each time in a process of its own: it is
 * told by system properties what to test. Its exclude list has one name, that of the test that
 * fails unless it is in the list. The kit mostly waits, so that all processes run at once.
 */
class TckTest {
  /** The classes of the kit that are values and keys. */
  private static final String SERIALIZED =
      "codec=serialized&serialized.allow=domain.**,org.jsr107.**";

  private static final String ALL = "481 tests, 0 failures, 0 ignored";

  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  @TempDir static Path directory;

  private static final List<Process> STARTED = new ArrayList<>();
  private static Process inMemory;
  private static Process onFiles;
  private static Process onRedis;

  @BeforeAll
  static void start() throws IOException {
    inMemory = start("memory", "");
    onFiles =
        start(
            "files",
            "template = json:%s/{cache}?durability=none&expiration=1d&%s"
                .formatted(directory.resolve("caches"), SERIALIZED));
    onRedis =
        start(
            "redis",
            "template = redis://%s:%d?namespace={cache}&timeout=30s&%s"
                .formatted(REDIS.get().host(), REDIS.get().port(), SERIALIZED));
  }

  private static Process start(String name, String configuration) throws IOException {
    Path file = Files.writeString(directory.resolve(name + ".properties"), configuration);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dio.jstorage.jcache.uri=" + file.toUri());
    command.add("-Djavax.cache.Cache=io.jstorage.jcache.StorageCache");
    command.add("-Djavax.cache.Cache.Entry=io.jstorage.jcache.KeyValue");
    command.add("-Djavax.cache.CacheManager=io.jstorage.jcache.StorageCacheManager");
    command.add("-Dorg.jsr107.tck.support.server.address=127.0.0.1");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(RunTck.class.getName());
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(output(name).toFile())
            .start();
    STARTED.add(process);
    return process;
  }

  @AfterAll
  static void stop() {
    // Their files are deleted next.
    STARTED.forEach(process -> process.destroyForcibly().onExit().join());
  }

  @Test
  void passesInMemory() throws Exception {
    assertPassed("memory", inMemory);
  }

  @Test
  void passesOnFiles() throws Exception {
    assertPassed("files", onFiles);
  }

  @Test
  void passesOnRedis() throws Exception {
    assertPassed("redis", onRedis);
  }

  private static Path output(String name) {
    return directory.resolve(name + ".txt");
  }

  private static void assertPassed(String name, Process kit)
      throws IOException, InterruptedException {
    assertThat(kit.waitFor(10, TimeUnit.MINUTES)).as("it ends").isTrue();
    List<String> lines = Files.readAllLines(output(name));
    assertThat(lines).as("%s", String.join("\n", lines)).isNotEmpty();
    assertThat(lines.get(lines.size() - 1)).as("%s", String.join("\n", lines)).startsWith(ALL);
  }
}
