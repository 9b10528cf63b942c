package io.jstorage.jcache.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.redis.server.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kit of JSR-107 1.1.1, whole but for annotations, each time in a process of its own: it is
 * told by system properties what to test. Its exclude list has one name, that of the test that
 * fails unless it is in the list.
 */
class TckTest {
  /** The classes of the kit that are values and keys. */
  private static final String SERIALIZED =
      "codec=serialized&serialized.allow=domain.**,org.jsr107.**";

  private static final String ALL = "481 tests, 0 failures, 0 ignored";

  @TempDir Path directory;

  @Test
  void passesInMemory() throws Exception {
    assertThat(lastLine("")).startsWith(ALL);
  }

  @Test
  void passesOnFiles() throws Exception {
    String template = "template = json:%s/{cache}?durability=none&expiration=1d&" + SERIALIZED;
    assertThat(lastLine(template.formatted(directory))).startsWith(ALL);
  }

  @Test
  void passesOnRedis() throws Exception {
    try (RedisServer server = RedisServer.start()) {
      String template = "template = redis://%s:%d?namespace={cache}&" + SERIALIZED;
      assertThat(lastLine(template.formatted(server.host(), server.port()))).startsWith(ALL);
    }
  }

  private String lastLine(String configuration) throws Exception {
    Path file = Files.writeString(directory.resolve("jcache.properties"), configuration);
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
    List<String> lines = run(command);
    String last = lines.get(lines.size() - 1);
    assertThat(last).as("%s", String.join("\n", lines)).contains(" 0 failures");
    return last;
  }

  private List<String> run(List<String> command) throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(output);
  }
}
