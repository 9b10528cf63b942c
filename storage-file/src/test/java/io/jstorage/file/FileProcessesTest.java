package io.jstorage.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.Keys;
import io.jstorage.testkit.FuzzedKeys;
import io.jstorage.testkit.HostileKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
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
@Timeout(120)
class FileProcessesTest {
  @TempDir Path directory;

  @Test
  void of1000RacesToPutEachHasOneWinner() throws Exception {
    try (ChildJvm one = ChildJvm.start(Worker.class, directory);
        ChildJvm two = ChildJvm.start(Worker.class, directory);
        Storage<String> storage = Worker.open(directory)) {
      assertThat(List.of(one.hear(), two.hear())).containsExactly("ready", "ready");
      int wonByOne = 0;
      for (int i = 0; i < 1000; i++) {
        one.tell("putIfAbsent race" + i + " one");
        two.tell("putIfAbsent race" + i + " two");
        boolean first = Boolean.parseBoolean(one.hear());
        boolean second = Boolean.parseBoolean(two.hear());
        assertThat(first ^ second).as("race %d", i).isTrue();
        assertThat(storage.get("race" + i)).hasValue(first ? "one" : "two");
        wonByOne += first ? 1 : 0;
      }
      assertThat(wonByOne).as("races won by the first").isBetween(1, 999);
      assertThat(List.of(one.await(), two.await())).containsExactly(0, 0);
    }
  }

  @Test
  void noIncrementByCompareAndReplaceIsLost() throws Exception {
    try (ChildJvm child = ChildJvm.start(Worker.class, directory);
        Storage<String> storage = Worker.open(directory)) {
      storage.put("counter", "0");
      assertThat(child.hear()).isEqualTo("ready");
      child.tell("increment counter 4 200");
      Worker.increment(storage, "counter", 4, 200);
      assertThat(child.hear()).isEqualTo("done");
      assertThat(storage.get("counter")).hasValue("1600");
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
        storage.put("k", "fresh");
        String seen = child.hear();
        assertThat(seen).isIn("-", "fresh");
        found += "fresh".equals(seen) ? 1 : 0;
        assertThat(storage.get("k")).as("race %d", i).hasValue("fresh");
      }
      assertThat(found).as("races in which the fresh value was seen").isLessThan(3000);
    }
  }

  @Test
  void aKilledProcessLeavesEveryAcknowledgedWriteAndNoTornOne() throws Exception {
    for (int cycle = 0; cycle < 5; cycle++) {
      Map<String, Integer> acknowledged = new HashMap<>();
      try (ChildJvm child = ChildJvm.start(Worker.class, directory)) {
        assertThat(child.hear()).isEqualTo("ready");
        child.tell("write");
        int last = -1;
        while (last < 60 + 17 * cycle) {
          last = Integer.parseInt(String.valueOf(child.hear()));
          acknowledged.put(Worker.writtenKey(last), last);
        }
        child.kill();
      }
      try (Storage<String> storage =
              FileStore.at(directory).suffix(".full").storage(Codecs.text());
          Stream<String> keys = storage.keys()) {
        List<String> listed = keys.toList();
        assertThat(listed.size()).isGreaterThanOrEqualTo(Worker.WRITTEN_KEYS - 1);
        acknowledged.forEach(
            (key, n) -> {
              // The removal before the next write of the key may have been the last thing done.
              String value = storage.get(key).orElse(null);
              if (value != null) {
                assertThat(listed).contains(key);
                int written = Integer.parseInt(value.substring(0, value.indexOf(' ')));
                assertThat(value).isEqualTo(Worker.writtenValue(written));
                assertThat(written).isGreaterThanOrEqualTo(n);
              } else {
                assertThat(listed).doesNotContain(key);
              }
            });
        storage.clear();
      }
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
      try (DirectoryLock lock = DirectoryLock.open(Disk.SYSTEM, Path.of(args[0]))) {
        lock.whileHeld(
            () -> {
              System.out.println("locked");
              return System.in.read() >= 0;
            });
      }
    }
  }
}
