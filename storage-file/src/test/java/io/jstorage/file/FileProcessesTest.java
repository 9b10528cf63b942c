package io.jstorage.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.spi.Keys;
import io.jstorage.testkit.FuzzedKeys;
import io.jstorage.testkit.HostileKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one directory. */
@Timeout(300)
class FileProcessesTest {
  private static final int PROCESSES = 8;
  private static final int THREADS = 4;
  private static final int INCREMENTS = 50;

  /** In one of so many races the other process looks while the entry is expired for certain. */
  private static final int RACES_TO_A_LOOK = 100;

  @TempDir Path directory;

  /** Eight processes with this one. */
  private List<ChildJvm> sevenOthers() throws IOException {
    List<ChildJvm> children = new ArrayList<>();
    for (int i = 1; i < PROCESSES; i++) {
      children.add(ChildJvm.start(Worker.class, directory));
    }
    for (ChildJvm child : children) {
      assertThat(child.hear()).isEqualTo("ready");
    }
    return children;
  }

  @Test
  void of1000RacesToPutEachHasOneWinner() throws Exception {
    List<ChildJvm> children = sevenOthers();
    try (Storage<String> storage = Worker.open(directory)) {
      Set<String> winners = new HashSet<>();
      for (int i = 0; i < 1000; i++) {
        for (int c = 0; c < children.size(); c++) {
          children.get(c).tell("putIfAbsent race" + i + " child" + c);
        }
        List<String> won = new ArrayList<>();
        if (storage.putIfAbsent("race" + i, "self")) {
          won.add("self");
        }
        for (int c = 0; c < children.size(); c++) {
          if (Boolean.parseBoolean(children.get(c).hear())) {
            won.add("child" + c);
          }
        }
        assertThat(won).as("winners of race %d", i).hasSize(1);
        assertThat(storage.get("race" + i)).hasValue(won.get(0));
        winners.addAll(won);
      }
      assertThat(winners).as("races were won by").hasSizeGreaterThan(1);
      for (ChildJvm child : children) {
        assertThat(child.await()).isZero();
      }
    } finally {
      children.forEach(ChildJvm::close);
    }
  }

  @Test
  void noIncrementByCompareAndReplaceIsLost() throws Exception {
    List<ChildJvm> children = sevenOthers();
    try (Storage<String> storage = Worker.open(directory)) {
      storage.put("counter", "0");
      for (ChildJvm child : children) {
        child.tell("increment counter %d %d".formatted(THREADS, INCREMENTS));
      }
      Worker.increment(storage, "counter", THREADS, INCREMENTS);
      for (ChildJvm child : children) {
        assertThat(child.hear()).isEqualTo("done");
      }
      assertThat(storage.get("counter")).hasValue(String.valueOf(PROCESSES * THREADS * INCREMENTS));
    } finally {
      children.forEach(ChildJvm::close);
    }
  }

  @Test
  void of3000RacesWithAnExpiredEntryNoneDeletesAFreshValue() throws Exception {
    try (ChildJvm child = ChildJvm.start(Worker.class, directory);
        Storage<String> storage = Worker.openExpiring(directory)) {
      assertThat(child.hear()).isEqualTo("ready");
      int found = 0;
      for (int i = 0; i < 3000; i++) {
        storage.put("k", "old", Duration.ofNanos(1));
        child.tell("get k");
        String seen = i % RACES_TO_A_LOOK == 0 ? child.hear() : null;
        storage.put("k", "fresh");
        if (seen == null) {
          seen = child.hear();
        }
        assertThat(seen).isIn("-", "fresh");
        found += "fresh".equals(seen) ? 1 : 0;
        assertThat(storage.get("k")).as("race %d", i).hasValue("fresh");
      }
      assertThat(found).as("races in which the fresh value was seen").isLessThan(3000);
    }
  }

  @Test
  void anyKeyIsKeptUnderTheLocaleC() throws Exception {
    Set<String> keys = new LinkedHashSet<>(HostileKeys.upTo(Keys.MAX_BYTES));
    keys.addAll(FuzzedKeys.of(2_000, Keys.MAX_BYTES, 7));
    try (ChildJvm child =
            ChildJvm.start(Worker.class, directory, Map.of("LC_ALL", "C", "LANG", "C"));
        Storage<String> storage = Worker.open(directory)) {
      assertThat(child.hear()).isEqualTo("ready");
      HexFormat hex = HexFormat.of();
      String words =
          keys.stream()
              .map(key -> hex.formatHex(key.getBytes(UTF_8)))
              .collect(Collectors.joining(" "));
      String answer = child.ask("names " + words);
      assertThat(answer.split(" ")).doesNotHaveDuplicates();
      assertThat(Set.of(answer.split(" "))).isEqualTo(Set.of(words.split(" ")));
      try (Stream<String> listed = storage.keys()) {
        List<String> all = listed.toList();
        assertThat(all).doesNotHaveDuplicates();
        assertThat(Set.copyOf(all)).isEqualTo(keys);
      }
      for (String key : keys) {
        assertThat(storage.get(key)).hasValue("value of " + key);
      }
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(name -> Arrays.equals(name.getBytes(UTF_8), name.getBytes(US_ASCII)));
    }
  }

  @Test
  void aDirectoryThatTheLocaleCannotNameIsRefusedAtOpen() throws Exception {
    // By the shell, as this JVM may run under such a locale itself.
    String mkdir = "mkdir \"$0/$(printf '\\303\\251')\"";
    Process made = new ProcessBuilder("sh", "-c", mkdir, directory.toString()).start();
    assertThat(made.waitFor()).isZero();
    try (ChildJvm child =
        ChildJvm.start(Worker.class, directory, Map.of("LC_ALL", "C", "LANG", "C"))) {
      assertThat(child.hear()).isEqualTo("ready");
      assertThat(child.ask("openChild")).contains("locale");
    }
  }

  @Test
  void aProcessThatIsKilledWhileItHoldsTheLockLosesIt() throws Exception {
    try (ChildJvm child = ChildJvm.start(LockHolder.class, directory)) {
      assertThat(child.hear()).isEqualTo("locked");
      try (Storage<String> storage = Worker.open(directory)) {
        Thread writer = new Thread(() -> storage.put("k", "v"));
        writer.start();
        writer.join(100);
        assertThat(storage.get("k")).as("the lock is held, and readers need none").isEmpty();
        child.kill();
        writer.join();
        assertThat(storage.get("k")).hasValue("v");
      }
    }
  }

  /** Holds the lock of a directory until it is killed. */
  static final class LockHolder {
    public static void main(String[] args) throws Exception {
      try (DirectoryLock lock =
          DirectoryLock.open(Disk.SYSTEM, Path.of(args[0]), Duration.ofMinutes(1))) {
        DirectoryLock.Held held = lock.acquire();
        try (held) {
          System.out.println("locked");
          System.in.read();
        }
      }
    }
  }
}
