package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.testkit.MemoryDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on the directory of one disk LRU whose bytes are limited. */
@Timeout(300)
class DiskLruBytesProcessesTest {
  private static final int BYTES = 1000;

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  /** The program of the other processes. */
  static final class BytesWorker {
    public static void main(String[] args) throws Exception {
      try (BufferedReader in =
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
          Storage<String> storage = open(Path.of(args[0]))) {
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          String[] words = line.split(" ", -1);
          switch (words[0]) {
            case "put" -> storage.put(words[1], "x".repeat(Integer.parseInt(words[2])));
            case "get" -> storage.get(words[1]);
            case "remove" -> storage.remove(words[1]);
            case "crowd" -> crowd(storage, words[1]);
            default -> throw new IOException("what is " + line + "?");
          }
          System.out.println("done");
        }
      }
    }

    /** Goes on until it is killed. */
    private static void crowd(Storage<String> storage, String name) {
      System.out.println("begins");
      Random random = new Random(name.hashCode());
      for (int i = 0; ; i++) {
        String key = random.nextInt(3) == 0 ? "shared" + random.nextInt(20) : name + i % 50;
        storage.put(key, "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 1100 : 90)));
        if (random.nextInt(5) == 0) {
          storage.remove(name + random.nextInt(50));
        }
        storage.get("shared" + random.nextInt(20));
      }
    }
  }

  private static Storage<String> open(Path directory) {
    return DiskLruStore.at(directory).bytes(BYTES).storage(Codecs.text());
  }

  private static List<String> keysOf(Storage<String> storage) {
    try (Stream<String> keys = storage.keys()) {
      return keys.toList();
    }
  }

  private static int sum(Map<String, Integer> model) {
    return model.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Long enough for the journal to be shortened by each of them. */
  @Test
  void processesInTurnsEvictWhatTheModelEvictsAlsoWhileTheyAreKilled() throws Exception {
    Random random = new Random(21);
    LinkedHashMap<String, Integer> model = new LinkedHashMap<>(16, 0.75f, true);
    List<ChildJvm> children = new ArrayList<>();
    try (Storage<String> storage = open(directory)) {
      for (int i = 0; i < 2; i++) {
        children.add(start());
      }
      for (int step = 0; step < 5000; step++) {
        if (step % 1500 == 1499) {
          int killed = random.nextInt(2);
          children.get(killed).kill();
          children.set(killed, start());
        }
        String key = "key" + random.nextInt(40);
        int length = random.nextInt(random.nextInt(20) == 0 ? BYTES + 100 : 120);
        int operation = random.nextInt(8);
        int where = random.nextInt(3);
        if (operation == 0) {
          model.remove(key);
        } else if (operation < 4) {
          model.get(key);
        } else {
          model.remove(key);
          if (length <= BYTES) {
            model.put(key, length);
          }
          while (sum(model) > BYTES) {
            model.remove(model.keySet().iterator().next());
          }
        }
        if (where < 2) {
          String command =
              operation == 0
                  ? "remove " + key
                  : operation < 4 ? "get " + key : "put " + key + " " + length;
          assertThat(children.get(where).ask(command)).isEqualTo("done");
        } else if (operation == 0) {
          storage.remove(key);
        } else if (operation < 4) {
          storage.get(key);
        } else {
          storage.put(key, "x".repeat(length));
        }
        if (step % 20 == 0) {
          assertThat(keysOf(storage)).as("step %d", step).hasSameElementsAs(model.keySet());
          assertThat(DiskLruBytesTest.bytesIn(directory)).isEqualTo(sum(model));
        }
      }
    } finally {
      children.forEach(ChildJvm::close);
    }
  }

  private ChildJvm start() throws IOException {
    ChildJvm child = ChildJvm.start(BytesWorker.class, directory);
    assertThat(child.hear()).isEqualTo("ready");
    return child;
  }

  @Test
  void processesThatAreKilledAtWorkNeverHaveMoreThanTheLimit() throws Exception {
    for (int round = 0; round < 3; round++) {
      List<ChildJvm> children = new ArrayList<>();
      try (Storage<String> storage = open(directory);
          DirectoryLock lock = DirectoryLock.open(Disk.SYSTEM, directory, Duration.ofMinutes(1))) {
        for (int i = 0; i < 3; i++) {
          children.add(start());
        }
        for (ChildJvm child : children) {
          child.tell("crowd " + round + "-" + children.indexOf(child) + "-");
          assertThat(child.hear()).isEqualTo("begins");
        }
        for (int n = 0; n < 100; n++) {
          storage.put("mine" + n % 30, "x".repeat(n));
          DirectoryLock.Held held = lock.acquire();
          try (held) {
            assertThat(DiskLruBytesTest.bytesIn(directory)).isLessThanOrEqualTo(BYTES);
          }
        }
        children.forEach(ChildJvm::kill);
        assertThat(DiskLruBytesTest.bytesIn(directory)).isLessThanOrEqualTo(BYTES);
        for (int i = 0; i < 10; i++) {
          storage.put("last" + i, "x".repeat(BYTES / 10));
          assertThat(DiskLruBytesTest.bytesIn(directory)).isLessThanOrEqualTo(BYTES);
        }
        assertThat(keysOf(storage)).hasSize(10).allMatch(key -> key.startsWith("last"));
      } finally {
        children.forEach(ChildJvm::close);
      }
    }
  }
}
