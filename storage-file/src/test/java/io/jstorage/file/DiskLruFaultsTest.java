package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import io.jstorage.file.JournalLines.Kind;
import io.jstorage.testkit.MemoryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fails every single system call of every operation of a disk LRU in turn. */
class DiskLruFaultsTest {
  private static final int LIMIT = 3;
  private static final String LONG_KEY = "K".repeat(300);

  @TempDir(factory = MemoryDirectory.class)
  Path root;

  private enum Operation {
    PUT_NEW,
    PUT_LONG,
    OVERWRITE,
    REMOVE,
    GET,
    CLEAR
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void aFailedCallHarmsNothing(Operation operation) throws IOException {
    int n = 1;
    while (failsAt(operation, n)) {
      n++;
    }
    assertThat(n).as("calls of %s", operation).isGreaterThan(2);
  }

  private boolean failsAt(Operation operation, int n) throws IOException {
    Path directory = Files.createTempDirectory(root, "d");
    FaultyDisk disk = new FaultyDisk();
    boolean failed;
    boolean thrown = false;
    try (Storage<String> storage = open(directory, disk)) {
      storage.put("a", "old");
      storage.put("b", "old");
      storage.put("c", "old");
      storage.get("a");
      AtomicBoolean fault = new AtomicBoolean();
      AtomicInteger calls = new AtomicInteger();
      disk.hook(
          (call, path) -> {
            // A lock that cannot be released stops the store on purpose.
            if (!call.equals("unlock") && calls.incrementAndGet() == n) {
              fault.set(true);
              throw new IOException("No space left on device");
            }
          });
      try {
        run(operation, storage);
      } catch (StorageException e) {
        thrown = true;
      }
      disk.hook((call, path) -> {});
      failed = fault.get();
      List<String> left = keysOf(storage);
      assertThat(left).as("%s, failure %d", operation, n).hasSizeLessThanOrEqualTo(LIMIT);
      if (operation == Operation.GET) {
        assertThat(left).containsExactly("a", "b", "c");
      } else if (!failed) {
        assertThat(thrown).isFalse();
      }
      // After any failure the next writes succeed, and both stores agree about the order.
      try (Storage<String> other = open(directory, new FaultyDisk())) {
        other.put("x", "new");
        storage.put("y", "new");
        assertThat(keysOf(other)).contains("x", "y").hasSizeLessThanOrEqualTo(LIMIT);
        if (operation == Operation.GET && !thrown) {
          assertThat(keysOf(other)).as("failure %d of a reading", n).containsExactly("b", "x", "y");
        }
        other.put("z", "new");
        storage.put("y", "again");
        storage.put("w", "new");
        assertThat(keysOf(other)).containsExactly("w", "y", "z");
      }
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(String::valueOf))
          .as("%s, failure %d", operation, n)
          .noneMatch(name -> name.endsWith(".tmp") || name.contains("-old"))
          .hasSize(LIMIT + 3);
    }
    return failed;
  }

  private static void run(Operation operation, Storage<String> storage) {
    switch (operation) {
      case PUT_NEW -> storage.put("d", "new");
      case PUT_LONG -> storage.put(LONG_KEY, "new");
      case OVERWRITE -> storage.put("b", "new");
      case REMOVE -> storage.remove("b");
      case GET -> assertThat(storage.get("b")).hasValue("old");
      case CLEAR -> storage.clear();
    }
  }

  private static Storage<String> open(Path directory, Disk disk) {
    return DiskLruStore.at(directory).limit(LIMIT).disk(disk).storage(Codecs.text());
  }

  private static List<String> keysOf(Storage<String> storage) {
    try (Stream<String> keys = storage.keys()) {
      return keys.sorted().toList();
    }
  }

