package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on the directory of one disk LRU, some of which are killed. */
@Timeout(120)
class DiskLruProcessesTest {
  private static final int LIMIT = 50;
  private static final int THREADS = 2;

  @TempDir Path directory;

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
            throw new IOException("what is " + line + "?");
          }
          System.out.println("done");
        }
      }
    }

    /** Leaves the storage open: whoever asked kills this process. */
    @SuppressWarnings("resource")
    private static void followModel(Path directory, long seed) {
      LruModel model = new LruModel(seed);
      Storage<String> storage = LruModel.open(directory);
      for (int i = 0; i < 40; i++) {
        model.step(storage);
      }
    }
  }

  private static Storage<String> open(Path directory) {
    return DiskLruStore.at(directory).limit(LIMIT).storage(Codecs.text());
  }

  /** Puts and gets in two threads. A value that was read belongs to its key. */
  private static void crowd(Path directory, String name, int puts) throws Exception {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    try (Storage<String> storage = open(directory)) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        String prefix = name + t + "-";
        Thread thread =
            new Thread(
                () -> {
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
        thread.setUncaughtExceptionHandler((failed, e) -> failure.set(e));
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    if (failure.get() != null) {
      throw new AssertionError("a thread failed", failure.get());
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
  void fourProcessesOfTwoThreadsKeepTheLimitAndLoseNothingElse() throws Exception {
    List<ChildJvm> children = new ArrayList<>();
    try (Storage<String> storage = open(directory);
        DirectoryLock lock = DirectoryLock.open(Disk.SYSTEM, directory)) {
      for (int i = 0; i < 4; i++) {
        children.add(ChildJvm.start(LruWorker.class, directory));
      }
      for (int i = 0; i < 4; i++) {
        assertThat(children.get(i).hear()).isEqualTo("ready");
      }
      // Fewer than the limit: nothing may be missing.
      for (int i = 0; i < 4; i++) {
        children.get(i).tell("crowd few" + i + "- 6");
      }
      for (int i = 0; i < 4; i++) {
        assertThat(children.get(i).hear()).isEqualTo("done");
      }
      Set<String> expected = new HashSet<>();
      for (int i = 0; i < 4; i++) {
        for (int t = 0; t < THREADS; t++) {
          for (int n = 0; n < 6; n++) {
            expected.add("few" + i + "-" + t + "-" + n + ".storage.lru");
          }
        }
      }
      assertThat(files(directory)).containsExactlyInAnyOrderElementsOf(expected);
      // Many more, through several compactions of the journal.
      for (int i = 0; i < 4; i++) {
        children.get(i).tell("crowd many" + i + "- 300");
      }
      for (int n = 0; n < 200; n++) {
        lock.whileHeld(
            () -> {
              assertThat(files(directory)).hasSizeLessThanOrEqualTo(LIMIT);
              return true;
            });
      }
      for (int i = 0; i < 4; i++) {
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
