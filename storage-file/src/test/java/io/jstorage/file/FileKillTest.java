package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes is killed, over and over. {@code jstorage.kills} says how often. */
class FileKillTest {
  private static final int KILLS = Integer.getInteger("jstorage.kills", 20);

  @TempDir Path directory;

  /** The last thing that a writer has said of a key. */
  private record Said(int number, boolean removed) {}

  @Test
  void acknowledgedWritesSurviveAndNothingIsTorn() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    ChildJvm next = ChildJvm.start(KillWorker.class, directory);
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        ChildJvm child = next;
        // It starts while the other one is at work, and waits.
        next = ChildJvm.start(KillWorker.class, directory);
        assertThat(child.hear()).isEqualTo("ready");
        child.tell("kill" + kill + "-");
        Map<String, Said> said = new HashMap<>();
        Map<String, Integer> lru = new HashMap<>();
        for (int line = random.nextInt(40, 120); line > 0; line--) {
          note(String.valueOf(child.hear()), said, lru);
        }
        child.kill();
        for (String line = child.hear(); line != null; line = child.hear()) {
          note(line, said, lru);
        }
        checkFiles(said);
        checkLru(lru);
      }
    } finally {
      next.close();
    }
    assertLeftoversAreSweptLater();
  }

  /** The last line of a process that was killed may be cut short. */
  private static void note(String line, Map<String, Said> said, Map<String, Integer> lru) {
    String[] words = line.split(" ", -1);
    if (words.length == 4 && words[3].equals(".")) {
      int number = Integer.parseInt(words[2]);
      if (words[0].equals("lru")) {
        lru.put(words[1], number);
      } else {
        String key = KillWorker.key(Integer.parseInt(words[1]), number);
        said.put(key, new Said(number, words[0].equals("removed")));
      }
    }
  }

  private void checkFiles(Map<String, Said> said) {
    try (Storage<String> storage = KillWorker.files(directory)) {
      List<String> listed = keysOf(storage);
      said.forEach(
          (key, last) -> {
            String value = storage.get(key).orElse(null);
            int unsaid = last.number() + KillWorker.KEYS;
            if (value == null) {
              assertThat(last.removed() || unsaid % 20 == 19).as("%s: %s", key, last).isTrue();
              assertThat(listed).doesNotContain(key);
            } else {
              int number = KillWorker.numberOf(key, value);
              assertThat(number).isIn(last.removed() ? unsaid : last.number(), unsaid);
              assertThat(listed).contains(key);
            }
          });
      storage.clear();
      assertThat(storage.size()).isZero();
    }
  }

  /** Of each writer's keys the newest are left, without a gap. */
  private void checkLru(Map<String, Integer> lru) {
    try (Storage<String> storage = KillWorker.lru(directory)) {
      List<String> listed = keysOf(storage);
      assertThat(listed).hasSizeLessThanOrEqualTo(KillWorker.LIMIT);
      lru.forEach(
          (writer, last) -> {
            List<Integer> kept =
                listed.stream()
                    .filter(key -> key.startsWith(writer + "-"))
                    .map(key -> KillWorker.numberOf(key, storage.require(key)))
                    .sorted()
                    .toList();
            if (!kept.isEmpty()) {
              assertThat(kept.get(kept.size() - 1)).isIn(last, last + 1);
              assertThat(kept)
                  .containsExactlyElementsOf(
                      IntStream.rangeClosed(kept.get(0), kept.get(kept.size() - 1))
                          .boxed()
                          .toList());
            }
          });
      for (int i = 0; i < KillWorker.LIMIT; i++) {
        storage.put("after" + i, "v");
      }
      assertThat(keysOf(storage))
          .hasSize(KillWorker.LIMIT)
          .allMatch(key -> key.startsWith("after"));
      storage.clear();
    }
  }

  private void assertLeftoversAreSweptLater() throws IOException {
    long longAgo = Instant.now().minus(Duration.ofHours(2)).toEpochMilli();
    List<Path> left = temporaryFiles();
    assertThat(left).as("a kill leaves about one a writer").isNotEmpty();
    for (Path file : left) {
      Path aged = file.resolveSibling(TemporaryNames.next(longAgo));
      Files.setLastModifiedTime(Files.move(file, aged), FileTime.fromMillis(longAgo));
    }
    KillWorker.files(directory).close();
    assertThat(temporaryFiles()).isEmpty();
  }

  private List<Path> temporaryFiles() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      files
          .filter(file -> TemporaryNames.isAbandoned(file.getFileName().toString(), Long.MAX_VALUE))
          .forEach(found::add);
    }
    return found;
  }

  private static List<String> keysOf(Storage<String> storage) {
    try (Stream<String> keys = storage.keys()) {
      return keys.toList();
    }
  }
}
