package io.jstorage.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.jcache.app.Race;
import io.jstorage.redis.server.RedisServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guarantees for all processes that share a storage. */
class ProcessesTest {
  private static final int PROCESSES = 3;
  private static final int ROUNDS = 200;

  @TempDir Path directory;

  @Test
  void entryProcessorsAndConditionalWritesAreOneStepForAllProcessesOnFiles() throws Exception {
    race("template = json:%s/{cache}?durability=none&expiration=1d".formatted(directory));
  }

  @Test
  void entryProcessorsAndConditionalWritesAreOneStepForAllProcessesOnRedis() throws Exception {
    try (RedisServer server = RedisServer.start()) {
      race(
          "template = redis.json://%s:%d?namespace={cache}&timeout=30s"
              .formatted(server.host(), server.port()));
    }
  }

  private void race(String configuration) throws Exception {
    URI uri = Files.writeString(directory.resolve("jcache.properties"), configuration).toUri();
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(start(uri, directory.resolve("output" + i)));
    }
    int first = 0;
    for (int i = 0; i < PROCESSES; i++) {
      assertThat(processes.get(i).waitFor(5, TimeUnit.MINUTES)).isTrue();
      List<String> lines = Files.readAllLines(directory.resolve("output" + i));
      assertThat(processes.get(i).exitValue()).as("%s", lines).isZero();
      first += Integer.parseInt(lines.get(lines.size() - 1));
    }
    assertThat(first).isEqualTo(ROUNDS);
    try (CacheManager manager = new StorageCachingProvider().getCacheManager(uri, null)) {
      Cache<List<String>, Integer> cache =
          manager.createCache("race", new Race.RaceConfiguration());
      assertThat(cache.get(List.of("counter"))).isEqualTo(PROCESSES * ROUNDS);
      assertThat(cache).hasSize(ROUNDS + 1);
    }
  }

  private static Process start(URI configuration, Path output) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Race.class.getName(),
            configuration.toString(),
            Integer.toString(ROUNDS))
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}
