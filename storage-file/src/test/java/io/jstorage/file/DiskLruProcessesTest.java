package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Together;
import io.jstorage.testkit.MemoryDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on the directory of one disk LRU, some of which are killed. */
@Timeout(300)
class DiskLruProcessesTest {
  private static final int LIMIT = 50;
  private static final int PROCESSES = 8;
  private static final int CROWD = 4;
  private static final int THREADS = 2;
  private static final String OLD_JOURNAL = ".jstorage-order-old.storage.lru";

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  /** The program of the other processes. */
  static final class LruWorker {
    public static void main(String[] args) throws Exception {
      Path directory = Path.of(args[0]);
      try (BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          String[] words = line.split(" ", -1);
          if (words[0].equals("model")) {
            followModel(directory.resolve("s" + words[1]), Long.parseLong(words[1]));
          } else if (words[0].equals("crowd")) {
            crowd(directory, words[1], Integer.parseInt(words[2]));
          } else {
            throw new IOException("unknown command: " + line);
          }
          System.out.println("done");
        }
      }
    }

    /** Leaves the storage open: the test kills this process. */
    @SuppressWarnings("resource")
    private static void followModel(Path directory, long seed) {
      LruModel model = new LruModel(seed);
      Storage<String> storage = LruModel.open(directory);
      for (int i = 0; i < 40; i++) {
        model.step(storage);
      }
    }
  }

  /**
   * The program of processes that work in rounds: in each, every thread puts a new entry and reads
   * each of its old ones once. It prints how often it has shortened the journal.
   */
  static final class RoundWorker {
    static final int KEPT = 10;

    /** Room for all old entries and the new ones of two rounds: no old entry is evicted. */
    static final int LIMIT = 2 * THREADS * (KEPT + 2);

    public static void main(String[] args) throws Exception {
      AtomicInteger compactions = new AtomicInteger();
      Disk disk =
          new Disk() {
            @Override
            void rename(Path from, Path to) throws IOException {
              super.rename(from, to);
              if (to.endsWith(OLD_JOURNAL)) {
                compactions.incrementAndGet();
              }
            }
          };
      try (BufferedReader in =
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
          Storage<String> storage = open(Path.of(args[0]), disk)) {
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          String[] words = line.split(" ", -1);
          switch (words[0]) {
            case "round" -> {
              int round = Integer.parseInt(words[2]);
              Together.run(THREADS, t -> round(storage, words[1] + t, round));
            }
            case "put" -> storage.put(words[1], "value of " + words[1]);
            case "get" -> get(storage, words[1]);
            default -> throw new IOException("unknown command: " + line);
          }
          System.out.println(compactions);
        }
      }
    }

    static Storage<String> open(Path directory, Disk disk) {
      return DiskLruStore.at(directory).limit(LIMIT).disk(disk).storage(Codecs.text());
    }

    private static void round(Storage<String> storage, String name, int round) {
      for (int i = 0; i < KEPT; i++) {
        if (i == round % KEPT) {
          storage.put(name + "-" + round, "v");
        }
        get(storage, name + "kept" + i);
      }
    }

    private static void get(Storage<String> storage, String key) {
      String read = storage.get(key).orElse(null);
      if (!("value of " + key).equals(read)) {
        throw new AssertionError(key + " has " + read);
      }
    }
  }

  private static Storage<String> open(Path directory) {
    return DiskLruStore.at(directory).limit(LIMIT).storage(Codecs.text());
  }

  /** Puts and gets in four threads. A value that was read belongs to its key. */
  private static void crowd(Path directory, String name, int puts) throws Exception {
    try (Storage<String> storage = open(directory)) {
      Together.run(
          CROWD,
          t -> {
            String prefix = name + t + "-";
            for (int i = 0; i < puts; i++) {
              String key = prefix + i;
              storage.put(key, "value of " + key);
              storage.get(prefix + i / 2);
              String read = storage.get(key).orElse(null);
              if (read != null && !read.equals("value of " + key)) {
                throw new AssertionError(key + " has " + read);
              }
            }
          });
    }
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".storage.lru") && !name.startsWith("."))
          .toList();
    }
  }

  @Test
  void recencyAfterAKillIsThatOfTheModel() throws Exception {
    int seed = 1000;
    for (int processes = 0; processes < 4; processes++) {
      int first = seed;
      try (ChildJvm child = ChildJvm.start(LruWorker.class, directory)) {
        assertThat(child.hear()).isEqualTo("ready");
        for (; seed < first + 50; seed++) {
          assertThat(child.ask("model " + seed)).isEqualTo("done");
        }
        child.kill();
      }
      for (int s = first; s < seed; s++) {
        // The same steps again, on a storage of this process, to know what the model has.
        LruModel model = new LruModel(s);
        try (Storage<String> same = LruModel.open(directory.resolve("again" + s))) {
          for (int i = 0; i < 40; i++) {
            model.step(same);
          }
        }
        try (Storage<String> storage = LruModel.open(directory.resolve("s" + s))) {
          model.checkOrder(storage);
        }
      }
    }
  }

  @Test
  void eightProcessesOfFourThreadsKeepTheLimitAndLoseNothingElse() throws Exception {
    List<ChildJvm> children = new ArrayList<>();
    try (Storage<String> storage = open(directory);
        DirectoryLock lock = DirectoryLock.open(Disk.SYSTEM, directory, Duration.ofMinutes(1))) {
      for (int i = 0; i < PROCESSES; i++) {
        children.add(ChildJvm.start(LruWorker.class, directory));
      }
      for (int i = 0; i < PROCESSES; i++) {
        assertThat(children.get(i).hear()).isEqualTo("ready");
      }
      // Fewer than the limit: nothing may be missing.
      for (int i = 0; i < PROCESSES; i++) {
        children.get(i).tell("crowd few" + i + "- 1");
      }
      for (int i = 0; i < PROCESSES; i++) {
        assertThat(children.get(i).hear()).isEqualTo("done");
      }
      Set<String> expected = new HashSet<>();
      for (int i = 0; i < PROCESSES; i++) {
        for (int t = 0; t < CROWD; t++) {
          expected.add("few" + i + "-" + t + "-0.storage.lru");
        }
      }
      assertThat(files(directory)).containsExactlyInAnyOrderElementsOf(expected);
      // Many more, through several compactions of the journal.
      for (int i = 0; i < PROCESSES; i++) {
        children.get(i).tell("crowd many" + i + "- 80");
      }
      for (int n = 0; n < 200; n++) {
        DirectoryLock.Held held = lock.acquire();
        try (held) {
          assertThat(files(directory)).hasSizeLessThanOrEqualTo(LIMIT);
        }
      }
      for (int i = 0; i < PROCESSES; i++) {
        assertThat(children.get(i).hear()).isEqualTo("done");
      }
      assertThat(files(directory)).hasSize(LIMIT);
      for (int i = 0; i < LIMIT; i++) {
        storage.put("last" + i, "v");
        assertThat(files(directory)).hasSize(LIMIT);
      }
      assertThat(files(directory)).allMatch(name -> name.startsWith("last"));
    } finally {
      children.forEach(ChildJvm::close);
    }
  }

  @Test
  void twoProcessesThatBothShortenTheJournalKeepTheOrder() throws Exception {
    List<String> names = List.of("A", "B");
    List<ChildJvm> children = new ArrayList<>();
    try {
      try (Storage<String> storage = RoundWorker.open(directory, Disk.SYSTEM)) {
        for (String name : names) {
          for (int i = 0; i < THREADS * RoundWorker.KEPT; i++) {
            String key = name + i / RoundWorker.KEPT + "kept" + i % RoundWorker.KEPT;
            storage.put(key, "value of " + key);
          }
        }
      }
      for (int c = 0; c < 2; c++) {
        children.add(ChildJvm.start(RoundWorker.class, directory));
      }
      for (ChildJvm child : children) {
        assertThat(child.hear()).isEqualTo("ready");
      }
      List<String> compactions = new ArrayList<>();
      for (int round = 1; round <= 1000; round++) {
        for (int c = 0; c < 2; c++) {
          children.get(c).tell("round " + names.get(c) + " " + round);
        }
        compactions.clear();
        for (ChildJvm child : children) {
          compactions.add(String.valueOf(child.hear()));
        }
        assertThat(files(directory)).hasSizeLessThanOrEqualTo(RoundWorker.LIMIT);
      }
      assertThat(compactions).doesNotContain("null", "0");
      List<String> order = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String key = "last" + i * 7 % 20;
        children.get(i % 2).ask((order.remove(key) ? "get " : "put ") + key);
        order.add(key);
      }
      assertJournalIsWhole();
      try (Storage<String> storage = RoundWorker.open(directory, Disk.SYSTEM)) {
        for (int i = 0; i < RoundWorker.LIMIT - order.size(); i++) {
          storage.put("fresh" + i, "v");
        }
        for (int i = 0; i < order.size(); i++) {
          assertThat(files(directory))
              .filteredOn(name -> name.startsWith("last"))
              .containsExactlyInAnyOrderElementsOf(
                  order.stream().skip(i).map(key -> key + ".storage.lru").toList());
          children.get(i % 2).ask("put next" + i);
        }
        assertThat(files(directory))
            .hasSize(RoundWorker.LIMIT)
            .noneMatch(name -> name.startsWith("last"));
      }
    } finally {
      children.forEach(ChildJvm::close);
    }
  }

  private void assertJournalIsWhole() throws IOException {
    assertThat(directory.resolve(OLD_JOURNAL)).doesNotExist();
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve(".jstorage-order.storage.lru"))) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      if (bytes.length > 0) {
        int before = lines.size();
        JournalLines.parse(
            bytes, 0, bytes.length, new CRC32(), (kind, name) -> lines.add(kind + " " + name));
        assertThat(lines).as(line).hasSize(before + 1);
      }
    }
    assertThat(lines).startsWith("VERSION 1", "LIMIT " + RoundWorker.LIMIT);
    assertThat(lines).filteredOn(line -> line.startsWith("VERSION")).hasSize(1);
  }

  @Test
  void processesThatAreKilledAtWorkLeaveNoMoreThanTheLimit() throws Exception {
    for (int round = 0; round < 4; round++) {
      List<ChildJvm> children = new ArrayList<>();
      try (Storage<String> storage = open(directory)) {
        for (int i = 0; i < 2; i++) {
          children.add(ChildJvm.start(LruWorker.class, directory));
        }
        for (ChildJvm child : children) {
          assertThat(child.hear()).isEqualTo("ready");
          child.tell("crowd round" + round + "- 1000000");
        }
        for (int i = 0; i < 100; i++) {
          storage.put("mine" + i, "v");
        }
        children.forEach(ChildJvm::kill);
        assertThat(files(directory)).hasSizeLessThanOrEqualTo(LIMIT);
        for (int i = 0; i < LIMIT; i++) {
          storage.put("last" + i, "v");
        }
        assertThat(files(directory)).hasSize(LIMIT).allMatch(name -> name.startsWith("last"));
      } finally {
        children.forEach(ChildJvm::close);
      }
    }
  }
}
