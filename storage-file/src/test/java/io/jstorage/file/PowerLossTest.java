package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.ByteTransform;
import io.jstorage.Capability;
import io.jstorage.CodecException;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import io.jstorage.jdk.GzipTransform;
import io.jstorage.spi.Storages;
import io.jstorage.testkit.MemoryDirectory;
import io.jstorage.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lets the power fail after every call of every operation, and looks at each thing that a disk may
 * have made of it, as {@link CrashStates} tells.
 */
class PowerLossTest {
  private static final String LONG_KEY = "K".repeat(300);
  private static final Duration EXPIRATION = Duration.ofHours(1);

  @SuppressWarnings("ImmutableEnumChecker") // Nobody changes the lists, and actions keep nothing.
  private enum Operation {
    PUT_NEW(Map.of("other", "o"), s -> s.put("k", "new value")),
    OVERWRITE(Map.of("k", "old value", "other", "o"), s -> s.put("k", "new")),
    OVERWRITE_TWICE(Map.of("k", "old"), s -> s.put("k", "newer").put("k", "newest")),
    PUT_LONG(Map.of("other", "o"), s -> s.put(LONG_KEY, "new value")),
    OVERWRITE_LONG(Map.of(LONG_KEY, "old value"), s -> s.put(LONG_KEY, "new")),
    PUT_IF_ABSENT(Map.of("other", "o"), s -> s.putIfAbsent("k", "new").putIfAbsent(LONG_KEY, "n")),
    REPLACE(Map.of("k", "old", LONG_KEY, "old"), s -> s.replace("k", "n").replace(LONG_KEY, "n")),
    REMOVE(Map.of("k", "old", "other", "o"), s -> s.remove("k")),
    REMOVE_AND_PUT(Map.of("k", "old"), s -> s.remove("k").put("k", "new")),
    PUT_AND_REMOVE(Map.of("other", "o"), s -> s.put("k", "new").remove("k")),
    REMOVE_LONG(Map.of(LONG_KEY, "old", "other", "o"), s -> s.remove(LONG_KEY)),
    REMOVE_AND_PUT_LONG(Map.of(LONG_KEY, "old"), s -> s.remove(LONG_KEY).put(LONG_KEY, "new")),
    PUT_AND_REMOVE_LONG(Map.of(), s -> s.put(LONG_KEY, "new").remove(LONG_KEY)),
    CLEAR(
        Map.of("a", "1", "b", "2", LONG_KEY, "3"),
        s -> s.clear(List.of("a", "b", LONG_KEY)).put("a", "4")),
    PUT_ALL(Map.of("b", "old"), s -> s.putAll(new TreeMap<>(Map.of("a", "1", "b", "2", "c", "3")))),
    REMOVE_ALL(Map.of("a", "1", "b", "2", LONG_KEY, "3"), s -> s.removeAll(List.of("a", LONG_KEY))),
    STREAM(Map.of("k", "old"), s -> s.putStream("k", "x".repeat(Content.PIECE_BYTES) + "yz")),
    PUT_FOR_A_TIME(
        Map.of("k", "PT1H", "other", "PT1H"),
        s -> s.putFor("k", Duration.ofHours(3)).putFor(LONG_KEY, Duration.ofMinutes(1)));

    private final Map<String, String> before;
    private final Consumer<RecordedStorage> action;

    Operation(Map<String, String> before, Consumer<RecordedStorage> action) {
      this.before = before;
      this.action = action;
    }
  }

  @TempDir(factory = MemoryDirectory.class)
  Path temporary;

  private final SettableClock clock = new SettableClock();
  private int directories;

  private Path newDirectory() throws IOException {
    return Files.createDirectory(temporary.resolve("d" + directories++));
  }

  private FileStore.Builder builder(Path directory, Operation operation) {
    FileStore.Builder builder = FileStore.at(directory).clock(clock);
    return operation == Operation.PUT_FOR_A_TIME ? builder.expiration(EXPIRATION) : builder;
  }

  private List<DiskCall> record(RecordingDisk disk, Operation operation, Durability durability) {
    try (Storage<String> storage =
        builder(disk.root(), operation).durability(durability).disk(disk).storage(Codecs.text())) {
      RecordedStorage recorded = new RecordedStorage(disk, storage);
      operation.before.forEach(recorded::put);
      disk.settle();
      operation.action.accept(recorded);
      return disk.history();
    }
  }

