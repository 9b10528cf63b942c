package io.jstorage.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidKeyException;
import io.jstorage.Storage;
import io.jstorage.Streams;
import io.jstorage.codec.Codecs;
import io.jstorage.jdk.GzipTransform;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStreams;
import io.jstorage.spi.Condition;
import io.jstorage.spi.Storages;
import io.jstorage.spi.WriteOptions;
import io.jstorage.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@link ByteStreams} on files. */
@Timeout(300)
class FileStreamsTest {
  private static final String LONG_KEY = "K".repeat(300);

  @TempDir Path root;

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  private FileStore open() {
    return FileStore.at(root).open();
  }

  private static byte[] bytesOf(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static InputStream streamOf(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static String read(ByteStreams store, String key) throws IOException {
    try (InputStream bytes = store.readStream(key)) {
      return bytes == null ? "nothing" : new String(bytes.readAllBytes(), UTF_8);
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !LockFiles.isOne(name))
          .sorted()
          .toList();
    }
  }

  @Test
  void aStorageOffersItsStoresStreamsUnlessItTransforms() throws IOException {
    try (Storage<String> storage = FileStore.at(root).storage(Codecs.text())) {
      ByteStreams streams = storage.unwrap(ByteStreams.class).orElseThrow();
      for (String key : List.of("k", LONG_KEY)) {
        assertThat(read(streams, key)).isEqualTo("nothing");
        streams.writeStream(key, streamOf("ünïcode"), WriteOptions.NONE);
        assertThat(storage.get(key)).hasValue("ünïcode");
        storage.put(key, "other");
        assertThat(read(streams, key)).isEqualTo("other");
        assertThat(storage.remove(key)).isTrue();
      }
    }
    try (Storage<String> packed = Storages.of(open(), Codecs.text(), List.of(GzipTransform.of()))) {
      assertThat(packed.unwrap(ByteStreams.class)).isEmpty();
    }
  }

  @Test
  void streamsOfAllLengthsComeBackAsTheyWere() throws IOException {
    int piece = Content.PIECE_BYTES;
    try (FileStore store = open()) {
      for (int length : List.of(0, 1, piece - 1, piece, piece + 1, 3 * piece)) {
        byte[] bytes = bytesOf(length, length % 100);
        store.writeStream("k", new DribblingStream(bytes), WriteOptions.NONE);
        assertThat(store.read("k", Access.TOUCH)).isEqualTo(bytes);
        try (InputStream stream = store.readStream("k")) {
          assertThat(stream).hasBinaryContent(bytes);
        }
      }
      assertThat(files()).containsExactly("k.storage.json");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("k"))))
          .isEqualTo("rw-------");
    }
  }

  /** Gives less than it is asked for, as a connection does. */
  private static final class DribblingStream extends FilterInputStream {
    DribblingStream(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return super.read(buffer, offset, Math.min(length, 7_001));
    }
  }

  private Path file(String name) {
    return root.resolve(name + ".storage.json");
  }

  @Test
  void filesGoInAndOut() throws IOException {
    Path source = Files.write(root.resolve("source"), bytesOf(100_000, 7));
    Path target = Files.writeString(root.resolve("target"), "old");
    try (FileStore store = open()) {
      assertThat(store.readFile("k", target)).isFalse();
      assertThat(target).hasContent("old");
      store.writeFile("k", source, WriteOptions.NONE);
      assertThat(store.readFile("k", target)).isTrue();
      assertThat(target).hasSameBinaryContentAs(source);
      assertThatThrownBy(
              () -> store.writeFile("k", root.resolve("no such file"), WriteOptions.NONE))
          .isInstanceOf(IOException.class);
      assertThat(store.read("k", Access.TOUCH)).hasSize(100_000);
    }
  }

  @Test
  void aKeyThatIsNoneIsRefusedBeforeTheStreamIsTouched() throws IOException {
    try (Storage<byte[]> storage = FileStore.at(root).storage(Codecs.bytes())) {
      Streams streams = storage.streams().orElseThrow();
      InputStream untouched = streamOf("value");
      for (String key : List.of("", "\uD800", "x".repeat(1025))) {
        assertThatThrownBy(() -> streams.read(key)).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> streams.write(key, untouched))
            .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> streams.readFile(key, root.resolve("target")))
            .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> streams.writeFile(key, root.resolve("source")))
            .isInstanceOf(InvalidKeyException.class);
      }
      assertThat(untouched.available()).isEqualTo(5);
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void aStreamThatFailsMidwayChangesNothing() throws IOException {
    try (FileStore store = open()) {
      for (String key : List.of("k", LONG_KEY)) {
        InputStream first = failingAfter(200_000, new IOException("connection lost"));
        assertThatThrownBy(() -> store.writeStream(key, first, WriteOptions.NONE))
            .hasMessage("connection lost");
        assertThat(files()).isEmpty();
      }
      store.write("k", bytesOf(3, 1), WriteOptions.NONE);
      InputStream second = failingAfter(200_000, new IOException("connection lost"));
      assertThatThrownBy(() -> store.writeStream("k", second, WriteOptions.NONE))
          .hasMessage("connection lost");
      assertThat(files()).containsExactly("k.storage.json");
      assertThat(store.read("k", Access.TOUCH)).isEqualTo(bytesOf(3, 1));
    }
  }

  private static InputStream failingAfter(int length, IOException failure) {
    return new FilterInputStream(new ByteArrayInputStream(bytesOf(length, 9))) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read < 0) {
          throw failure;
        }
        return read;
      }
    };
  }

  @Test
  void aFailedCallLeavesTheOldValueAndNoTemporaryFile() throws IOException {
    boolean failed = true;
    for (int call = 1; failed; call++) {
      FaultyDisk disk = new FaultyDisk();
      try (FileStore store = FileStore.at(root).disk(disk).open()) {
        store.write("k", bytesOf(3, 1), WriteOptions.NONE);
        disk.takeCalls();
        disk.failAt(call, path -> new FileSystemException(path.toString(), null, "I/O error"));
        boolean threw = false;
        try {
          store.writeStream("k", new ByteArrayInputStream(bytesOf(200_000, 2)), WriteOptions.NONE);
        } catch (IOException e) {
          threw = true;
        }
        failed = disk.heal();
        assertThat(threw).isEqualTo(failed);
        List<String> calls = disk.takeCalls();
        boolean renamed = calls.contains("rename") && !calls.contains("delete");
        assertThat(store.read("k", Access.TOUCH))
            .isEqualTo(renamed ? bytesOf(200_000, 2) : bytesOf(3, 1));
        assertThat(files()).containsExactly("k.storage.json");
      }
    }
  }

  @Test
  void aStreamIsMadeDurableAsAnyOtherValue() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    try (FileStore store = FileStore.at(root).disk(disk).open()) {
      disk.takeCalls();
      store.write("k", bytesOf(3, 1), WriteOptions.NONE);
      List<String> calls = disk.takeCalls();
      store.writeStream("k", streamOf("new"), WriteOptions.NONE);
      assertThat(disk.takeCalls()).isEqualTo(calls).contains("sync", "rename", "syncDirectory");
    }
  }

  @Test
  void anInterruptChangesNothing() throws IOException {
    try (FileStore store = open()) {
      Thread.currentThread().interrupt();
      store.writeStream("k", new ByteArrayInputStream(bytesOf(200_000, 5)), WriteOptions.NONE);
      assertThat(read(store, "k")).hasSize(200_000);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aStreamThatIsBeingReadStaysTheOneValue() throws IOException {
    try (FileStore store = open()) {
      store.write("k", bytesOf(1_000_000, 1), WriteOptions.NONE);
      try (InputStream overwritten = store.readStream("k")) {
        store.writeStream("k", new ByteArrayInputStream(bytesOf(500_000, 2)), WriteOptions.NONE);
        assertThat(overwritten).hasBinaryContent(bytesOf(1_000_000, 1));
      }
      try (InputStream deleted = store.readStream("k")) {
        assertThat(store.delete("k", Condition.NONE)).isTrue();
        assertThat(deleted).hasBinaryContent(bytesOf(500_000, 2));
      }
    }
  }

  @Test
  void readersAmongWritersSeeWholeValues() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(2);
    AtomicBoolean over = new AtomicBoolean();
    try (FileStore store = FileStore.at(root).durability(Durability.NONE).open()) {
      store.write("k", bytesOf(300_000, 0), WriteOptions.NONE);
      List<Future<?>> results =
          Stream.of(1, 2)
              .<Future<?>>map(
                  number ->
                      writers.submit(
                          () -> {
                            byte[] mine = bytesOf(300_000 + number, number);
                            while (!over.get()) {
                              store.writeStream(
                                  "k", new ByteArrayInputStream(mine), WriteOptions.NONE);
                            }
                            return number;
                          }))
              .toList();
      for (int i = 0; i < 200; i++) {
        try (InputStream stream = store.readStream("k")) {
          byte[] seen = stream == null ? new byte[1] : stream.readAllBytes();
          assertThat(seen).isEqualTo(bytesOf(300_000 + seen[0], seen[0]));
        }
      }
      over.set(true);
      for (Future<?> result : results) {
        assertThat(result.get()).isNotNull();
      }
    } finally {
      over.set(true);
      writers.shutdownNow();
    }
  }

  @Test
  void aStreamExpiresCountingFromItsEnd() throws IOException {
    SettableClock clock = new SettableClock();
    try (FileStore store = FileStore.at(root).expiration(Duration.ofHours(1)).clock(clock).open()) {
      InputStream slow =
          new FilterInputStream(streamOf("value")) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
              clock.advance(Duration.ofHours(1));
              return super.read(buffer, offset, length);
            }
          };
      store.writeStream("k", slow, WriteOptions.NONE);
      clock.advance(Duration.ofMinutes(59));
      InputStream live = store.readStream("k");
      clock.advance(Duration.ofMinutes(1));
      assertThat(live).hasContent("value");
      assertThat(store.readStream("k")).isNull();
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void linksDirectoriesAndFifosAreNeitherFollowedNorOpened() throws Exception {
    Path secret = Files.writeString(root.resolve("secret"), "not yours");
    Files.createSymbolicLink(file("link"), secret);
    Files.createDirectory(file("directory"));
    assertThat(new ProcessBuilder("mkfifo", file("fifo").toString()).start().waitFor()).isZero();
    try (FileStore store = open()) {
      for (String key : List.of("link", "directory", "fifo")) {
        assertThatThrownBy(() -> store.readStream(key)).isInstanceOf(FileSystemException.class);
      }
      store.writeStream("link", streamOf("mine"), WriteOptions.NONE);
      assertThat(read(store, "link")).isEqualTo("mine");
      assertThat(secret).hasContent("not yours");
    }
  }

  @Test
  void readingAStreamIsAUseAndWritingOneMakesRoom() throws IOException {
    try (DiskLruStore store = DiskLruStore.at(root).limit(2).open()) {
      store.writeStream("a", streamOf("A"), WriteOptions.NONE);
      store.writeStream("b", streamOf("B"), WriteOptions.NONE);
      assertThat(read(store, "a")).isEqualTo("A");
      store.writeStream("c", streamOf("C"), WriteOptions.NONE);
      assertThat(store.contains("a")).isTrue();
      assertThat(store.contains("b")).isFalse();
      assertThat(read(store, "b")).isEqualTo("nothing");
    }
  }

  @Test
  void aValueMayBeLargerThanTheHeap() throws Exception {
    try (ChildJvm child = ChildJvm.start(StreamWorker.class, root)) {
      assertThat(child.hear()).isEqualTo("268435456 bytes came back");
    }
  }
}
