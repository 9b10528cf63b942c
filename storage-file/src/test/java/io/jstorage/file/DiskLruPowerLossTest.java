package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.testkit.MemoryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lets the power fail after every call of a disk LRU, whose journal is never forced to the disk and
 * may be torn anywhere.
 */
class DiskLruPowerLossTest {
  private static final int LIMIT = 3;
  private static final String LONG_KEY = "K".repeat(300);

  @SuppressWarnings("ImmutableEnumChecker") // Nobody changes the lists, and actions keep nothing.
  private enum Operation {
    PUT(List.of("a", "b", "c"), s -> s.putEvicting("d", "new value", "a")),
    READ_AND_PUT(
        List.of("a", "b", "c"),
        s -> {
          s.storage().require("a");
          s.putEvicting("d", "new", "b");
        }),
    OVERWRITE(List.of("a", "b", "c"), s -> s.put("b", "new value")),
    REMOVE_AND_PUT(List.of("a", "b", "c"), s -> s.remove("b").put("d", "new")),
    PUT_LONG(List.of("a", "b", "c"), s -> s.putEvicting(LONG_KEY, "new", "a")),
    EVICT_LONG(List.of(LONG_KEY, "b", "c"), s -> s.putEvicting("d", "new", LONG_KEY)),
    CLEAR(List.of("a", "b"), s -> s.clear(List.of("a", "b")));

    private final List<String> before;
    private final Consumer<RecordedStorage> action;

    Operation(List<String> before, Consumer<RecordedStorage> action) {
      this.before = before;
      this.action = action;
    }
  }

  @TempDir(factory = MemoryDirectory.class)
  Path temporary;

  private static Storage<String> open(Path directory, Durability durability, Disk disk) {
    return DiskLruStore.at(directory)
        .limit(LIMIT)
        .durability(durability)
        .disk(disk)
        .storage(Codecs.text());
  }

  private RecordingDisk record(
      List<String> before,
      Consumer<Storage<String>> uses,
      Consumer<RecordedStorage> action,
      Durability durability)
      throws IOException {
    RecordingDisk disk = new RecordingDisk(Files.createTempDirectory(temporary, "d"));
    try (Storage<String> storage = open(disk.root(), durability, disk)) {
      RecordedStorage recorded = new RecordedStorage(disk, storage);
      before.forEach(key -> recorded.put(key, "old " + key));
      uses.accept(storage);
      disk.settle();
      action.accept(recorded);
    }
    return disk;
  }

  private int checkAll(Path root, List<DiskCall> history, Durability durability)
      throws IOException {
    return CrashStates.forEach(
        root,
        history,
        (state, expectation) ->
            state.visit(temporary, directory -> check(directory, expectation, durability)));
  }

  private static void check(Path directory, Expectation expectation, Durability durability)
      throws IOException {
    Set<String> fresh = new TreeSet<>();
    try (Storage<String> storage = open(directory, Durability.NONE, Disk.SYSTEM)) {
      Set<String> listed = keysOf(storage);
      assertThat(expectation.keys()).containsAll(listed);
      for (String key : expectation.keys()) {
        Optional<String> value = storage.get(key);
        assertThat(expectation.allows(key, value, durability))
            .as("'%s' is %s", key, value)
            .isTrue();
        if (durability != Durability.NONE || !key.equals(LONG_KEY)) {
          assertThat(listed.contains(key)).as(key).isEqualTo(value.isPresent());
        }
      }
      if (!listed.isEmpty() && countValues(directory) <= LIMIT) {
        storage.put(listed.iterator().next(), "later");
        assertThat(keysOf(storage)).as("an overwrite evicts nobody").isEqualTo(listed);
      }
      // The limit holds from the next write on, and what is here is evicted before what is new.
      for (int i = 0; i < LIMIT; i++) {
        storage.put("fresh" + i, "v");
        fresh.add("fresh" + i);
        assertThat(keysOf(storage)).containsAll(fresh).hasSizeLessThanOrEqualTo(LIMIT);
      }
      assertThat(keysOf(storage)).isEqualTo(fresh);
    }
    try (Storage<String> storage = open(directory, Durability.NONE, Disk.SYSTEM)) {
      assertThat(keysOf(storage)).as("after another opening").isEqualTo(fresh);
      storage.get("fresh0");
      storage.put("last", "v");
      assertThat(keysOf(storage)).containsExactlyInAnyOrder("fresh0", "fresh2", "last");
    }
    if (durability != Durability.NONE) {
      assertThat(countValues(directory)).isEqualTo(LIMIT);
    }
  }

