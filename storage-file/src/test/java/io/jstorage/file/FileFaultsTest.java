package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.testkit.MemoryDirectory;
import io.jstorage.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fails every single system call of every operation in turn. */
class FileFaultsTest {
  private static final String LONG_KEY = "K".repeat(300);

  private static final List<Function<Path, IOException>> FAILURES =
      List.of(
          path -> new FileSystemException(path.toString(), null, "Input/output error"),
          path -> new IOException("No space left on device"),
          path -> new FileSystemException(path.toString(), null, "Read-only file system"),
          path -> new FileSystemException(path.toString(), null, "Too many open files"),
          path -> new AccessDeniedException(path.toString()));

  private record Operation(String name, boolean present, @Nullable String after, Action action) {
    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  private interface Action {
    void run(Storage<String> storage, String key, Optional<Version> version);
  }

  @TempDir(factory = MemoryDirectory.class)
  Path root;

  private final SettableClock clock = new SettableClock();

  static List<Operation> operations() {
    return List.of(
        new Operation("put a new key", false, "new", (s, k, v) -> s.put(k, "new")),
        new Operation("overwrite", true, "new", (s, k, v) -> s.put(k, "new")),
        new Operation(
            "put with a ttl", true, "new", (s, k, v) -> s.put(k, "new", Duration.ofHours(2))),
        new Operation("putIfAbsent", false, "new", (s, k, v) -> s.putIfAbsent(k, "new")),
        new Operation("putIfAbsent in vain", true, "old", (s, k, v) -> s.putIfAbsent(k, "new")),
        new Operation("replace", true, "new", (s, k, v) -> s.replace(k, v.orElseThrow(), "new")),
        new Operation(
            "replace in vain", true, "old", (s, k, v) -> s.replace(k, Version.of(1), "new")),
        new Operation("remove", true, null, (s, k, v) -> s.remove(k)),
        new Operation("remove in vain", false, null, (s, k, v) -> s.remove(k)),
        new Operation("remove by version", true, null, (s, k, v) -> s.remove(k, v.orElseThrow())),
        new Operation("get", true, "old", (s, k, v) -> assertThat(s.get(k)).hasValue("old")),
        new Operation("get a miss", false, null, (s, k, v) -> assertThat(s.get(k)).isEmpty()),
        new Operation("entry", true, "old", (s, k, v) -> assertThat(s.entry(k)).isPresent()),
        new Operation("contains", true, "old", (s, k, v) -> assertThat(s.contains(k)).isTrue()),
        new Operation(
            "keys",
            true,
            "old",
            (s, k, v) -> {
              try (Stream<String> keys = s.keys()) {
                assertThat(keys).containsExactly(k);
              }
            }),
        new Operation("size", true, "old", (s, k, v) -> assertThat(s.size()).isEqualTo(1)),
        new Operation("clear", true, null, (s, k, v) -> s.clear()),
        new Operation(
            "purgeExpired", true, "old", (s, k, v) -> assertThat(s.purgeExpired()).isZero()));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aFailedCallIsReportedAndHarmsNothing(Operation operation) throws IOException {
    for (Function<Path, IOException> failure : FAILURES) {
      failEveryCall(operation, "k", true, failure);
    }
    failEveryCall(operation, "k", false, FAILURES.get(0));
    failEveryCall(operation, LONG_KEY, true, FAILURES.get(0));
  }

  private void failEveryCall(
      Operation operation, String key, boolean listsInPlace, Function<Path, IOException> failure)
      throws IOException {
    int n = 1;
    while (failsAt(operation, key, listsInPlace, failure, n)) {
      n++;
    }
    assertThat(n).as("calls of %s", operation).isGreaterThan(1);
  }

  private boolean failsAt(
      Operation operation,
      String key,
      boolean listsInPlace,
      Function<Path, IOException> failure,
      int n)
      throws IOException {
    Path directory = Files.createTempDirectory(root, "d");
    FaultyDisk disk = new FaultyDisk();
    disk.type(listsInPlace ? "ext4" : "tmpfs");
    FileStore.Builder builder =
        FileStore.at(directory).expiration(Duration.ofHours(1)).clock(clock).disk(disk);
    String before = operation.present ? "old" : null;
    boolean failed;
    boolean outcomeUnknown = false;
    try (Storage<String> storage = builder.storage(Codecs.text())) {
      if (before != null) {
        storage.put(key, before);
      }
      Optional<Version> version = storage.entry(key).flatMap(Entry::version);
      disk.takeCalls();
      disk.failAt(n, failure);
      @Nullable StorageException thrown = null;
      try {
        operation.action.run(storage, key, version);
      } catch (StorageException e) {
        thrown = e;
        outcomeUnknown = e.outcomeUnknown();
      }
      failed = disk.heal();
      assertThat(thrown != null).as("failure %d of %s is reported", n, operation).isEqualTo(failed);
      if (thrown != null && failure.apply(root) instanceof AccessDeniedException) {
        assertThat(thrown.outcomeUnknown() || thrown instanceof StorageAccessDeniedException)
            .isTrue();
      }
      List<String> calls = disk.takeCalls();
      assertThat(calls.stream().filter("list"::equals).count())
          .as("listings are closed: %s", calls)
          .isLessThanOrEqualTo(calls.stream().filter("closeListing"::equals).count() + 1);
    }
    assertThat(temporaryFiles(directory)).as("%s, failure %d", operation, n).isEmpty();
    try (Storage<String> storage = builder.storage(Codecs.text())) {
      String value = storage.get(key).orElse(null);
      if (failed && operation.name.equals("clear")) {
        assertThat(value).as("%s, failure %d", operation, n).isIn(before, operation.after);
      } else if (failed && !outcomeUnknown) {
        assertThat(value).as("%s, failure %d", operation, n).isEqualTo(before);
      } else {
        assertThat(value).as("%s, failure %d", operation, n).isEqualTo(operation.after);
      }
      try (Stream<String> keys = storage.keys()) {
        assertThat(keys.toList()).isEqualTo(value == null ? List.of() : List.of(key));
      }
      storage.put(key, "later");
      assertThat(storage.require(key)).isEqualTo("later");
    }
    return failed;
  }

  private static List<String> temporaryFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(String::valueOf).filter(name -> name.endsWith(".tmp")).toList();
    }
  }

