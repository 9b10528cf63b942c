package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.BatchException;
import io.jstorage.Storage;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.ByteStreams;
import io.jstorage.spi.WriteOptions;
import io.jstorage.testkit.MemoryDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fails every single system call of what is made of several operations: batches, the loader, the
 * map view, streams, opening, closing. {@link FileFaultsTest} and {@link DiskLruFaultsTest} do so
 * for the operations themselves.
 */
class CompositeFaultsTest {
  private static final String LONG_KEY = "K".repeat(300);
  private static final List<String> KEYS = List.of("a", LONG_KEY, "c");
  private static final Map<String, String> BEFORE = Map.of("a", "old", LONG_KEY, "old");
  private static final Map<String, String> ALL_NEW = inOrder("new");

  /** The failure of the n-th call: a denial has a type of its own, the others take turns. */
  private static final List<BiFunction<Path, Integer, IOException>> FAILURES =
      List.of(
          (path, n) ->
              switch (n % 3) {
                case 0 -> new FileSystemException(path.toString(), null, "Input/output error");
                case 1 -> new IOException("No space left on device");
                default -> new FileSystemException(path.toString(), null, "Too many open files");
              },
          (path, n) -> new AccessDeniedException(path.toString()));

  private static Map<String, String> inOrder(String value) {
    Map<String, String> values = new LinkedHashMap<>();
    KEYS.forEach(key -> values.put(key, value));
    return values;
  }

  private enum Kind {
    PLAIN,
    EXPIRING,
    LRU;

    Storage<String> open(Path directory, Disk disk) {
      return switch (this) {
        case PLAIN -> FileStore.at(directory).disk(disk).storage(Codecs.text());
        case EXPIRING ->
            FileStore.at(directory)
                .disk(disk)
                .expiration(Duration.ofHours(1))
                .storage(Codecs.text());
        case LRU -> DiskLruStore.at(directory).disk(disk).limit(3).storage(Codecs.text());
      };
    }
  }

  /** The operation that is made to fail. */
  private enum Action {
    PUT_ALL,
    GET_ALL,
    REMOVE_ALL,
    LOAD,
    LOAD_PRESENT,
    VIEW_PUT,
    VIEW_REMOVE,
    VIEW_REPLACE,
    VIEW_COMPUTE,
    VIEW_MERGE,
    VIEW_CONTAINS_VALUE,
    VIEW_SET_VALUES,
    VIEW_REMOVE_IF,
    WRITE_STREAM,
    READ_STREAM;

    /** The entries that are left when it has succeeded. */
    Map<String, String> after() {
      return switch (this) {
        case GET_ALL, LOAD_PRESENT, VIEW_CONTAINS_VALUE, READ_STREAM -> BEFORE;
        case PUT_ALL -> ALL_NEW;
        case REMOVE_ALL, VIEW_REMOVE_IF -> Map.of();
        case LOAD, VIEW_MERGE -> Map.of("a", "old", LONG_KEY, "old", "c", "new");
        case VIEW_PUT, VIEW_COMPUTE -> Map.of("a", "new", LONG_KEY, "old");
        case VIEW_REMOVE -> Map.of(LONG_KEY, "old");
        case VIEW_REPLACE, WRITE_STREAM -> Map.of("a", "old", LONG_KEY, "new");
        case VIEW_SET_VALUES -> Map.of("a", "new", LONG_KEY, "new");
      };
    }

    /** Several entries, of which some may be done when one fails. */
    boolean isGradual() {
      return this == VIEW_SET_VALUES || this == VIEW_REMOVE_IF;
    }

    void run(Storage<String> storage) throws IOException {
      switch (this) {
        case PUT_ALL -> storage.putAll(ALL_NEW);
        case GET_ALL -> assertThat(storage.getAll(KEYS)).isEqualTo(BEFORE);
        case REMOVE_ALL -> storage.removeAll(KEYS);
        case LOAD -> assertThat(storage.get("c", key -> "new")).isEqualTo("new");
        case LOAD_PRESENT -> assertThat(storage.get("a", key -> "new")).isEqualTo("old");
        case VIEW_PUT -> assertThat(storage.asMap().put("a", "new")).isEqualTo("old");
        case VIEW_REMOVE -> assertThat(storage.asMap().remove("a")).isEqualTo("old");
        case VIEW_REPLACE -> assertThat(storage.asMap().replace(LONG_KEY, "old", "new")).isTrue();
        case VIEW_COMPUTE ->
            assertThat(storage.asMap().compute("a", (key, old) -> "new")).isEqualTo("new");
        case VIEW_MERGE ->
            assertThat(storage.asMap().merge("c", "new", String::concat)).isNotNull();
        case VIEW_CONTAINS_VALUE -> assertThat(storage.asMap().containsValue("nowhere")).isFalse();
        case VIEW_SET_VALUES ->
            storage.asMap().entrySet().stream()
                .filter(entry -> KEYS.contains(entry.getKey()))
                .forEach(entry -> entry.setValue("new"));
        case VIEW_REMOVE_IF -> storage.asMap().keySet().removeIf(KEYS::contains);
        case WRITE_STREAM -> streams(storage).writeStream(LONG_KEY, bytes(), WriteOptions.NONE);
        case READ_STREAM -> {
          try (InputStream read = Objects.requireNonNull(streams(storage).readStream("a"))) {
            assertThat(read).hasContent("old");
          }
        }
      }
    }

