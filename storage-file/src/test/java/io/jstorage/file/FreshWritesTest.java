package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A deletion, to make room or to clean up, races with a fresh write of the same entry. */
@Timeout(300)
class FreshWritesTest {
  private static final int ROUNDS = 1000;
  private static final String LONG_KEY = "K".repeat(300);

  /** In one of so many rounds one of the two comes first for certain. */
  private static final int ROUNDS_TO_AN_ORDER = 100;

  /** Just enough for the two that each round writes. */
  private static final int LIMIT = 2;

  @TempDir Path directory;

  private static Storage<String> lru(Path directory, Disk disk) {
    return DiskLruStore.at(directory).limit(LIMIT).disk(disk).storage(Codecs.text());
  }

  private static Storage<String> expiring(Path directory) {
    return FileStore.at(directory)
        .suffix(".expiring")
        .durability(Durability.NONE)
        .expiration(Duration.ofHours(1))
        .storage(Codecs.text());
  }

  /** The one who deletes, at the same time. */
  @FunctionalInterface
  private interface Other {
    /** Begins; what is returned waits for the end. */
    Callable<String> begin(String command) throws Exception;
  }

  /** Obeys the commands, in this process or in another one. */
  static final class Deleter implements AutoCloseable {
    private final Path directory;
    private final Storage<String> lru;
    private final Storage<String> expiring;

    Deleter(Path directory) {
      this.directory = directory;
      this.lru = lru(directory, Disk.SYSTEM);
      this.expiring = expiring(directory);
    }

    String obey(String command) {
      String[] words = command.split(" ", -1);
      switch (words[0]) {
        case "put" -> lru.put(words[1], "v");
        case "purge" -> expiring.purgeExpired();
        case "open" -> expiring(directory).close();
        default -> throw new IllegalArgumentException(command);
      }
      return "done";
    }

    @Override
    public void close() {
      lru.close();
      expiring.close();
    }

    public static void main(String[] args) throws IOException {
      try (Deleter deleter = new Deleter(Path.of(args[0]));
          BufferedReader in =
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          System.out.println(deleter.obey(line));
        }
      }
    }
  }

  @FunctionalInterface
  private interface Rounds {
    void run(Other other) throws Exception;
  }

  private void againstAnotherProcess(Rounds rounds) throws Exception {
    try (ChildJvm child = ChildJvm.start(Deleter.class, directory)) {
      assertThat(child.hear()).isEqualTo("ready");
      rounds.run(
          command -> {
            child.tell(command);
            return () -> String.valueOf(child.hear());
          });
    }
  }

  private void againstAnotherThread(Rounds rounds) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Deleter deleter = new Deleter(directory)) {
      rounds.run(
          command -> {
            Future<String> result = thread.submit(() -> deleter.obey(command));
            return () -> resultOf(result);
          });
    } finally {
      thread.shutdownNow();
    }
  }

  private static String resultOf(Future<String> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError("the other failed", e.getCause());
    }
  }

  @Test
  void noEvictionByAnotherProcessTakesAFreshValueAlong() throws Exception {
    againstAnotherProcess(this::putWhileAnotherEvicts);
  }

  @Test
  void noEvictionByAnotherThreadTakesAFreshValueAlong() throws Exception {
    againstAnotherThread(this::putWhileAnotherEvicts);
  }

  /** The least recently used entry, which is the next to leave, is written afresh. */
  private void putWhileAnotherEvicts(Other other) throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    FaultyDisk disk = new FaultyDisk();
    try (Storage<String> storage = lru(directory, disk)) {
      storage.put("k", "first");
      storage.put("y", "v");
      int evictedHere = 0;
      String last = "y";
      for (int i = 0; i < ROUNDS; i++) {
        assertThat(storage.get(last)).hasValue("v");
        disk.takeCalls();
        String next = "y" + i;
        String fresh = "fresh" + i;
        if (i % ROUNDS_TO_AN_ORDER == 0) {
          storage.put("k", fresh);
          assertThat(other.begin("put " + next).call()).isEqualTo("done");
        } else if (i % ROUNDS_TO_AN_ORDER == 1) {
          assertThat(other.begin("put " + next).call()).isEqualTo("done");
          storage.put("k", fresh);
        } else {
          Callable<String> end = other.begin("put " + next);
          spin(random.nextInt(150_000));
          storage.put("k", fresh);
          assertThat(end.call()).isEqualTo("done");
        }
        // The store that comes second makes room.
        evictedHere += disk.takeCalls().contains("delete") ? 1 : 0;
        assertThat(storage.get("k")).as("round %d", i).hasValue(fresh);
        assertThat(keysOf(storage)).as("round %d", i).containsExactlyInAnyOrder("k", next);
        last = next;
      }
      assertThat(evictedHere).as("rounds in which the other came first").isBetween(1, ROUNDS - 1);
    }
  }

  @Test
  void noPurgeByAnotherProcessTakesAFreshValueAlong() throws Exception {
    againstAnotherProcess(this::putWhileAnotherPurges);
  }

  @Test
  void noPurgeByAnotherThreadTakesAFreshValueAlong() throws Exception {
    againstAnotherThread(this::putWhileAnotherPurges);
  }

  private void putWhileAnotherPurges(Other other) throws Exception {
    SplittableRandom random = new SplittableRandom(2);
    try (Storage<String> storage = expiring(directory)) {
      for (int i = 0; i < ROUNDS; i++) {
        String key = i % 10 == 0 ? LONG_KEY : "k";
        // The same bytes: only their time tells the old ones from the fresh ones.
        storage.put(key, "same", Duration.ofNanos(1));
        Callable<String> end = other.begin("purge");
        spin(random.nextInt(100_000));
        storage.put(key, "same");
        assertThat(end.call()).isEqualTo("done");
        assertThat(storage.get(key)).as("round %d", i).hasValue("same");
        assertThat(keysOf(storage)).as("round %d", i).contains(key);
      }
    }
  }

  @Test
  void noOpeningSweepsTheKeyOfAFreshValue() throws Exception {
    againstAnotherProcess(
        other -> {
          SplittableRandom random = new SplittableRandom(3);
          try (Storage<String> storage = expiring(directory)) {
            for (int i = 0; i < ROUNDS; i++) {
              storage.remove(LONG_KEY);
              Callable<String> end = other.begin("open");
              spin(random.nextInt(200_000));
              storage.put(LONG_KEY, "fresh" + i);
              assertThat(end.call()).isEqualTo("done");
              assertThat(storage.get(LONG_KEY)).as("round %d", i).hasValue("fresh" + i);
              assertThat(keysOf(storage)).as("round %d", i).containsExactly(LONG_KEY);
            }
          }
        });
  }

  /** So that the two meet at another point in each round. */
  private static void spin(int nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }

  private static String[] keysOf(Storage<String> storage) {
    try (Stream<String> keys = storage.keys()) {
      return keys.toArray(String[]::new);
    }
  }
}