  /** The promises of a store that is opened after a power failure. */
  private void check(FileStore.Builder builder, Expectation expectation, Durability durability) {
    // How durable the writes of this check are is no matter.
    try (Storage<String> storage = builder.durability(Durability.NONE).storage(Codecs.text())) {
      Set<String> listed = keysOf(storage);
      assertThat(expectation.keys()).containsAll(listed);
      for (String key : expectation.keys()) {
        Optional<String> value = storage.get(key);
        assertThat(expectation.allows(key, value, durability))
            .as("'%s' is %s", key, value)
            .isTrue();
        // The name of a long key may be lost, or the key in it torn, though its value is not.
        boolean mayBeUnlisted = durability == Durability.NONE && key.equals(LONG_KEY);
        if (!mayBeUnlisted || value.isEmpty()) {
          assertThat(listed.contains(key))
              .as("'%s', which is %s", key, value)
              .isEqualTo(value.isPresent());
        }
        if (durability != Durability.NONE && storage.capabilities().contains(Capability.EXPIRY)) {
          assertThat(storage.entry(key).flatMap(Entry::expiresAt))
              .isEqualTo(value.map(ttl -> clock.instant().plus(Duration.parse(ttl))));
        }
      }
      for (String key : expectation.keys()) {
        storage.put(key, "later");
        assertThat(storage.get(key)).hasValue("later");
      }
      assertThat(keysOf(storage)).isEqualTo(expectation.keys());
      storage.clear();
      assertThat(keysOf(storage)).isEmpty();
    }
  }