  @Test
  void aLineThatIsCutAnywhereHarmsNothing() throws IOException {
    for (Kind kind : new Kind[] {Kind.DELETE, Kind.PUT}) {
      String name = (kind == Kind.DELETE ? "b" : "x") + ".storage.lru";
      byte[] line = new JournalLines().add(kind, name).toBytes();
      for (int length = 0; length <= line.length; length++) {
        Path directory = Files.createTempDirectory(root, "d");
        try (Storage<String> storage = open(directory, new FaultyDisk())) {
          storage.put("a", "v");
          storage.put("b", "v");
          // By a process that died, or whose disk was full.
          Files.write(
              directory.resolve(".jstorage-order.storage.lru"),
              Arrays.copyOf(line, length),
              StandardOpenOption.APPEND);
          storage.put("c", "v");
          assertThat(keysOf(storage)).as("%d bytes", length).containsExactly("a", "b", "c");
          storage.put("d", "v");
          storage.put("e", "v");
          assertThat(keysOf(storage)).as("%d bytes", length).hasSize(LIMIT).contains("d", "e");
          storage.put("f", "v");
          assertThat(keysOf(storage)).as("%d bytes", length).containsExactly("d", "e", "f");
        }
      }
    }
  }

  private static void leaveNoSpaceFor(FaultyDisk disk, String... calls) {
    disk.hook(
        (call, path) -> {
          if (List.of(calls).contains(call)) {
            throw new IOException("No space left on device");
          }
        });
  }