  /** Counts files, also those whose long keys nothing tells any more. */
  private static long countValues(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".storage.lru") && !name.startsWith(".jstorage"))
          .count();
    }
  }

  private static Set<String> keysOf(Storage<String> storage) {
    try (Stream<String> keys = storage.keys()) {
      return new HashSet<>(keys.toList());
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void withFullDurabilityWhatIsAcknowledgedIsThereWhateverBecameOfTheJournal(Operation operation)
      throws IOException {
    RecordingDisk disk = record(operation.before, storage -> {}, operation.action, Durability.FULL);
    assertThat(checkAll(disk.root(), disk.history(), Durability.FULL)).isGreaterThan(2);
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void withoutDurabilityAnEntryIsOldNewAbsentOrTornAndTheLimitHolds(Operation operation)
      throws IOException {
    RecordingDisk disk = record(operation.before, storage -> {}, operation.action, Durability.NONE);
    assertThat(checkAll(disk.root(), disk.history(), Durability.NONE)).isGreaterThan(2);
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void shorteningTheJournalLosesNoEntry(Durability durability) throws IOException {
    RecordingDisk disk =
        record(
            List.of("a", "b", "c"),
            storage -> {
              for (int i = 0; i < 1100; i++) {
                storage.require("c");
              }
            },
            s -> s.put("b", "new"),
            durability);
    assertThat(disk.history())
        .as("the journal was replaced")
        .anyMatch(
            call ->
                call instanceof DiskCall.Rename renamed
                    && renamed.to().endsWith(".jstorage-order-old.storage.lru"));
    assertThat(checkAll(disk.root(), disk.history(), durability)).isGreaterThan(2);
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void thePowerMayFailAgainWhileADamagedJournalIsPutRight(Durability durability)
      throws IOException {
    RecordingDisk before = record(List.of("a", "b", "c"), storage -> {}, s -> {}, durability);
    Path journal = before.root().resolve(".jstorage-order.storage.lru");
    byte[] bytes = Files.readAllBytes(journal);
    Arrays.fill(bytes, bytes.length / 3, bytes.length, (byte) 0);
    Files.write(journal, bytes);
    RecordingDisk disk = new RecordingDisk(before.root());
    for (String key : List.of("a", "b", "c")) {
      RecordedStorage.step(disk, Map.of(key, Optional.of("old " + key)), () -> {});
    }
    disk.settle();
    try (Storage<String> storage = open(disk.root(), durability, disk)) {
      new RecordedStorage(disk, storage).put("b", "new");
    }
    assertThat(checkAll(disk.root(), disk.history(), durability)).isGreaterThan(2);
  }

  @Test
  void aStoreThatIsBrokenIsFoundOut() throws IOException {
    Operation operation = Operation.PUT;
    RecordingDisk disk = record(operation.before, storage -> {}, operation.action, Durability.FULL);
    for (Class<?> kind : List.of(DiskCall.Sync.class, DiskCall.SyncNames.class)) {
      List<DiskCall> broken = new ArrayList<>(disk.history());
      broken.removeIf(kind::isInstance);
      assertThatThrownBy(() -> checkAll(disk.root(), broken, Durability.FULL))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("when the power failed");
    }
  }
}
