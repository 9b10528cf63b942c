package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import io.jstorage.jdk.GzipTransform;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spi.WriteOptions;
import io.jstorage.testkit.MemoryDirectory;
import io.jstorage.testkit.ModelSuite;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A limit of bytes, alone and beside that of files. */
class DiskLruBytesTest {
  private static final String SUFFIX = ".storage.lru";
  private static final String JOURNAL = ".jstorage-order" + SUFFIX;

  @TempDir(factory = MemoryDirectory.class)
  Path root;

  private int opened;

  private Storage<String> open(long bytes) {
    return DiskLruStore.at(root).bytes(bytes).storage(Codecs.text());
  }

  private static List<String> keysOf(Storage<String> storage) {
    try (Stream<String> keys = storage.keys()) {
      return keys.sorted().toList();
    }
  }

  static long bytesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      long sum = 0;
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (name.endsWith(SUFFIX) && !name.startsWith(".")) {
          sum += Files.size(file);
        }
      }
      return sum;
    }
  }

  @Test
  void aFileEvictsAsManyAsItTakesAndNoMore() throws IOException {
    try (Storage<String> storage = open(10)) {
      storage.put("a", "123");
      storage.put("b", "123");
      storage.put("c", "1234");
      assertThat(bytesIn(root)).isEqualTo(10);
      storage.get("a");
      storage.put("d", "12345");
      assertThat(keysOf(storage)).containsExactly("a", "d");
      storage.put("e", "12");
      assertThat(keysOf(storage)).containsExactly("a", "d", "e");
    }
  }

  @Test
  void anOverwriteMakesRoomForWhatItAdds() throws IOException {
    try (Storage<String> storage = open(10)) {
      storage.put("a", "123");
      storage.put("b", "123");
      storage.put("c", "1234");
      storage.put("a", "12345");
      assertThat(keysOf(storage)).containsExactly("a", "c");
      storage.put("a", "1");
      storage.put("d", "12345");
      assertThat(keysOf(storage)).containsExactly("a", "c", "d");
      storage.put("c", "1234567890");
      assertThat(keysOf(storage)).containsExactly("c");
      assertThat(bytesIn(root)).isEqualTo(10);
    }
  }

  @Test
  void anEntryThatIsTooLargeEvictsOnlyItsOldValue() throws IOException {
    try (Storage<String> storage = open(10)) {
      String longKey = "Long/Key ".repeat(40);
      storage.put("a", "123");
      storage.put("b", "123");
      storage.put(longKey, "123");
      storage.put("b", "12345678901");
      storage.put(longKey, "12345678901");
      assertThat(storage.putIfAbsent("c", "12345678901")).isTrue();
      assertThat(storage.get("d", key -> "12345678901")).isEqualTo("12345678901");
      assertThat(keysOf(storage)).containsExactly("a");
      storage.put("e", "1234567");
      assertThat(keysOf(storage)).containsExactly("a", "e");
    }
    try (Stream<Path> files = Files.list(root)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "a" + SUFFIX, "e" + SUFFIX, JOURNAL, LockFile.NAME, LockFile.SPARE_NAME);
    }
  }

  @Test
  void bothLimitsHold() {
    try (Storage<String> storage =
        DiskLruStore.at(root).limit(3).bytes(10).storage(Codecs.text())) {
      for (String key : List.of("a", "b", "c", "d")) {
        storage.put(key, "1");
      }
      assertThat(keysOf(storage)).containsExactly("b", "c", "d");
      storage.put("e", "123456789");
      assertThat(keysOf(storage)).containsExactly("d", "e");
    }
  }

  @Test
  void withALimitOfBytesAloneThereIsNoneOfFiles() {
    int more = DiskLruOptions.LIMIT.defaultValue().orElseThrow() + 10;
    try (Storage<String> storage = open(1_000_000)) {
      IntStream.range(0, more).forEach(i -> storage.put("k" + i, "v"));
      assertThat(storage.size()).isEqualTo(more);
    }
  }

  @Test
  void streamsAndEmptyFilesCountWhatTheyHave() throws IOException {
    try (DiskLruStore store = DiskLruStore.at(root).bytes(100_000).open()) {
      for (String key : List.of("a", "b", "c")) {
        store.writeStream(key, new ByteArrayInputStream(new byte[50_000]), WriteOptions.NONE);
        store.write("empty-" + key, new byte[0], WriteOptions.NONE);
      }
      store.writeStream("large", new ByteArrayInputStream(new byte[100_001]), WriteOptions.NONE);
      try (Stream<String> keys = store.keys("")) {
        assertThat(keys).containsExactlyInAnyOrder("b", "c", "empty-a", "empty-b", "empty-c");
      }
    }
  }

  @Test
  void theBytesAreThoseOnTheDisk() throws IOException {
    try (Storage<String> storage =
        DiskLruStore.at(root).bytes(1000).storage(Codecs.text(), GzipTransform.of())) {
      for (int i = 0; i < 5; i++) {
        storage.put("k" + i, "x".repeat(10_000));
      }
      assertThat(storage.size()).isEqualTo(5);
      assertThat(bytesIn(root)).isPositive().isLessThanOrEqualTo(1000);
    }
  }

  @Test
  void everyHistoryIsThatOfTheModelAlsoAfterReopening() {
    ModelSuite.of(
            clock -> {
              opened++;
              return reopen();
            })
        .reopening(clock -> Optional.of(reopen()))
        .withoutClock()
        .weight(6, (key, value) -> value.getBytes(StandardCharsets.UTF_8).length)
        .limit(4)
        .histories(100)
        .check();
  }

  private Storage<String> reopen() {
    return DiskLruStore.at(root.resolve("store" + opened)).limit(4).bytes(6).storage(Codecs.text());
  }

  @Test
  void recencyAndBytesAreThoseOfTheModelForTwoOpeners() throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      Path directory = root.resolve("s" + seed);
      LruModel model = new LruModel(seed, true);
      for (int opening = 0; opening < 3; opening++) {
        try (Storage<String> storage = LruModel.openLimitingBytes(directory);
            Storage<String> other = LruModel.openLimitingBytes(directory)) {
          for (int i = 0; i < 15; i++) {
            model.step(i % 3 == 0 ? other : storage);
            assertThat(bytesIn(directory)).isLessThanOrEqualTo(LruModel.BYTES);
          }
        }
      }
      try (Storage<String> storage = LruModel.openLimitingBytes(directory)) {
        model.checkOrder(storage);
      }
    }
  }

  @Test
  void aDirectoryWithMoreThanTheLimitIsTrimmedAtTheFirstPut() throws IOException {
    try (Storage<String> storage = DiskLruStore.at(root).limit(100).storage(Codecs.text())) {
      for (int i = 10; i < 60; i++) {
        storage.put("k" + i, "12345");
      }
      storage.get("k10");
    }
    try (Storage<String> storage = open(15)) {
      assertThat(storage.size()).isEqualTo(50);
      storage.put("new", "1234");
      assertThat(keysOf(storage)).containsExactly("k10", "k59", "new");
    }
  }

  @Test
  void filesThatTheJournalDoesNotKnowCountToo() throws IOException {
    try (Storage<String> storage = open(10)) {
      storage.put("known", "1");
    }
    Instant now = Instant.now();
    for (String key : List.of("x", "y")) {
      Path file = Files.writeString(root.resolve(key + SUFFIX), "1234");
      Files.setLastModifiedTime(file, FileTime.from(now.plusSeconds(key.charAt(0))));
    }
    try (Storage<String> storage = open(10)) {
      storage.put("a", "12");
      assertThat(keysOf(storage)).containsExactly("a", "known", "y");
    }
  }

  @Test
  void aFileThatAnotherProgramMakesLargerCountsFromTheNextOpeningOn() throws IOException {
    try (Storage<String> storage = open(10)) {
      storage.put("a", "1");
      storage.put("b", "1");
      storage.put("a", "1");
      Files.writeString(root.resolve("b" + SUFFIX), "123456789");
      storage.put("c", "1");
      assertThat(keysOf(storage)).containsExactly("a", "b", "c");
    }
    try (Storage<String> storage = open(10)) {
      storage.put("d", "1");
      assertThat(keysOf(storage)).containsExactly("a", "c", "d");
    }
  }

  @Test
  void theLimitsAreThoseOfTheLastOpenerAndApplyAtTheNextPut() {
    try (Storage<String> first = open(10)) {
      first.put("a", "12345");
      first.put("b", "12345");
      try (Storage<String> second = open(6)) {
        assertThat(first.size()).isEqualTo(2);
        first.put("c", "1");
        assertThat(keysOf(first)).containsExactly("b", "c");
        second.put("c", "12");
        assertThat(keysOf(first)).containsExactly("c");
        try (Storage<String> third = DiskLruStore.at(root).limit(100).storage(Codecs.text())) {
          first.put("d", "12345678901");
          second.put("e", "12345678901");
          assertThat(keysOf(third)).containsExactly("c", "d", "e");
          try (Storage<String> fourth = open(14)) {
            third.put("f", "1");
            assertThat(keysOf(fourth)).containsExactly("e", "f");
          }
        }
      }
    }
  }

  @Test
  void theLimitOutlivesACompactionByAnotherOpener() throws IOException {
    try (Storage<String> other = DiskLruStore.at(root).limit(5).storage(Codecs.text());
        Storage<String> storage = DiskLruStore.at(root).limit(5).bytes(6).storage(Codecs.text())) {
      other.put("a", "123");
      other.put("b", "123");
      for (int i = 0; i < 1200; i++) {
        other.get("b");
      }
      other.put("c", "1");
      assertThat(Files.size(root.resolve(JOURNAL))).isLessThan(1000);
      assertThat(Files.readString(root.resolve(JOURNAL))).contains("b 6 ");
      assertThat(keysOf(storage)).containsExactly("b", "c");
      storage.put("d", "12345");
      assertThat(keysOf(other)).containsExactly("c", "d");
      try (Storage<String> unlimited = DiskLruStore.at(root).limit(5).storage(Codecs.text())) {
        for (int i = 0; i < 1200; i++) {
          unlimited.get("c");
        }
        unlimited.put("e", "1234567890");
        assertThat(Files.readString(root.resolve(JOURNAL))).contains("b 0 ");
        storage.put("f", "1234567890");
        assertThat(keysOf(storage)).containsExactly("c", "d", "e", "f");
      }
    }
  }

  @Test
  void aLineThatSaysNoNumberOfBytesIsPassedOver() throws IOException {
    try (Storage<String> storage = open(6)) {
      storage.put("a", "123");
      for (String said : List.of("x", "", "1.5", "99999999999999999999", "0x10")) {
        Files.write(
            root.resolve(JOURNAL),
            new JournalLines().add(JournalLines.Kind.BYTES, said).toBytes(),
            StandardOpenOption.APPEND);
      }
      storage.put("b", "1234");
      assertThat(keysOf(storage)).containsExactly("b");
    }
  }

  @Test
  void aLostJournalLosesNoSize() throws IOException {
    try (Storage<String> storage = open(10);
        Storage<String> other = open(10)) {
      storage.put("a", "1234");
      storage.put("b", "1234");
      Files.delete(root.resolve(JOURNAL));
      other.put("c", "1234");
      assertThat(keysOf(other)).containsExactly("b", "c");
      Files.writeString(root.resolve(JOURNAL), "garbage");
      storage.put("d", "12345");
      assertThat(keysOf(storage)).containsExactly("c", "d");
    }
  }

  /** As a process leaves it that died between its line and the rename. */
  @Test
  void aPutThatWasOnlyAnnouncedHasTheSizeThatIsThere() throws IOException {
    try (Storage<String> storage = open(10)) {
      storage.put("a", "123");
      storage.put("b", "123456");
      for (String announced : List.of("a" + SUFFIX, "none" + SUFFIX)) {
        Files.write(
            root.resolve(JOURNAL),
            new JournalLines().add(JournalLines.Kind.PUT, announced).toBytes(),
            StandardOpenOption.APPEND);
        storage.put("c", "1");
        assertThat(keysOf(storage)).containsExactly("a", "b", "c");
      }
      storage.put("d", "1");
      assertThat(keysOf(storage)).containsExactly("a", "c", "d");
    }
  }

  private enum Operation {
    PUT,
    OVERWRITE,
    TOO_LARGE,
    REMOVE;

    void on(Storage<String> storage) {
      switch (this) {
        case PUT -> storage.put("d", "12345");
        case OVERWRITE -> storage.put("b", "123456");
        case TOO_LARGE -> storage.put("b", "12345678901");
        case REMOVE -> storage.remove("b");
      }
    }
  }

  @Test
  void aFailedCallHarmsNothing() throws IOException {
    for (Operation operation : Operation.values()) {
      int n = 1;
      while (failsAt(operation, n)) {
        n++;
      }
      assertThat(n).as("calls of %s", operation).isGreaterThan(2);
    }
  }

  private boolean failsAt(Operation operation, int n) throws IOException {
    Path directory = Files.createTempDirectory(root, "d");
    FaultyDisk disk = new FaultyDisk();
    AtomicBoolean fault = new AtomicBoolean();
    AtomicBoolean left = new AtomicBoolean();
    String which = operation + ", failure " + n;
    try (Storage<String> storage =
        DiskLruStore.at(directory).bytes(10).disk(disk).storage(Codecs.text())) {
      storage.put("a", "123");
      storage.put("b", "123");
      storage.put("c", "1234");
      AtomicInteger calls = new AtomicInteger();
      disk.hook(
          (call, path) -> {
            if (!call.equals("unlock") && calls.incrementAndGet() == n) {
              fault.set(true);
              left.set(call.equals("delete") && path.toString().endsWith(".tmp"));
              throw new IOException("No space left on device");
            }
          });
      boolean thrown = false;
      try {
        operation.on(storage);
      } catch (StorageException e) {
        thrown = true;
      }
      disk.hook((call, path) -> {});
      assertThat(thrown && !fault.get()).as(which).isFalse();
      assertThat(bytesIn(directory)).as(which).isLessThanOrEqualTo(10);
      try (Storage<String> other = DiskLruStore.at(directory).bytes(10).storage(Codecs.text())) {
        other.put("x", "1234");
        storage.put("y", "1234");
        assertThat(keysOf(other)).as(which).contains("x", "y");
        assertThat(bytesIn(directory)).as(which).isLessThanOrEqualTo(10);
        other.put("z", "12");
        assertThat(keysOf(storage)).as(which).containsExactly("x", "y", "z");
      }
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(String::valueOf).filter(name -> name.endsWith(".tmp")))
          .as(which)
          .hasSize(left.get() ? 1 : 0);
    }
    return fault.get();
  }

  @Test
  void badLimitsAreRefused() {
    for (long bytes : new long[] {0, -1, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> DiskLruStore.at(root).bytes(bytes))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("at least 1");
    }
    StorageProvider provider = StorageProvider.load();
    for (String bytes : List.of("0", "-5", "ten", "1.5", "9223372036854775808")) {
      assertThatThrownBy(
              () -> provider.open("disklru:" + root + "?codec=text&bytes=" + bytes, String.class))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContainingAll("'bytes'", bytes);
    }
  }

  @Test
  void aUrlLimitsTheBytes() {
    try (Storage<String> storage =
        StorageProvider.load().open("disklru:" + root + "?codec=text&bytes=5", String.class)) {
      storage.put("a", "123");
      storage.put("b", "123");
      assertThat(keysOf(storage)).containsExactly("b");
    }
  }

  @Test
  void theLargestLimitDoesNotOverflow() {
    try (Storage<String> storage = open(Long.MAX_VALUE)) {
      storage.put("a", "1");
      storage.put("b", "1");
      assertThat(keysOf(storage)).containsExactly("a", "b");
    }
  }
}