  @Test
  void aRemovalThatNobodyCanWriteDownIsMade() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    try (Storage<String> storage = open(root, disk)) {
      storage.put("a", "v");
      storage.put("b", "v");
      storage.put("c", "v");
      leaveNoSpaceFor(disk, "append");
      assertThat(storage.get("a")).hasValue("v");
      assertThat(storage.remove("b")).isTrue();
      assertThat(keysOf(storage)).containsExactly("a", "c");
      disk.hook((call, path) -> {});
      storage.put("d", "v");
      assertThat(keysOf(storage)).containsExactly("a", "c", "d");
      try (Storage<String> other = open(root, new FaultyDisk())) {
        other.put("e", "v");
        assertThat(keysOf(other)).containsExactly("a", "d", "e");
      }
    }
  }

  @Test
  void removalsGoOnThoughTheyMakeNoRoom() {
    FaultyDisk disk = new FaultyDisk();
    try (Storage<String> storage = open(root, disk)) {
      storage.put("a", "v");
      storage.put("b", "v");
      storage.put("c", "v");
      leaveNoSpaceFor(disk, "append", "create");
      assertThat(storage.remove("a")).isTrue();
      assertThat(storage.remove("b")).isTrue();
      storage.clear();
      assertThat(keysOf(storage)).isEmpty();
      disk.hook((call, path) -> {});
      storage.put("d", "v");
      assertThat(keysOf(storage)).containsExactly("d");
    }
  }

  @Test
  void aRemovedFileIsDeletedOnceThoughTheJournalFails() {
    FaultyDisk disk = new FaultyDisk();
    AtomicInteger deletions = new AtomicInteger();
    try (Storage<String> storage = open(root, disk)) {
      storage.put("a", "v");
      disk.hook(
          (call, path) -> {
            boolean deletes = call.equals("delete") && path.endsWith("a.storage.lru");
            if (call.equals("append") || (deletes && deletions.getAndIncrement() > 0)) {
              throw new IOException("Input/output error");
            }
          });
      assertThat(storage.remove("a")).isTrue();
      assertThat(deletions).hasValue(1);
      assertThat(storage.contains("a")).isFalse();
    }
  }

  @Test
  void aFullDiskInTheMiddleOfACompactionHarmsNothing() throws IOException {
    int failures = 0;
    boolean failed = true;
    for (int n = 1; failed; n++) {
      Path directory = Files.createTempDirectory(root, "d");
      FaultyDisk disk = new FaultyDisk();
      try (Storage<String> storage = open(directory, disk)) {
        storage.put("a", "v");
        storage.put("b", "v");
        storage.put("c", "v");
        for (int i = 0; i < 600; i++) {
          storage.get("b");
          storage.get("a");
        }
        // The next put finds more lines than a journal may have.
        AtomicBoolean fault = failInCompaction(disk, n);
        storage.put("d", "v");
        failed = fault.get();
        disk.hook((call, path) -> {});
        failures += failed ? 1 : 0;
        assertThat(keysOf(storage)).as("failure %d", n).containsExactly("a", "b", "d");
      }
      assertThat(OpenFiles.below(directory)).as("failure %d", n).isEmpty();
      try (Storage<String> storage = open(directory, new FaultyDisk())) {
        storage.put("e", "v");
        assertThat(keysOf(storage)).as("failure %d", n).containsExactly("a", "d", "e");
      }
    }
    assertThat(failures).isGreaterThan(7);
  }

  @Test
  void aReadingThatMeetsACompactionThatFailsIsNotLost() throws IOException {
    int failures = 0;
    boolean failed = true;
    for (int n = 1; failed; n++) {
      Path directory = Files.createTempDirectory(root, "d");
      FaultyDisk disk = new FaultyDisk();
      try (Storage<String> storage = open(directory, disk);
          Storage<String> reader = open(directory, new FaultyDisk())) {
        storage.put("a", "v");
        storage.put("b", "v");
        storage.put("c", "v");
        for (int i = 0; i < 600; i++) {
          storage.get("b");
          storage.get("c");
        }
        AtomicBoolean fault = new AtomicBoolean();
        AtomicInteger calls = new AtomicInteger();
        int nth = n;
        disk.hook(
            (call, path) -> {
              if (call.equals("rename") && path.toString().contains("-order-old")) {
                reader.get("a");
                calls.set(1);
              } else if (calls.get() > 0 && calls.getAndIncrement() == nth) {
                fault.set(true);
                throw new IOException("No space left on device");
              }
              if (call.equals("delete") && path.toString().contains("-order-old")) {
                calls.set(0);
              }
            });
        storage.put("d", "v");
        failed = fault.get();
        failures += failed ? 1 : 0;
        disk.hook((call, path) -> {});
        assertThat(keysOf(storage)).as("failure %d", n).containsExactly("a", "c", "d");
      }
    }
    assertThat(failures).isGreaterThan(4);
  }

  @Test
  void aJournalWrittenAnewLaterLeavesOutNoFileThatIsThere() throws IOException {
    Path journal = root.resolve(".jstorage-order.storage.lru");
    FaultyDisk disk = new FaultyDisk();
    try (Storage<String> other = open(root, new FaultyDisk())) {
      try (Storage<String> storage = open(root, disk)) {
        storage.put("a", "v");
        storage.put("b", "v");
        // A process died while it shortened the journal, and a file has come from elsewhere.
        Files.move(journal, root.resolve(".jstorage-order-old.storage.lru"));
        Files.writeString(root.resolve("x.storage.lru"), "v");
        disk.hook(
            (call, path) -> {
              if (call.equals("create")) {
                throw new IOException("No space left on device");
              }
            });
        assertThat(storage.get("a")).hasValue("v");
        disk.hook((call, path) -> {});
        // Another one dies before it deletes what it says.
        byte[] line = new JournalLines().add(Kind.DELETE, "b.storage.lru").toBytes();
        Files.write(journal, line, StandardOpenOption.APPEND);
        assertThat(storage.get("a")).hasValue("v");
      }
      other.put("c", "v");
      other.put("d", "v");
      other.put("e", "v");
      assertThat(keysOf(other)).containsExactly("c", "d", "e");
    }
  }

  /** Fails the n-th call of the next compaction; tells afterwards whether there was one. */
  private static AtomicBoolean failInCompaction(FaultyDisk disk, int n) {
    AtomicBoolean failed = new AtomicBoolean();
    AtomicInteger creations = new AtomicInteger();
    AtomicInteger calls = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    disk.hook(
        (call, path) -> {
          // The first file is that of the put, the second the next journal.
          boolean begun = call.equals("create") && creations.incrementAndGet() == 2;
          if (over.get() || !(begun || creations.get() >= 2)) {
            return;
          }
          over.set(call.equals("delete") && path.toString().contains("-order-old"));
          if (calls.incrementAndGet() == n) {
            over.set(true);
            failed.set(true);
            throw new IOException("No space left on device");
          }
        });
    return failed;
  }
}
