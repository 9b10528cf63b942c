package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.Storages;
import io.jstorage.testkit.SettableClock;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class FileStoreTest {
  private static final String LONG_KEY = "K".repeat(300);

  @TempDir Path root;

  private Storage<String> open() {
    return FileStore.at(root).storage(Codecs.text());
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !LockFiles.isOne(name))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static List<String> keysOf(Storage<String> storage) {
    try (Stream<String> keys = storage.keys()) {
      return keys.sorted().toList();
    }
  }

  @Test
  void aFileHoldsTheBytesAndNothingElse() throws IOException {
    try (Storage<String> storage = open()) {
      storage.put("some_key", "{\"text\":\"Hello World!\"}");
      assertThat(files()).containsExactly("some_key.storage.json");
      assertThat(root.resolve("some_key.storage.json")).hasContent("{\"text\":\"Hello World!\"}");
      assertThat(storage.remove("some_key")).isTrue();
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void aFileWrittenByAnotherProgramIsAnEntry() throws IOException {
    Files.writeString(root.resolve("a.storage.json"), "by hand");
    try (Storage<String> storage = open()) {
      assertThat(storage.get("a")).hasValue("by hand");
      assertThat(keysOf(storage)).containsExactly("a");
    }
  }

  @Test
  void anEmptyValueAndALargeOneComeBack() {
    try (Storage<String> storage = open()) {
      storage.put("empty", "");
      String large = "x".repeat(5_000_000);
      storage.put("large", large);
      assertThat(storage.require("empty")).isEmpty();
      assertThat(storage.require("large")).isEqualTo(large);
    }
  }

  @Test
  void filesAndDirectoriesAreForTheirOwnerOnly() throws IOException {
    Path directory = root.resolve("a/b/c");
    try (Storage<String> storage = FileStore.at(directory).storage(Codecs.text())) {
      storage.put("k", "v");
      for (Path made : List.of(root.resolve("a"), root.resolve("a/b"), directory)) {
        assertThat(Files.getPosixFilePermissions(made))
            .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      }
      for (String file : List.of("k.storage.json", DirectoryLock.NAME)) {
        assertThat(Files.getPosixFilePermissions(directory.resolve(file)))
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      }
    }
  }

  @Test
  void aLinkToADirectoryIsADirectory() throws IOException {
    Path directory = Files.createDirectory(root.resolve("real"));
    Path link = Files.createSymbolicLink(root.resolve("link"), directory);
    try (Storage<String> storage = FileStore.at(link).storage(Codecs.text());
        Storage<String> same = FileStore.at(directory).storage(Codecs.text())) {
      storage.put("k", "v");
      assertThat(same.putIfAbsent("k", "w")).isFalse();
    }
    assertThat(directory.resolve("k.storage.json")).exists();
  }

  @Test
  void noKeyLeavesTheDirectory() throws IOException {
    List<String> hostile =
        List.of(
            "../../x",
            "..",
            ".",
            "/etc/x",
            "a/b",
            "a\\b",
            "C:\\x",
            "~root",
            "\u0000",
            ".jstorage.lock",
            ".jstorage-0000000000000000-0000000000000000.tmp",
            "x.storage.json",
            "-rf",
            "*",
            LONG_KEY);
    Path directory = root.resolve("inner/dir");
    try (Storage<String> storage = FileStore.at(directory).storage(Codecs.text())) {
      for (String key : hostile) {
        storage.put(key, "value of " + key);
      }
      for (String key : hostile) {
        assertThat(storage.get(key)).hasValue("value of " + key);
      }
      assertThat(keysOf(storage)).containsExactlyInAnyOrderElementsOf(hostile);
      assertThat(storage.size()).isEqualTo(hostile.size());
    }
    try (Stream<Path> all = Files.walk(root)) {
      assertThat(all.filter(Files::isRegularFile).map(Path::getParent).distinct())
          .containsExactly(directory);
    }
  }

  @Test
  void aLongKeyHasAFileForItself() throws IOException {
    try (Storage<String> storage = open()) {
      storage.put(LONG_KEY, "v");
      storage.put(LONG_KEY, "w");
      assertThat(files()).hasSize(2);
      assertThat(storage.get(LONG_KEY)).hasValue("w");
      assertThat(keysOf(storage)).containsExactly(LONG_KEY);
      try (Stream<String> keys = storage.keys("KK")) {
        assertThat(keys).containsExactly(LONG_KEY);
      }
      assertThat(storage.remove(LONG_KEY)).isTrue();
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void aKeyFileThatDoesNotMatchItsNameIsNotBelieved() throws IOException {
    try (Storage<String> storage = open()) {
      storage.put(LONG_KEY, "v");
      Path keyFile =
          root.resolve(files().stream().filter(f -> f.endsWith(".key")).findFirst().orElseThrow());
      for (String content : List.of("other", "", "x".repeat(300), "x".repeat(10_000))) {
        Files.writeString(keyFile, content);
        assertThat(keysOf(storage)).isEmpty();
        assertThat(storage.get(LONG_KEY)).hasValue("v");
      }
      Files.delete(keyFile);
      Files.createSymbolicLink(keyFile, Path.of("/etc/hostname"));
      assertThat(keysOf(storage)).isEmpty();
      storage.put(LONG_KEY, "w");
      assertThat(keysOf(storage)).containsExactly(LONG_KEY);
      assertThat(Files.isSymbolicLink(keyFile)).isFalse();
    }
  }

  @Test
  void foreignFilesAreNeverTouched() throws IOException {
    List<String> foreign =
        List.of(
            "README",
            "A.storage.json",
            "a b.storage.json",
            "b.txt.json",
            ".storage.json",
            "%~" + "0".repeat(64) + ".storage.json",
            ".jstorage-notes",
            ".jstorage-1-2.tmp",
            "x.tmp");
    for (String name : foreign) {
      Files.writeString(root.resolve(name), name);
    }
    Files.createDirectory(root.resolve("sub"));
    try (Storage<String> storage = open()) {
      storage.put("k", "v");
      assertThat(storage.size()).isEqualTo(1);
      assertThat(keysOf(storage)).containsExactly("k");
      storage.clear();
    }
    assertThat(files()).containsAll(foreign).hasSize(foreign.size() + 1);
    for (String name : foreign) {
      assertThat(root.resolve(name)).hasContent(name);
    }
  }

  @Test
  void storesOfDifferentSuffixesShareADirectory() {
    try (Storage<String> json = open();
        Storage<String> text = FileStore.at(root).suffix(".txt").storage(Codecs.text())) {
      json.put("k", "json");
      text.put("k", "text");
      json.put(LONG_KEY, "json");
      text.put(LONG_KEY, "text");
      assertThat(keysOf(text)).containsExactly(LONG_KEY, "k");
      json.clear();
      assertThat(keysOf(text)).containsExactly(LONG_KEY, "k");
      assertThat(text.get("k")).hasValue("text");
    }
  }

  @Test
  void aSuffixThatIsNoneIsRefused() {
    for (String suffix : List.of("", "json", ".a/b", "..", ".key", ".é")) {
      assertThatThrownBy(() -> FileStore.at(root).suffix(suffix))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("suffix");
    }
  }

  @Test
  void temporaryFilesOfTheDeadAreSweptAtOpen() throws IOException {
    long now = System.currentTimeMillis();
    String old = TemporaryNames.next(now - Duration.ofMinutes(61).toMillis());
    String young = TemporaryNames.next(now - Duration.ofMinutes(59).toMillis());
    String slow = TemporaryNames.next(now - Duration.ofMinutes(62).toMillis());
    String dated = TemporaryNames.next(now - Duration.ofMinutes(63).toMillis());
    String directory = TemporaryNames.next(0);
    String link = TemporaryNames.next(0);
    Files.writeString(root.resolve(old), "");
    Files.setLastModifiedTime(root.resolve(old), FileTime.fromMillis(now - 3_700_000));
    Files.writeString(root.resolve(dated), "");
    Files.setLastModifiedTime(root.resolve(dated), FileTime.fromMillis(now + 3_700_000));
    Files.writeString(root.resolve(slow), "a stream that is still being written");
    Files.writeString(root.resolve(young), "");
    Files.setLastModifiedTime(root.resolve(young), FileTime.from(Instant.EPOCH));
    Files.createDirectory(root.resolve(directory));
    Files.createSymbolicLink(root.resolve(link), root.resolve(young));
    open().close();
    assertThat(files()).containsExactlyInAnyOrder(young, slow, directory, link);
  }

  @Test
  void theKeyOfAValueThatWasNeverWrittenIsSweptAtOpen() throws IOException {
    try (Storage<String> storage = open()) {
      storage.put(LONG_KEY, "v");
    }
    String value =
        files().stream().filter(name -> name.endsWith(".storage.json")).findFirst().orElseThrow();
    open().close();
    assertThat(files()).hasSize(2);
    Files.delete(root.resolve(value));
    open().close();
    assertThat(files()).isEmpty();
  }

  @Test
  void aPathThatIsAFileIsRefusedAtOpen() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "mine");
    assertThatThrownBy(() -> FileStore.at(file).open())
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("not a directory");
    assertThatThrownBy(() -> FileStore.at(file.resolve("below")).open())
        .isInstanceOf(StorageException.class);
    assertThat(file).hasContent("mine");
  }

  @Test
  void aLockFileThatIsALinkOrAFifoIsRefusedAtOpen() throws Exception {
    Path target = Files.writeString(root.resolve("target"), "mine");
    Path lock = root.resolve(DirectoryLock.NAME);
    Files.createSymbolicLink(lock, target);
    assertThatThrownBy(this::open)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(DirectoryLock.NAME);
    Files.delete(lock);
    makeFifo(lock);
    assertThatThrownBy(this::open)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("regular file");
    assertThat(target).hasContent("mine");
  }

  private static void makeFifo(Path path) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
  }

  @Test
  void aSpecialFileFailsForItsKeyAndAWriteOrARemovalRepairsIt() throws Exception {
    Path target = Files.writeString(root.resolve("target"), "mine");
    for (String kind : List.of("link", "dangling link", "fifo", "socket")) {
      Path place = root.resolve("k.storage.json");
      try (Storage<String> storage = open()) {
        storage.put("other", "fine");
        for (boolean put : new boolean[] {true, false}) {
          try (AutoCloseable planted = plant(kind, place, target)) {
            assertRefused(storage, kind);
            assertThatThrownBy(() -> storage.get("k"))
                .hasMessageContaining(
                    kind.endsWith("link") ? "a link" : "a FIFO, socket or device");
            assertThat(storage.get("other")).hasValue("fine");
            if (put) {
              storage.put("k", "repaired");
              assertThat(storage.get("k")).hasValue("repaired");
            }
            assertThat(storage.remove("k")).isTrue();
            assertThat(storage.contains("k")).isFalse();
            assertThat(planted).isNotNull();
          }
        }
      }
      assertThat(target).hasContent("mine");
    }
  }

  private static AutoCloseable plant(String kind, Path place, Path target) throws Exception {
    switch (kind) {
      case "link" -> Files.createSymbolicLink(place, target);
      case "dangling link" -> Files.createSymbolicLink(place, Path.of("nowhere"));
      case "fifo" -> makeFifo(place);
      default -> {
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(place));
        return socket;
      }
    }
    return () -> {};
  }

  private static void assertRefused(Storage<String> storage, String kind) {
    assertThatThrownBy(() -> storage.get("k")).as(kind).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> storage.entry("k")).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> storage.contains("k")).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> storage.putIfAbsent("k", "v")).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> storage.replace("k", Version.of(1), "v"))
        .isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> storage.remove("k", Version.of(1)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("in place of an entry");
  }

  @Test
  void aDirectoryInPlaceOfAnEntryStaysAndHarmsNoOther() throws IOException {
    Path directory = Files.createDirectory(root.resolve("k.storage.json"));
    try (Storage<String> storage = open()) {
      storage.put("other", "fine");
      assertRefused(storage, "directory");
      assertThatThrownBy(() -> storage.put("k", "v")).isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> storage.remove("k")).isInstanceOf(StorageException.class);
      assertThat(storage.get("other")).hasValue("fine");
      assertThatThrownBy(storage::clear).isInstanceOf(StorageException.class);
      assertThat(storage.contains("other")).isFalse();
    }
    assertThat(directory).isEmptyDirectory();
    assertThat(files()).containsExactly("k.storage.json");
  }

  @Test
  void aDirectoryThatIsGoneIsAnErrorAndNotAMiss() throws IOException {
    Path directory = root.resolve("store");
    try (Storage<String> storage = FileStore.at(directory).storage(Codecs.text())) {
      storage.put("k", "v");
      Files.move(directory, root.resolve("moved"));
      assertGone(storage);
      Files.createDirectory(directory);
      assertGone(storage);
      assertThat(directory).isEmptyDirectory();
      try (Storage<String> fresh = FileStore.at(directory).storage(Codecs.text())) {
        fresh.put("k", "fresh");
        assertThatThrownBy(() -> storage.put("k", "stale"))
            .isInstanceOf(StorageUnavailableException.class);
        assertThat(fresh.get("k")).hasValue("fresh");
      }
    }
    assertThat(root.resolve("moved/k.storage.json")).hasContent("v");
  }

  private static void assertGone(Storage<String> storage) {
    assertThatThrownBy(() -> storage.get("k"))
        .isInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining("is gone");
    assertThatThrownBy(() -> storage.contains("k")).isInstanceOf(StorageUnavailableException.class);
    assertThatThrownBy(() -> storage.put("k", "v")).isInstanceOf(StorageUnavailableException.class);
    assertThatThrownBy(() -> storage.remove("k")).isInstanceOf(StorageUnavailableException.class);
    assertThatThrownBy(() -> storage.putIfAbsent("k", "v"))
        .isInstanceOf(StorageUnavailableException.class);
    assertThatThrownBy(() -> keysOf(storage)).isInstanceOf(StorageUnavailableException.class);
    assertThatThrownBy(storage::size).isInstanceOf(StorageUnavailableException.class);
    assertThatThrownBy(storage::clear).isInstanceOf(StorageUnavailableException.class);
  }

  @Test
  void aVersionIsThatOfBytesAndTime() {
    SettableClock clock = new SettableClock();
    try (Storage<String> storage = FileStore.at(root).clock(clock).storage(Codecs.text())) {
      storage.put("k", "v");
      Version first = storage.entry("k").flatMap(Entry::version).orElseThrow();
      assertThat(storage.entry("k").flatMap(Entry::version)).hasValue(first);
      storage.put("k", "v");
      assertThat(storage.entry("k").flatMap(Entry::version)).hasValue(first);
      clock.advance(Duration.ofNanos(1000));
      storage.put("k", "v");
      assertThat(storage.entry("k").flatMap(Entry::version)).isPresent().isNotEqualTo(first);
      assertThat(storage.replace("k", first, "w")).isFalse();
      assertThat(storage.remove("k", first)).isFalse();
      Version second = storage.entry("k").flatMap(Entry::version).orElseThrow();
      assertThat(storage.replace("k", second, "w")).isTrue();
      assertThat(storage.get("k")).hasValue("w");
    }
  }

  @Test
  void withoutAnExpirationTheTimeOfTheWriteIsKept() {
    SettableClock clock = new SettableClock();
    try (Storage<String> storage = FileStore.at(root).clock(clock).storage(Codecs.text())) {
      assertThat(storage.capabilities())
          .containsExactlyInAnyOrder(Capability.ATOMIC, Capability.WRITE_TIME);
      storage.put("k", "v");
      Entry<String> entry = storage.entry("k").orElseThrow();
      assertThat(entry.writtenAt()).hasValue(clock.instant());
      assertThat(entry.expiresAt()).isEmpty();
      assertThatThrownBy(() -> storage.put("k", "w", Duration.ofHours(1)))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThat(storage.get("k")).hasValue("v");
    }
  }

  @Test
  void theSystemDatesFilesUnlessThereIsAClock() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    try (Storage<String> storage = FileStore.at(root).disk(disk).storage(Codecs.text())) {
      storage.put("k", "v");
      assertThat(disk.takeCalls()).doesNotContain("setModified");
      assertThat(storage.entry("k").flatMap(Entry::writtenAt))
          .hasValue(Files.getLastModifiedTime(root.resolve("k.storage.json")).toInstant());
    }
  }

  @Test
  void durabilitySaysWhatIsForcedToTheDisk() {
    FaultyDisk disk = new FaultyDisk();
    for (Durability durability : Durability.values()) {
      try (Storage<String> storage =
          FileStore.at(root).durability(durability).disk(disk).storage(Codecs.text())) {
        disk.takeCalls();
        storage.put("k", "v");
        storage.remove("k");
        List<String> syncs =
            disk.takeCalls().stream().filter(call -> call.startsWith("sync")).toList();
        assertThat(syncs)
            .isEqualTo(
                switch (durability) {
                  case FULL -> List.of("sync", "syncDirectory", "syncDirectory");
                  case FILE -> List.of("sync");
                  case NONE -> List.of();
                });
      }
    }
  }

  @Test
  void aNewLongKeyIsDurableBeforeItsValueAndGoesAfterIt() {
    FaultyDisk disk = new FaultyDisk();
    try (Storage<String> storage = FileStore.at(root).disk(disk).storage(Codecs.text())) {
      disk.takeCalls();
      storage.put(LONG_KEY, "v");
      assertThat(changes(disk))
          .containsExactly(
              "create",
              "write",
              "sync",
              "create",
              "write",
              "sync",
              "rename",
              "syncDirectory",
              "rename",
              "syncDirectory");
      storage.remove(LONG_KEY);
      assertThat(changes(disk))
          .containsExactly("delete", "syncDirectory", "delete", "syncDirectory");
    }
  }

  private static List<String> changes(FaultyDisk disk) {
    return disk.takeCalls().stream()
        .filter(call -> !List.of("attributes", "read", "tryLock", "unlock").contains(call))
        .toList();
  }

  @Test
  void theParentsOfANewDirectoryAreForcedToTheDisk() {
    FaultyDisk disk = new FaultyDisk();
    FileStore.at(root.resolve("a/b")).disk(disk).storage(Codecs.text()).close();
    assertThat(disk.takeCalls())
        .startsWith("createDirectory", "syncDirectory", "createDirectory", "syncDirectory");
  }

  @Test
  void aReadTakesNoLock() {
    FaultyDisk disk = new FaultyDisk();
    disk.type("ext4");
    try (Storage<String> storage = FileStore.at(root).disk(disk).storage(Codecs.text())) {
      storage.put("k", "v");
      disk.takeCalls();
      assertThat(storage.get("k")).hasValue("v");
      assertThat(storage.entry("k")).isPresent();
      assertThat(storage.contains("k")).isTrue();
      assertThat(keysOf(storage)).containsExactly("k");
      assertThat(storage.get("absent")).isEmpty();
      assertThat(disk.takeCalls()).doesNotContain("tryLock");
    }
  }

  @Test
  void existenceIsToldWithoutReading() {
    FaultyDisk disk = new FaultyDisk();
    try (Storage<String> storage = FileStore.at(root).disk(disk).storage(Codecs.text())) {
      storage.put("k", "v");
      disk.takeCalls();
      assertThat(storage.contains("k")).isTrue();
      assertThat(disk.takeCalls()).containsExactly("attributes");
    }
  }

  @Test
  void aListingIsReadAsItIsAskedForAndClosed() {
    FaultyDisk disk = new FaultyDisk();
    disk.type("ext4");
    try (Storage<String> storage = FileStore.at(root).disk(disk).storage(Codecs.text())) {
      for (int i = 0; i < 100; i++) {
        storage.put("k" + i, "v");
      }
      disk.takeCalls();
      try (Stream<String> keys = storage.keys()) {
        assertThat(keys.iterator().hasNext()).isTrue();
      }
      List<String> calls = disk.takeCalls();
      assertThat(calls).hasSizeLessThan(10).endsWith("closeListing");
    }
  }

  @Test
  void aSharedFileStoreIsReachableThroughItsStorage() {
    try (Storage<String> storage = open()) {
      assertThat(storage.unwrap(FileStore.class)).isPresent();
      assertThat(storage.toString()).isEqualTo(root.resolve("*.storage.json").toString());
    }
  }

  @Test
  void closingTwiceHarmsNoOtherStoreOfTheDirectory() throws IOException {
    FileStore closed = FileStore.at(root).open();
    try (Storage<String> storage = open()) {
      closed.close();
      closed.close();
      storage.put("k", "v");
      assertThat(storage.putIfAbsent("k", "w")).isFalse();
    }
  }

  @Test
  void aPathOnAnotherFileSystemIsRefused() throws IOException {
    Path zip = root.resolve("a.zip");
    try (var files =
        java.nio.file.FileSystems.newFileSystem(zip, java.util.Map.of("create", "true"))) {
      assertThatThrownBy(() -> FileStore.at(files.getPath("/dir")).open())
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("default file system");
    }
  }

  @Test
  void aWriteSurvivesInTheNextStore() {
    try (Storage<String> storage = open()) {
      storage.put("userId", "v");
      storage.put(LONG_KEY, "w");
    }
    try (Storage<String> storage = Storages.of(FileStore.at(root).open(), Codecs.text())) {
      assertThat(storage.get("userId")).hasValue("v");
      assertThat(keysOf(storage)).containsExactly(LONG_KEY, "userId");
      assertThat(
              Files.isRegularFile(
                  root.resolve("userId~x2.storage.json"), LinkOption.NOFOLLOW_LINKS))
          .isTrue();
    }
  }
}