  @Test
  void aFailureAtOpenIsReportedAndLeavesNothingOpen() throws IOException {
    boolean failed = true;
    for (int n = 1; failed; n++) {
      Path directory = root.resolve("a" + n + "/b");
      FaultyDisk disk = new FaultyDisk();
      disk.failAt(n, path -> new AccessDeniedException(path.toString()));
      try {
        FileStore.at(directory).disk(disk).open().close();
      } catch (StorageAccessDeniedException e) {
        assertThat(e).hasMessageContaining(directory.toString());
      }
      failed = disk.heal();
      assertThat(disk.takeCalls()).contains(failed ? "createDirectory" : "list");
      FaultyDisk healthy = new FaultyDisk();
      try (Storage<String> storage = FileStore.at(directory).disk(healthy).storage(Codecs.text())) {
        assertThat(healthy.takeCalls()).as("no lock was left open").contains("openLock");
        storage.put("k", "v");
        assertThat(storage.get("k")).hasValue("v");
      }
    }
  }

  @Test
  void onlyAFailureAfterTheRenameLeavesTheOutcomeUnknown() {
    FaultyDisk disk = new FaultyDisk();
    List<String> calls =
        List.of(
            "create",
            "write",
            "sync",
            "tryLock",
            "attributes",
            "rename",
            "unlock",
            "syncDirectory");
    for (int n = 1; n <= calls.size(); n++) {
      try (Storage<String> storage = FileStore.at(root).disk(disk).storage(Codecs.text())) {
        storage.put("k", "old");
        disk.takeCalls();
        disk.failAt(n, path -> new IOException("Input/output error"));
        boolean renamed = n > calls.indexOf("rename") + 1;
        assertThatThrownBy(() -> storage.put("k", "new"))
            .isInstanceOfSatisfying(
                StorageException.class,
                e -> assertThat(e.outcomeUnknown()).as(e.toString()).isEqualTo(renamed))
            .hasMessageContaining("Input/output error");
        assertThat(disk.takeCalls()).startsWith(calls.subList(0, n).toArray(String[]::new));
      }
    }
  }

  @Test
  void aFailedUnlockStopsTheStorageAndNobodyElse() {
    FaultyDisk disk = new FaultyDisk();
    try (Storage<String> storage = FileStore.at(root).disk(disk).storage(Codecs.text())) {
      disk.hook(
          (call, path) -> {
            if (call.equals("unlock")) {
              throw new IOException("Input/output error");
            }
          });
      assertThatThrownBy(() -> storage.put("k", "v")).isInstanceOf(StorageException.class);
      disk.hook((call, path) -> {});
      assertThatThrownBy(() -> storage.put("k", "v2")).isInstanceOf(StorageException.class);
      assertThat(storage.get("k")).hasValue("v");
    }
    try (Storage<String> storage = FileStore.at(root).storage(Codecs.text())) {
      storage.put("k", "v3");
      assertThat(storage.get("k")).hasValue("v3");
    }
  }
}