    private static ByteStreams streams(Storage<String> storage) {
      return storage.unwrap(ByteStreams.class).orElseThrow();
    }

    private static InputStream bytes() {
      return new ByteArrayInputStream("new".getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Fails the n-th call from now on; tells which it was. */
  private static final class Fault implements FaultyDisk.Hook {
    private final int n;
    private final IOException failure;
    private int calls;
    @Nullable String failed;

    Fault(int n, IOException failure) {
      this.n = n;
      this.failure = failure;
    }

    @Override
    public void before(String call, Path path) throws IOException {
      if (++calls == n) {
        failed = call;
        throw failure;
      }
    }

    boolean isDenial() {
      return failure instanceof AccessDeniedException;
    }

    /** A lock that cannot be released stops the storage on purpose. */
    boolean stopsTheStorage() {
      return "unlock".equals(failed);
    }
  }

  @TempDir(factory = MemoryDirectory.class)
  Path root;

  @ParameterizedTest
  @EnumSource(Action.class)
  void aFailedCallLeavesEachKeyItsOldValueOrItsNewOne(Action action) throws IOException {
    for (Kind kind : Kind.values()) {
      for (BiFunction<Path, Integer, IOException> failure : FAILURES) {
        int n = 1;
        while (failsAt(kind, action, new Fault(n, failure.apply(root, n)))) {
          n++;
        }
        assertThat(n).as("calls of %s, %s", action, kind).isGreaterThan(1);
      }
    }
  }

  private boolean failsAt(Kind kind, Action action, Fault fault) throws IOException {
    String what = "%s, %s, call %d: %s".formatted(kind, action, fault.n, fault.failure);
    Path directory = Files.createTempDirectory(root, "d");
    FaultyDisk disk = new FaultyDisk();
    Map<String, Exception> failures = new LinkedHashMap<>();
    try (Storage<String> storage = kind.open(directory, disk)) {
      // The least recently used one, which makes room if need be.
      storage.put("z", "old");
      storage.putAll(BEFORE);
      disk.hook(fault);
      try {
        action.run(storage);
      } catch (BatchException e) {
        failures.putAll(e.failures());
      } catch (StorageException e) {
        KEYS.forEach(key -> failures.put(key, e));
      } catch (IOException e) {
        assertThat(action).as(what).isIn(Action.WRITE_STREAM, Action.READ_STREAM);
        KEYS.forEach(key -> failures.put(key, e));
      } finally {
        disk.hook((call, path) -> {});
      }
      if (fault.failed == null) {
        assertThat(failures).as(what).isEmpty();
      } else if (kind != Kind.LRU) {
        // Of a limited storage, a use that cannot be written down fails nobody.
        assertThat(failures).as("%s is reported", what).isNotEmpty();
      }
      for (Exception failure : failures.values()) {
        if (failure instanceof StorageException e && fault.isDenial() && !fault.stopsTheStorage()) {
          assertThat(e.outcomeUnknown() || e instanceof StorageAccessDeniedException)
              .as("%s is typed: %s", what, e)
              .isTrue();
        }
      }
      if (!fault.stopsTheStorage()) {
        assertUsable(storage, what);
      }
    }
    assertThat(OpenFiles.below(directory)).as(what).isEmpty();
    assertThat(names(directory)).as(what).noneMatch(name -> name.endsWith(".tmp"));
    try (Storage<String> storage = kind.open(directory, new FaultyDisk())) {
      for (String key : KEYS) {
        checkValue(action, storage, key, failures.get(key), what);
      }
      storage.remove("z");
      storage.putAll(inOrder("later"));
      assertThat(storage.getAll(KEYS)).as(what).isEqualTo(inOrder("later"));
      assertThat(keysOf(storage)).as(what).containsExactlyInAnyOrderElementsOf(KEYS);
    }
    return fault.failed != null;
  }

  /** By a write that nobody has to make room for and that changes nothing of what is checked. */
  private static void assertUsable(Storage<String> storage, String what) {
    String key = storage.contains("a") ? "a" : "z";
    String value = storage.get(key).orElse("old");
    storage.put(key, value);
    assertThat(storage.get(key)).as(what).hasValue(value);
  }

  private static void checkValue(
      Action action,
      Storage<String> storage,
      String key,
      @Nullable Exception failure,
      String what) {
    String value = storage.get(key).orElse(null);
    String before = BEFORE.get(key);
    String after = action.after().get(key);
    if (failure == null) {
      assertThat(value).as("%s: %s", what, key).isEqualTo(after);
    } else if (failure instanceof StorageException e && !action.isGradual()) {
      assertThat(value).as("%s: %s", what, key).isEqualTo(e.outcomeUnknown() ? after : before);
    } else {
      assertThat(value).as("%s: %s", what, key).isIn(before, after);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aFailureAtOpenOfADirectoryInUseIsTypedAndLeavesNothingOpen(Kind kind) throws IOException {
    for (BiFunction<Path, Integer, IOException> failure : FAILURES) {
      boolean failed = true;
      for (int n = 1; failed; n++) {
        Path directory = Files.createTempDirectory(root, "d");
        try (Storage<String> storage = kind.open(directory, new FaultyDisk())) {
          storage.put("z", "old");
          storage.putAll(BEFORE);
        }
        leaveBehind(directory);
        Fault fault = new Fault(n, failure.apply(directory, n));
        FaultyDisk disk = new FaultyDisk();
        disk.hook(fault);
        String what = "%s, call %d: %s".formatted(kind, n, fault.failure);
        try {
          kind.open(directory, disk).close();
        } catch (StorageException e) {
          assertThat(fault.failed).as(what).isNotNull();
          assertThat(e).as(what).hasMessageContaining(directory.toString());
          assertThat(e instanceof StorageAccessDeniedException)
              .as(what)
              .isEqualTo(fault.isDenial());
        }
        failed = fault.failed != null;
        assertThat(OpenFiles.below(directory)).as(what).isEmpty();
        try (Storage<String> storage = kind.open(directory, new FaultyDisk())) {
          assertThat(keysOf(storage)).as(what).containsExactlyInAnyOrder("a", LONG_KEY, "z");
          assertThat(names(directory))
              .as("what the dead left is swept by the next, %s", what)
              .noneMatch(name -> name.endsWith(".tmp") || name.contains("-old"));
          storage.put("c", "new");
          assertThat(storage.contains("z")).as("the order, %s", what).isEqualTo(kind != Kind.LRU);
        }
      }
    }
  }

  /** As processes do that are killed: a temporary file, a key without a value, a journal moved. */
  private static void leaveBehind(Path directory) throws IOException {
    Instant longAgo = Instant.now().minus(Duration.ofHours(2));
    Path abandoned = directory.resolve(TemporaryNames.next(longAgo.toEpochMilli()));
    Files.writeString(abandoned, "half a val");
    Files.setLastModifiedTime(abandoned, FileTime.from(longAgo));
    Path journal = directory.resolve(".jstorage-order.storage.lru");
    if (Files.exists(journal)) {
      Files.move(journal, directory.resolve(".jstorage-order-old.storage.lru"));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aFailureAtCloseLeavesNothingOpen(Kind kind) throws IOException {
    boolean failed = true;
    for (int n = 1; failed; n++) {
      Path directory = Files.createTempDirectory(root, "d");
      FaultyDisk disk = new FaultyDisk();
      Storage<String> storage = kind.open(directory, disk);
      storage.putAll(BEFORE);
      disk.hook(
          (call, path) -> {
            if (call.equals("append") || call.equals("create")) {
              throw new IOException("No space left on device");
            }
          });
      // In a limited storage this use is still to be written down.
      assertThat(storage.get("a")).hasValue("old");
      Fault fault = new Fault(n, new IOException("Input/output error"));
      disk.hook(fault);
      try {
        storage.close();
      } catch (StorageException e) {
        assertThat(fault.failed).isNotNull();
        assertThat(e).hasMessageContaining("Input/output error");
      }
      failed = fault.failed != null;
      assertThat(OpenFiles.below(directory)).as("%s, call %d", kind, n).isEmpty();
      storage.close();
      try (Storage<String> again = kind.open(directory, new FaultyDisk())) {
        assertThat(again.getAll(KEYS)).isEqualTo(BEFORE);
      }
      assertThat(failed || n > 1 || kind != Kind.LRU).as("closing writes").isTrue();
    }
  }

  private static List<String> names(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      files.map(file -> file.getFileName().toString()).forEach(names::add);
    }
    return names;
  }

  private static List<String> keysOf(Storage<String> storage) {
    try (Stream<String> keys = storage.keys()) {
      return keys.toList();
    }
  }
}
