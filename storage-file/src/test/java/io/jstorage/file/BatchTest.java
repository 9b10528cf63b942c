package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jstorage.BatchException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A batch has the promises of its single operations, and waits less often for the disk. */
class BatchTest {
  /** More than two groups. */
  private static final int MANY = 300;

  /** As many as one group has. */
  private static final int GROUP = 128;

  @TempDir Path directory;

  private final FaultyDisk disk = new FaultyDisk();

  private Storage<String> open(Durability durability) {
    return FileStore.at(directory).disk(disk).durability(durability).storage(Codecs.text());
  }

  private static Map<String, String> values(int count) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      values.put((i % 10 == 0 ? "long".repeat(80) : "k") + i, "value " + i);
    }
    return values;
  }

  private static Map<String, String> shortKeys(int count) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      values.put("k" + i, "value " + i);
    }
    return values;
  }

  private List<String> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(String::valueOf).filter(name -> name.endsWith(".tmp")).toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void allThatIsPutIsThereAndAllThatIsRemovedIsNot(Durability durability) throws IOException {
    Map<String, String> values = values(MANY);
    try (Storage<String> storage = open(durability)) {
      storage.put("k1", "old");
      storage.put("other", "stays");
      storage.putAll(values);
      assertThat(storage.getAll(values.keySet())).isEqualTo(values);
      assertThat(storage.size()).isEqualTo(MANY + 1);
      assertThat(temporaryFiles()).isEmpty();
      storage.removeAll(values.keySet());
      storage.removeAll(List.of("k1", "never there"));
      assertThat(storage.asMap()).containsExactly(Map.entry("other", "stays"));
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "other.storage.json", ".jstorage.lock", ".jstorage-spare.lock");
    }
  }

  @Test
  void theNamesOfAGroupAreForcedOnceAndEachFileIs() {
    try (Storage<String> storage = open(Durability.FULL)) {
      disk.takeCalls();
      storage.putAll(shortKeys(GROUP));
      List<String> calls = disk.takeCalls();
      assertThat(Collections.frequency(calls, "sync")).isEqualTo(GROUP);
      assertThat(Collections.frequency(calls, "syncDirectory")).isEqualTo(1);
      assertThat(calls.lastIndexOf("sync")).isLessThan(calls.indexOf("rename"));
      assertThat(calls.lastIndexOf("rename")).isLessThan(calls.indexOf("syncDirectory"));
      storage.removeAll(shortKeys(GROUP).keySet());
      assertThat(Collections.frequency(disk.takeCalls(), "syncDirectory")).isEqualTo(1);
    }
  }

  @Test
  void withoutDurabilityNothingIsForced() {
    try (Storage<String> storage = open(Durability.NONE)) {
      disk.takeCalls();
      storage.putAll(shortKeys(GROUP));
      assertThat(disk.takeCalls()).doesNotContain("sync", "syncDirectory");
    }
  }

  private void failForcingNames() {
    disk.hook(
        (call, path) -> {
          if (call.equals("syncDirectory")) {
            throw new IOException("Input/output error");
          }
        });
  }

  @Test
  void outcomesAreUnknownIfNamesCannotBeForced() {
    Map<String, String> values = shortKeys(GROUP);
    try (Storage<String> storage = open(Durability.FULL)) {
      failForcingNames();
      BatchException put = catchThrowableOfType(BatchException.class, () -> storage.putAll(values));
      assertThat(put.failures().keySet()).isEqualTo(values.keySet());
      assertThat(put.failures().values()).allMatch(StorageException::outcomeUnknown);
      BatchException removed =
          catchThrowableOfType(BatchException.class, () -> storage.removeAll(values.keySet()));
      assertThat(removed.failures().values()).allMatch(StorageException::outcomeUnknown);
      disk.hook((call, path) -> {});
      storage.put("k", "v");
      failForcingNames();
      assertThatThrownBy(storage::clear)
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.outcomeUnknown()).isTrue());
    }
  }

  @Test
  void aFileThatCannotBeForcedFailsAloneAndKeepsItsOldValue() throws IOException {
    Map<String, String> values = shortKeys(GROUP);
    List<Path> failing = Collections.synchronizedList(new ArrayList<>());
    try (Storage<String> storage = open(Durability.FULL)) {
      values.keySet().forEach(key -> storage.put(key, "old"));
      disk.hook(
          (call, path) -> {
            if (call.equals("sync") && failing.isEmpty()) {
              failing.add(path);
              throw new IOException("Input/output error");
            }
          });
      BatchException put = catchThrowableOfType(BatchException.class, () -> storage.putAll(values));
      disk.hook((call, path) -> {});
      assertThat(put.failures()).isNotEmpty().hasSizeLessThan(GROUP / 2);
      values.forEach(
          (key, value) ->
              assertThat(storage.require(key))
                  .isEqualTo(put.failures().containsKey(key) ? "old" : value));
      assertThat(temporaryFiles()).isEmpty();
    }
  }

  @Test
  void anInterruptEndsNoBatchAndIsKept() {
    Map<String, String> values = values(MANY);
    try (Storage<String> storage = open(Durability.FULL)) {
      Thread.currentThread().interrupt();
      storage.putAll(values);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(storage.getAll(values.keySet())).isEqualTo(values);
    }
  }

  @Test
  void aTimeToLiveIsThatOfEachEntry() {
    Map<String, String> values = shortKeys(GROUP);
    try (Storage<String> storage =
        FileStore.at(directory).expiration(Duration.ofHours(9)).storage(Codecs.text())) {
      storage.putAll(values, Duration.ofNanos(1));
      assertThat(storage.getAll(values.keySet())).isEmpty();
      storage.putAll(values, Duration.ofHours(1));
      assertThat(storage.getAll(values.keySet())).isEqualTo(values);
    }
  }
}