  private static Set<String> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !LockFiles.isOne(name) && !name.endsWith(".tmp"))
          .collect(Collectors.toSet());
    }
  }

  private static Set<String> keysOf(Storage<String> storage) {
    try (Stream<String> keys = storage.keys()) {
      return new HashSet<>(keys.toList());
    }
  }

  private int checkAll(
      RecordingDisk disk, List<DiskCall> history, Operation operation, Durability durability)
      throws IOException {
    return CrashStates.forEach(
        disk.root(),
        history,
        (state, expectation) ->
            state.visit(
                temporary,
                directory -> {
                  check(builder(directory, operation), expectation, durability);
                  assertThat(filesIn(directory)).isEmpty();
                }));
  }

  private void checkAll(Operation operation, Durability durability) throws IOException {
    RecordingDisk disk = new RecordingDisk(newDirectory());
    List<DiskCall> history = record(disk, operation, durability);
    assertThat(checkAll(disk, history, operation, durability)).isGreaterThan(2);
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void withFullDurabilityWhatIsAcknowledgedIsThere(Operation operation) throws IOException {
    checkAll(operation, Durability.FULL);
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void withDurabilityOfFilesTheOldOrTheNewValueIsThere(Operation operation) throws IOException {
    checkAll(operation, Durability.FILE);
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void withoutDurabilityAnEntryIsOldNewAbsentOrTornAndAlone(Operation operation)
      throws IOException {
    checkAll(operation, Durability.NONE);
  }

  @Test
  void withoutDurabilityACodecWithAChecksumTellsATornEntryFromAWholeOne() throws IOException {
    RecordingDisk disk = new RecordingDisk(newDirectory());
    List<ByteTransform> gzip = List.of(GzipTransform.of());
    try (Storage<String> storage =
        Storages.of(
            FileStore.at(disk.root()).durability(Durability.NONE).disk(disk).open(),
            Codecs.text(),
            gzip)) {
      new RecordedStorage(disk, storage).put("k", "old value").put("other", "o");
      disk.settle();
      new RecordedStorage(disk, storage).put("k", "new value").put("fresh", "f");
    }
    AtomicInteger torn = new AtomicInteger();
    CrashStates.forEach(
        disk.root(),
        disk.history(),
        (state, expectation) ->
            state.visit(
                temporary,
                directory -> {
                  try (Storage<String> storage =
                      Storages.of(FileStore.at(directory).open(), Codecs.text(), gzip)) {
                    for (String key : expectation.keys()) {
                      try {
                        assertThat(storage.get(key)).isIn(expectation.whole(key, Durability.NONE));
                      } catch (CodecException e) {
                        torn.incrementAndGet();
                        assertThat(key).isNotEqualTo("other");
                      }
                    }
                  }
                }));
    assertThat(torn).hasPositiveValue();
  }

  @Test
  void acknowledgedWritesSurviveInADirectoryMadeForThem() throws IOException {
    RecordingDisk disk = new RecordingDisk(newDirectory());
    putInto(disk, disk.root().resolve("a/b"), "k");
    assertThat(checkDirectory(disk, disk.history())).isGreaterThan(2);
  }

  private static void putInto(RecordingDisk disk, Path directory, String key) {
    try (Storage<String> storage = FileStore.at(directory).disk(disk).storage(Codecs.text())) {
      new RecordedStorage(disk, storage).put(key, "v");
    }
  }

  private int checkDirectory(RecordingDisk disk, List<DiskCall> history) throws IOException {
    return CrashStates.forEach(
        disk.root(),
        history,
        (state, expectation) ->
            state.visit(
                temporary,
                root -> check(FileStore.at(root.resolve("a/b")), expectation, Durability.FULL)));
  }

  @Test
  void acknowledgedWritesSurviveInADirectoryThatAnotherWriterIsYetToForce() throws IOException {
    for (int n = 1; n <= 2; n++) {
      RecordingDisk disk = new RecordingDisk(newDirectory());
      Path directory = disk.root().resolve("a/b");
      AtomicInteger callsUntilNow = new AtomicInteger(n);
      disk.hook(
          (call, path) -> {
            if (call.equals("syncDirectory") && callsUntilNow.decrementAndGet() == 0) {
              putInto(disk, directory, "k");
            }
          });
      putInto(disk, directory, "j");
      assertThat(checkDirectory(disk, disk.history())).isGreaterThan(2);
    }
  }

  @Test
  void writersOfDifferentKeysDoNotLeanOnEachOther() throws IOException {
    List<Consumer<RecordedStorage>> writes =
        List.of(s -> s.put("k", "new"), s -> s.put("j", "new"), s -> s.remove("k"));
    for (Consumer<RecordedStorage> write : writes) {
      for (String call : List.of("create", "write", "sync", "syncDirectory")) {
        RecordingDisk disk = new RecordingDisk(newDirectory());
        try (Storage<String> storage = FileStore.at(disk.root()).disk(disk).storage(Codecs.text());
            Storage<String> other = FileStore.at(disk.root()).disk(disk).storage(Codecs.text())) {
          new RecordedStorage(disk, storage).put("k", "old").put("l", "old");
          disk.settle();
          AtomicBoolean first = new AtomicBoolean(true);
          disk.hook(
              (next, path) -> {
                if (next.equals(call) && first.compareAndSet(true, false)) {
                  new RecordedStorage(disk, other).put("m", "of another").remove("l");
                }
              });
          write.accept(new RecordedStorage(disk, storage));
        }
        assertThat(checkAll(disk, disk.history(), Operation.PUT_NEW, Durability.FULL))
            .isGreaterThan(2);
      }
    }
  }

  @Test
  void aLongKeyIsListedAlsoIfItsFirstWriteFailedHalfWay() throws IOException {
    RecordingDisk disk = new RecordingDisk(newDirectory());
    try (Storage<String> storage = FileStore.at(disk.root()).disk(disk).storage(Codecs.text())) {
      disk.hook(
          (call, path) -> {
            if (call.equals("syncDirectory")) {
              throw new IOException("Input/output error");
            }
          });
      RecordedStorage recorded = new RecordedStorage(disk, storage);
      assertThatThrownBy(() -> recorded.put(LONG_KEY, "failed"))
          .isInstanceOf(StorageException.class);
      disk.hook((call, path) -> {});
      recorded.put(LONG_KEY, "new");
    }
    assertThat(checkAll(disk, disk.history(), Operation.PUT_LONG, Durability.FULL))
        .isGreaterThan(2);
  }

  /** The calls of a store that leaves something out, or does it in another order. */
  @SuppressWarnings("ImmutableEnumChecker") // Nobody changes the lists, and actions keep nothing.
  private enum Broken {
    FILES_ARE_NOT_SYNCED(Operation.OVERWRITE, calls -> without(calls, DiskCall.Sync.class)),
    FILES_ARE_SYNCED_IN_PLACE(
        Operation.OVERWRITE, calls -> reversed(calls, DiskCall.Sync.class, DiskCall.Rename.class)),
    FILES_ARE_WRITTEN_IN_PLACE(
        Operation.OVERWRITE,
        calls ->
            reversed(
                reversed(calls, DiskCall.Sync.class, DiskCall.Rename.class),
                DiskCall.Write.class,
                DiskCall.Rename.class)),
    DEADLINES_ARE_SET_LAST(
        Operation.PUT_FOR_A_TIME,
        calls -> reversed(calls, DiskCall.Modify.class, DiskCall.Sync.class)),
    NEW_NAMES_ARE_NOT_SYNCED(Operation.PUT_NEW, calls -> without(calls, DiskCall.SyncNames.class)),
    DELETED_NAMES_ARE_NOT_SYNCED(
        Operation.REMOVE, calls -> without(calls, DiskCall.SyncNames.class)),
    CLEARED_NAMES_ARE_NOT_SYNCED(
        Operation.CLEAR, calls -> without(calls, DiskCall.SyncNames.class)),
    STREAMS_ARE_NOT_SYNCED(Operation.STREAM, calls -> without(calls, DiskCall.Sync.class)),
    RETURNS_BEFORE_NAMES_ARE_SYNCED(
        Operation.OVERWRITE,
        calls -> reversed(calls, DiskCall.SyncNames.class, DiskCall.Returned.class)),
    KEYS_ARE_NOT_SYNCED(
        Operation.PUT_LONG,
        calls -> {
          List<DiskCall> syncs = calls.stream().filter(DiskCall.Sync.class::isInstance).toList();
          List<DiskCall> broken = new ArrayList<>(calls);
          broken.remove(syncs.get(syncs.size() - 1));
          return broken;
        }),
    VALUES_DO_NOT_WAIT_FOR_NAMES_OF_KEYS(
        Operation.PUT_LONG,
        calls -> reversed(calls, DiskCall.SyncNames.class, DiskCall.Rename.class)),
    KEYS_DO_NOT_WAIT_FOR_VALUES_TO_GO(
        Operation.REMOVE_LONG,
        calls -> reversed(calls, DiskCall.SyncNames.class, DiskCall.Delete.class));

    private final Operation operation;
    private final UnaryOperator<List<DiskCall>> change;

    Broken(Operation operation, UnaryOperator<List<DiskCall>> change) {
      this.operation = operation;
      this.change = change;
    }

    private static List<DiskCall> without(List<DiskCall> calls, Class<?> kind) {
      return calls.stream().filter(call -> !kind.isInstance(call)).toList();
    }

    /** Puts each call of a kind behind the next one of another. */
    private static List<DiskCall> reversed(List<DiskCall> calls, Class<?> earlier, Class<?> later) {
      List<DiskCall> reversed = new ArrayList<>();
      List<DiskCall> waiting = new ArrayList<>();
      for (DiskCall call : calls) {
        if (earlier.isInstance(call)) {
          waiting.add(call);
        } else {
          reversed.add(call);
          if (later.isInstance(call)) {
            reversed.addAll(waiting);
            waiting.clear();
          }
        }
      }
      reversed.addAll(waiting);
      return reversed;
    }
  }

  @ParameterizedTest
  @EnumSource(Broken.class)
  void aStoreThatIsBrokenIsFoundOut(Broken broken) throws IOException {
    RecordingDisk disk = new RecordingDisk(newDirectory());
    List<DiskCall> history = record(disk, broken.operation, Durability.FULL);
    int settled = history.lastIndexOf(new DiskCall.Settled()) + 1;
    List<DiskCall> changed = new ArrayList<>(history.subList(0, settled));
    changed.addAll(broken.change.apply(history.subList(settled, history.size())));
    assertThatThrownBy(() -> checkAll(disk, changed, broken.operation, Durability.FULL))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("when the power failed");
  }

  @Test
  void aStoreThatForgetsTheParentsOfItsDirectoryIsFoundOut() throws IOException {
    RecordingDisk disk = new RecordingDisk(newDirectory());
    Path directory = disk.root().resolve("a/b");
    putInto(disk, directory, "k");
    for (Path parent : List.of(disk.root(), disk.root().resolve("a"), directory)) {
      List<DiskCall> broken = new ArrayList<>(disk.history());
      broken.removeIf(new DiskCall.SyncNames(parent)::equals);
      assertThatThrownBy(() -> checkDirectory(disk, broken))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("when the power failed");
    }
  }
}
