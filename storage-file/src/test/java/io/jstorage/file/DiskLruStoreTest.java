package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Latches;
import io.jstorage.spi.Access;
import io.jstorage.spi.WriteOptions;
import io.jstorage.testkit.MemoryDirectory;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskLruStoreTest {
  private static final String JOURNAL = ".jstorage-order.storage.lru";

  @TempDir(factory = MemoryDirectory.class)
  Path root;

  private Storage<String> open(int limit) {
    return open(limit, Disk.SYSTEM);
  }

  private Storage<String> open(int limit, Disk disk) {
    return DiskLruStore.at(root).limit(limit).disk(disk).storage(Codecs.text());
  }

  private static void putAll(Storage<String> storage, String... keys) {
    for (String key : keys) {
      storage.put(key, "value of " + key);
    }
  }

  private static List<String> keysOf(Storage<String> storage) {
    try (Stream<String> keys = storage.keys()) {
      return keys.sorted().toList();
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path journal() {
    return root.resolve(JOURNAL);
  }

  @Test
  void of150EntriesTheNewest100AreLeft() throws IOException {
    try (Storage<String> storage = DiskLruStore.at(root).storage(Codecs.text())) {
      for (int i = 0; i < 150; i++) {
        storage.put("key" + i, "v" + i);
      }
      assertThat(keysOf(storage))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(50, 150).mapToObj(i -> "key" + i).toList());
    }
    assertThat(files()).filteredOn(name -> name.endsWith(".storage.lru")).hasSize(101);
    assertThat(files()).hasSize(103).contains(JOURNAL, LockFile.NAME, LockFile.SPARE_NAME);
  }

  @Test
  void aLimitBelowOneIsRefused() {
    for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThatThrownBy(() -> DiskLruStore.at(root).limit(limit))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("at least 1");
    }
  }

  @Test
  void recencyIsThatOfTheModelInAnyHistoryAlsoAfterReopening() throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      Path directory = root.resolve("s" + seed);
      LruModel model = new LruModel(seed);
      for (int opening = 0; opening < 3; opening++) {
        try (Storage<String> storage = LruModel.open(directory);
            Storage<String> other = LruModel.open(directory)) {
          for (int i = 0; i < 15; i++) {
            model.step(i % 3 == 0 ? other : storage);
          }
        }
      }
      try (Storage<String> storage = LruModel.open(directory)) {
        model.checkOrder(storage);
      }
    }
  }

  @Test
  void readingAFileWithAnotherProgramIsNoUse() throws IOException {
    try (Storage<String> storage = open(3)) {
      putAll(storage, "a", "b", "c");
      Path file = root.resolve("a.storage.lru");
      assertThat(Files.readString(file)).isEqualTo("value of a");
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
      putAll(storage, "d");
      assertThat(keysOf(storage)).containsExactly("b", "c", "d");
    }
  }

  @Test
  void theLimitIsThatOfTheDirectoryAndAppliesAtTheNextPut() {
    try (Storage<String> first = open(5)) {
      putAll(first, "a", "b", "c", "d", "e");
      try (Storage<String> second = open(3)) {
        assertThat(first.size()).isEqualTo(5);
        putAll(first, "f");
        assertThat(keysOf(first)).containsExactly("d", "e", "f");
        putAll(second, "g");
        assertThat(keysOf(first)).containsExactly("e", "f", "g");
        try (Storage<String> third = open(4)) {
          putAll(second, "h");
          assertThat(keysOf(third)).containsExactly("e", "f", "g", "h");
          putAll(first, "i");
          assertThat(keysOf(third)).containsExactly("f", "g", "h", "i");
        }
      }
    }
  }

  @Test
  void aDirectoryWithMoreThanTheLimitIsTrimmedAtTheFirstPut() {
    try (Storage<String> storage = open(100)) {
      for (int i = 10; i < 60; i++) {
        putAll(storage, "k" + i);
      }
      storage.get("k10");
    }
    try (Storage<String> storage = open(3)) {
      assertThat(storage.size()).isEqualTo(50);
      putAll(storage, "new");
      assertThat(keysOf(storage)).containsExactly("k10", "k59", "new");
    }
  }

  @Test
  void filesThatTheJournalDoesNotKnowAreTheLeastRecentlyUsedByAge() throws IOException {
    try (Storage<String> storage = open(5)) {
      putAll(storage, "known");
    }
    Instant now = Instant.now();
    for (String key : List.of("x", "y", "z")) {
      Path file = Files.writeString(root.resolve(key + ".storage.lru"), "v");
      int age = "yxz".indexOf(key);
      Files.setLastModifiedTime(file, FileTime.from(now.plusSeconds(1000 + age)));
    }
    try (Storage<String> storage = open(5)) {
      putAll(storage, "a", "b");
      assertThat(keysOf(storage)).containsExactly("a", "b", "known", "x", "z");
      putAll(storage, "c");
      assertThat(keysOf(storage)).containsExactly("a", "b", "c", "known", "z");
      putAll(storage, "d", "e");
      assertThat(keysOf(storage)).containsExactly("a", "b", "c", "d", "e");
    }
  }

  @Test
  void aLostJournalIsMadeAgainFromMemory() throws IOException {
    try (Storage<String> storage = open(3);
        Storage<String> other = open(3)) {
      putAll(storage, "a", "b", "c");
      storage.get("a");
      Files.delete(journal());
      other.get("b");
      putAll(storage, "d");
      assertThat(keysOf(storage)).containsExactly("a", "b", "d");
      putAll(other, "e");
      assertThat(keysOf(storage)).containsExactly("b", "d", "e");
    }
  }

  @Test
  void aJournalLostBetweenOpeningsCostsOnlyTheOrder() throws IOException {
    try (Storage<String> storage = open(3)) {
      putAll(storage, "a", "b", "c");
    }
    for (String key : List.of("c", "b", "a")) {
      Files.setLastModifiedTime(
          root.resolve(key + ".storage.lru"), FileTime.fromMillis(1000L * (200 - key.charAt(0))));
    }
    Files.delete(journal());
    try (Storage<String> storage = open(3)) {
      putAll(storage, "d");
      assertThat(keysOf(storage)).containsExactly("a", "b", "d");
    }
  }

  @Test
  void garbageAndTornLinesInTheJournalAreSkipped() throws IOException {
    try (Storage<String> storage = open(3)) {
      putAll(storage, "a", "b", "c");
      String torn =
          Files.readString(journal())
              .lines()
              .filter(l -> l.startsWith("p a"))
              .findAny()
              .orElseThrow();
      append(torn.substring(0, torn.length() - 1));
      storage.get("a");
      append("\n" + torn.replace("p a", "d b") + "\n\0\0\0\0garbage" + "x".repeat(100_000));
      putAll(storage, "d");
      assertThat(keysOf(storage)).containsExactly("a", "c", "d");
    }
    try (Storage<String> storage = open(3)) {
      putAll(storage, "e");
      assertThat(keysOf(storage)).containsExactly("a", "d", "e");
    }
  }

  private void append(String text) throws IOException {
    Files.writeString(journal(), text, StandardOpenOption.APPEND);
  }

  @Test
  void aJournalOfNothingButGarbageIsReplaced() throws IOException {
    for (String garbage : List.of("", "garbage", "\n\n", "\0".repeat(9000), "x".repeat(200_000))) {
      try (Storage<String> storage = open(3)) {
        storage.clear();
        putAll(storage, "a", "b", "c");
      }
      Files.writeString(journal(), garbage);
      try (Storage<String> storage = open(3)) {
        assertThat(storage.size()).isEqualTo(3);
        putAll(storage, "d", "e", "f");
        assertThat(keysOf(storage)).containsExactly("d", "e", "f");
      }
    }
  }

  @Test
  void aJournalThatIsCutOrReplacedWhileItIsOpenIsSurvived() throws IOException {
    try (Storage<String> storage = open(3)) {
      putAll(storage, "a", "b", "c");
      Files.writeString(journal(), "");
      storage.get("a");
      putAll(storage, "d");
      assertThat(keysOf(storage)).hasSize(3).contains("d");
      Files.delete(journal());
      Files.writeString(journal(), "p ../../x 00000000\n");
      putAll(storage, "e", "f", "g");
      assertThat(keysOf(storage)).containsExactly("e", "f", "g");
    }
    try (Storage<String> storage = open(3)) {
      putAll(storage, "h");
      assertThat(keysOf(storage)).containsExactly("f", "g", "h");
    }
  }

  @Test
  void aJournalCannotNameFilesThatAreNotTheStores() throws IOException {
    Path directory = root.resolve("store");
    Path outside = Files.writeString(root.resolve("x.storage.lru"), "outside");
    JournalLines lines = new JournalLines().add(JournalLines.Kind.VERSION, JournalLines.VERSION);
    String tooLong = "x".repeat(250) + ".storage.lru";
    for (String name :
        List.of("../x.storage.lru", "x", "X.storage.lru", outside.toString(), tooLong)) {
      lines.add(JournalLines.Kind.PUT, name).add(JournalLines.Kind.DELETE, name);
      lines.add(JournalLines.Kind.PUT, name);
    }
    try (Storage<String> storage = DiskLruStore.at(directory).limit(1).storage(Codecs.text())) {
      Path foreign = Files.writeString(directory.resolve("X.storage.lru"), "foreign");
      Files.write(directory.resolve(JOURNAL), lines.toBytes(), StandardOpenOption.APPEND);
      putAll(storage, "a", "b");
      assertThat(keysOf(storage)).containsExactly("b");
      assertThat(foreign).hasContent("foreign");
    }
    assertThat(outside).hasContent("outside");
  }

  @Test
  void aJournalAsTheFormatSpecifiesItIsRead() throws IOException {
    Files.writeString(root.resolve("a.storage.lru"), "v");
    Files.writeString(root.resolve("b.storage.lru"), "v");
    Files.writeString(
        journal(),
        """
        v 1 6b67e968
        l 2 e3df9e74
        p a.storage.lru 9ee79726
        p b.storage.lru 232dfbe8
        g a.storage.lru 41840773
        """);
    try (Storage<String> storage = open(2)) {
      putAll(storage, "c");
      assertThat(keysOf(storage)).containsExactly("a", "c");
    }
  }

  @Test
  void aJournalOfALaterVersionIsLeftAlone() throws IOException {
    byte[] later = new JournalLines().add(JournalLines.Kind.VERSION, "2").toBytes();
    Files.write(journal(), later);
    assertThatThrownBy(() -> open(3))
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll(JOURNAL, "version 2", "version 1");
    assertThat(Files.readAllBytes(journal())).isEqualTo(later);
  }

  @Test
  void aJournalThatIsNoFileIsRefused() throws IOException {
    Files.createSymbolicLink(journal(), root.resolve("elsewhere"));
    assertThatThrownBy(() -> open(3))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("regular file");
    Files.delete(journal());
    Files.createDirectory(journal());
    assertThatThrownBy(() -> open(3)).isInstanceOf(StorageException.class);
  }

  @Test
  void filesDeletedByOthersAreMissesAndNoTrouble() throws IOException {
    try (Storage<String> storage = open(3)) {
      putAll(storage, "a", "b", "c");
      Files.delete(root.resolve("a.storage.lru"));
      Files.delete(root.resolve("c.storage.lru"));
      assertThat(storage.get("c")).isEmpty();
      putAll(storage, "d");
      assertThat(keysOf(storage)).containsExactly("b", "d");
    }
    try (Storage<String> storage = open(3)) {
      putAll(storage, "e");
      assertThat(keysOf(storage)).containsExactly("b", "d", "e");
    }
  }

  @Test
  void foreignFilesAndNeighboursAreNeitherCountedNorDeleted() throws IOException {
    List<String> foreign =
        List.of("foreign", "A.storage.lru", "x.storage.json", ".storage.lru", "%zz.storage.lru");
    for (String name : foreign) {
      Files.writeString(root.resolve(name), "foreign");
    }
    Files.createDirectory(root.resolve("dir.storage.lru"));
    try (Storage<String> storage = open(2);
        Storage<String> neighbour =
            DiskLruStore.at(root).limit(2).suffix(".other").storage(Codecs.text())) {
      putAll(neighbour, "n", "o");
      putAll(storage, "a", "b", "c", "d");
      putAll(neighbour, "p");
      assertThat(keysOf(neighbour)).containsExactly("o", "p");
      assertThat(keysOf(storage)).contains("c", "d").doesNotContain("a", "b");
    }
    assertThat(files()).containsAll(foreign).contains("dir.storage.lru", ".jstorage-order.other");
  }

  @Test
  void hostileAndLongKeysAreDroppedWithAllTheirFiles() throws IOException {
    List<String> keys =
        List.of("..", "a/b", "CON", "A", "a", "é", "K".repeat(300), "日本語".repeat(90), "\n p x");
    try (Storage<String> storage = open(keys.size())) {
      for (int round = 0; round < 3; round++) {
        putAll(storage, keys.toArray(String[]::new));
        assertThat(keysOf(storage)).containsExactlyInAnyOrderElementsOf(keys);
        keys.forEach(key -> assertThat(storage.get(key)).hasValue("value of " + key));
      }
      for (int i = 0; i < keys.size(); i++) {
        putAll(storage, "plain" + i);
      }
    }
    assertThat(files())
        .hasSize(keys.size() + 3)
        .allMatch(name -> name.startsWith("plain") || name.startsWith(".jstorage"));
  }

  @Test
  void aJournalGrowsToAFewTimesTheEntriesAndNoFurther() throws IOException {
    try (Storage<String> storage = open(10);
        Storage<String> other = open(10)) {
      for (int i = 0; i < 2000; i++) {
        putAll(i % 2 == 0 ? storage : other, "k" + i % 20);
        assertThat(storage.get("k" + i % 20)).isPresent();
      }
      assertThat(Files.size(journal())).isLessThan(100_000);
      for (int i = 0; i < 9000; i++) {
        storage.get("k" + i % 20);
      }
      assertThat(Files.size(journal())).isLessThan(300_000);
    }
    assertThat(files())
        .hasSize(13)
        .noneMatch(name -> name.endsWith(".tmp") || name.contains("old"));
  }

  @Test
  void aJournalDoesNotGrowByStoresThatAreOpenedToReadALittle() throws IOException {
    try (Storage<String> storage = open(3)) {
      putAll(storage, "a", "b", "c");
    }
    for (int i = 0; i < 30; i++) {
      try (Storage<String> storage = open(3)) {
        for (int n = 0; n < 200; n++) {
          storage.get("a");
        }
        assertThat(Files.size(journal())).isLessThan(60_000);
      }
    }
    try (Storage<String> storage = open(3)) {
      putAll(storage, "d");
      assertThat(keysOf(storage)).containsExactly("a", "c", "d");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aReadingThatMeetsACompactionIsNotLost(boolean byAnotherStore) {
    FaultyDisk disk = new FaultyDisk();
    AtomicBoolean inCompaction = new AtomicBoolean();
    try (Storage<String> storage = open(3, disk);
        Storage<String> reader = open(3)) {
      putAll(storage, "a", "b", "c");
      disk.hook(
          (call, path) -> {
            if (call.equals("rename") && path.toString().contains("-order-old")) {
              // Another store reads: it appends to the journal that is about to be moved.
              reader.get("a");
              inCompaction.set(true);
            }
          });
      for (int i = 0; !inCompaction.get(); i++) {
        storage.get(i % 2 == 0 ? "b" : "c");
        if (i % 100 == 0) {
          putAll(storage, "c");
        }
      }
      disk.hook((call, path) -> {});
      if (byAnotherStore) {
        try (Storage<String> other = open(3)) {
          putAll(other, "d");
        }
      } else {
        putAll(storage, "d");
      }
      assertThat(keysOf(storage)).contains("a", "d").hasSize(3);
    }
  }

  @Test
  void aReadingWhileAWriteLooksAtTheJournalCostsNoListing() {
    FaultyDisk disk = new FaultyDisk();
    AtomicBoolean read = new AtomicBoolean();
    try (Storage<String> storage = open(3, disk);
        Storage<String> reader = open(3)) {
      putAll(storage, "a", "b", "c");
      disk.takeCalls();
      disk.hook(
          (call, path) -> {
            if (call.equals("readOn") && read.compareAndSet(false, true)) {
              reader.get("a");
            }
          });
      putAll(storage, "d");
      assertThat(disk.takeCalls()).contains("append").doesNotContain("list");
      assertThat(keysOf(storage)).containsExactly("a", "c", "d");
    }
  }

  @Test
  void aJournalMovedAwayByAProcessThatDiedIsPutBack() throws IOException {
    for (boolean open : new boolean[] {true, false}) {
      try (Storage<String> storage = open(3)) {
        storage.clear();
        putAll(storage, "a", "b", "c");
        storage.get("a");
        if (open) {
          Files.move(journal(), root.resolve(".jstorage-order-old.storage.lru"));
          storage.get("b");
          putAll(storage, "d");
          assertThat(keysOf(storage)).containsExactly("a", "b", "d");
        }
      }
      if (!open) {
        Files.move(journal(), root.resolve(".jstorage-order-old.storage.lru"));
        try (Storage<String> storage = open(3)) {
          putAll(storage, "d");
          assertThat(keysOf(storage)).containsExactly("a", "c", "d");
        }
      }
    }
    assertThat(files()).hasSize(6);
  }

  @Test
  void aPutThatDiedBeforeItsFileWasThereTakesNoPlace() throws IOException {
    try (Storage<String> storage = open(3)) {
      putAll(storage, "a", "b");
      Files.write(
          journal(),
          new JournalLines().add(JournalLines.Kind.PUT, "dead.storage.lru").toBytes(),
          StandardOpenOption.APPEND);
      putAll(storage, "c");
      assertThat(keysOf(storage)).containsExactly("a", "b", "c");
    }
  }

  @Test
  void aDeletionThatDiedBeforeItsFileWasGoneCountsIt() throws IOException {
    try (Storage<String> storage = open(2)) {
      putAll(storage, "a", "b");
      Files.write(
          journal(),
          new JournalLines().add(JournalLines.Kind.DELETE, "a.storage.lru").toBytes(),
          StandardOpenOption.APPEND);
      putAll(storage, "c");
      assertThat(keysOf(storage)).containsExactly("a", "c");
    }
  }

  @Test
  void anInterruptBreaksNothing() {
    try (Storage<String> storage = open(3)) {
      for (int i = 0; i < 1500; i++) {
        Thread.currentThread().interrupt();
        putAll(storage, "k" + i);
        assertThat(storage.get("k" + i)).isPresent();
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(keysOf(storage)).containsExactly("k1497", "k1498", "k1499");
    }
  }

  @Test
  void aStoreThatIsClosedDoesNotWriteTheJournalAgain() throws IOException {
    DiskLruStore store = DiskLruStore.at(root).limit(3).open();
    store.write("a", new byte[1], WriteOptions.NONE);
    store.close();
    Files.delete(journal());
    assertThat(store.read("a", Access.TOUCH)).isNotNull();
    assertThatThrownBy(() -> store.write("b", new byte[1], WriteOptions.NONE))
        .isInstanceOf(IOException.class);
    assertThat(journal()).doesNotExist();
  }

  @Test
  void aStoreThatIsClosedWhileItOpensAnotherJournalLeavesNothingOpen() throws Exception {
    AtomicInteger open = new AtomicInteger();
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Disk disk =
        new Disk() {
          @Override
          InputStream openToRead(Path file) throws IOException {
            if (open.getAndIncrement() > 0) {
              opening.countDown();
              Latches.await(closed);
            }
            return new FilterInputStream(super.openToRead(file)) {
              @Override
              public void close() throws IOException {
                open.decrementAndGet();
                super.close();
              }
            };
          }
        };
    try (Storage<String> other = open(3)) {
      putAll(other, "a");
      DiskLruStore store = DiskLruStore.at(root).limit(3).disk(disk).open();
      Path copy = Files.copy(journal(), root.resolve("copy"));
      Files.move(copy, journal(), StandardCopyOption.ATOMIC_MOVE);
      FutureTask<Boolean> writing =
          new FutureTask<>(
              () -> {
                store.write("b", new byte[1], WriteOptions.NONE);
                return true;
              });
      new Thread(writing).start();
      Latches.await(opening);
      store.close();
      closed.countDown();
      assertThatThrownBy(writing::get).hasCauseInstanceOf(IOException.class);
      assertThat(open).hasValue(0);
    }
  }
}
