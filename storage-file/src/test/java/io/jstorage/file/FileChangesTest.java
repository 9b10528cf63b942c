package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.ChangeListener;
import io.jstorage.spi.WriteOptions;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Changes that Linux reports for a directory reach the listeners of a store in it. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class FileChangesTest {
  /** Much longer than creating a file takes. */
  private static final long LISTENING_NANOS = 2_000_000;

  /** How many changes come as fast as they can; others, too, come faster than they are heard. */
  private static final int FLOOD = 10_000;

  @TempDir private Path temporary;
  private final List<Closeable> opened = new ArrayList<>();
  private final Changes changes = new Changes();
  private Path directory = Path.of("");
  private FileStore store;

  /** The reports that were heard. */
  private static final class Changes implements ChangeListener {
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private volatile int losses;
    private volatile boolean lost;

    @Override
    public void changed(String key) {
      keys.add(key);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // Calls do not overlap.
    public void lost() {
      losses++;
      lost = true;
    }

    @Override
    public void resumed() {
      lost = false;
    }
  }

  @BeforeEach
  void open() {
    directory = temporary.resolve("place");
    store = opened(FileStore.at(directory).durability(Durability.NONE).open());
  }

  private <T extends Closeable> T opened(T closeable) {
    opened.add(closeable);
    return closeable;
  }

  @AfterEach
  void close() throws IOException {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  private void watch(ByteStore watched, ChangeListener listener) throws IOException {
    opened(watched.unwrap(ChangeFeed.class).orElseThrow().watch(listener));
  }

  private static void await(String event, BooleanSupplier happened) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!happened.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it never came about that " + event).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private void awaitChange(String key) {
    await("'" + key + "' is reported", () -> changes.keys.contains(key));
    changes.keys.clear();
  }

  private Path fileThatEndsIn(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).findFirst().orElseThrow();
    }
  }

  private Path file(String key) {
    return directory.resolve(key + ".storage.json");
  }

  private static void put(ByteStore in, String key) throws IOException {
    in.write(key, new byte[] {1}, WriteOptions.NONE);
  }

  @Test
  void changesByAnotherProgramAreReported() throws IOException {
    watch(store, changes);
    Files.writeString(file("k"), "written");
    awaitChange("k");
    Files.writeString(file("k"), "written again");
    awaitChange("k");
    Files.setLastModifiedTime(file("k"), FileTime.from(Instant.EPOCH));
    awaitChange("k");
    Files.move(file("k"), file("moved"));
    awaitChange("moved");
    Files.delete(file("moved"));
    awaitChange("moved");
    assertThat(changes.losses).isZero();
  }

  @Test
  void filesOfOthersAreNotReported() throws IOException {
    watch(store, changes);
    Files.writeString(directory.resolve("readme.txt"), "");
    put(opened(FileStore.at(directory).suffix(".other").open()), "theirs");
    put(store, "ours");
    await("ours is reported", () -> changes.keys.contains("ours"));
    assertThat(changes.keys).containsExactly("ours");
  }

  @Test
  void aKeyThatIsTooLongForANameIsReportedAndAnUnknownOneIsALoss() throws IOException {
    String longKey = "k".repeat(1_000);
    watch(store, changes);
    put(store, longKey);
    await("it is reported", () -> changes.keys.contains(longKey) || changes.losses > 0);
    int losses = changes.losses;
    // As by a deletion, of which the feed hears after the file with the key is gone.
    Path keyFile = fileThatEndsIn(FileNames.KEY_FILE);
    String name = keyFile.getFileName().toString();
    Files.delete(keyFile);
    Files.delete(directory.resolve(name.substring(0, name.length() - FileNames.KEY_FILE.length())));
    await("a loss is reported", () -> changes.losses > losses && !changes.lost);
  }

  @Test
  void changesFasterThanTheListenerAreALoss() throws IOException {
    watch(
        store,
        new ChangeListener() {
          @Override
          public void changed(String key) {
            LockSupport.parkNanos(LISTENING_NANOS);
            changes.changed(key);
          }

          @Override
          public void lost() {
            changes.lost();
          }

          @Override
          public void resumed() {
            changes.resumed();
          }
        });
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    for (int i = 0; changes.losses == 0; i++) {
      assertThat(System.nanoTime()).as("changes without a loss").isLessThan(end);
      Files.createFile(file("k" + i));
      if (i >= FLOOD) {
        LockSupport.parkNanos(LISTENING_NANOS / 2);
      }
    }
    // The first change after it may be lost too, if more are still to be heard of.
    while (!changes.keys.contains("later")) {
      int losses = changes.losses;
      put(store, "later");
      await(
          "a change is reported again, or its loss",
          () -> changes.keys.contains("later") || changes.losses > losses);
    }
    await("the loss is over", () -> !changes.lost);
  }

  @Test
  void aDirectoryThatIsReplacedIsALossUntilItComesBack() throws IOException {
    Path aside = temporary.resolve("aside");
    watch(store, changes);
    Files.move(directory, aside);
    Files.createDirectory(directory);
    await("the loss is reported", () -> changes.lost);
    assertThatThrownBy(() -> watch(store, new Changes()))
        .as("a directory that is not the one that was opened")
        .isInstanceOf(IOException.class);
    Files.delete(directory);
    Files.move(aside, directory);
    await("changes are reported again", () -> !changes.lost);
    put(store, "k");
    awaitChange("k");
  }

  @Test
  void aDirectoryThatIsDeletedIsALoss() throws IOException {
    Path empty = temporary.resolve("empty");
    FileStore other = opened(FileStore.at(empty).open());
    watch(other, changes);
    try (var files = Files.list(empty)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(empty);
    await("the loss is reported", () -> changes.lost);
  }

  @Test
  void allStoresOfADirectoryShareAThreadThatEndsWithTheLast() throws IOException {
    DiskLruStore other = DiskLruStore.at(directory).open();
    Changes others = new Changes();
    Closeable ours = store.unwrap(ChangeFeed.class).orElseThrow().watch(changes);
    other.unwrap(ChangeFeed.class).orElseThrow().watch(others);
    await("there is one thread, and those of other tests have ended", () -> threads() == 1);
    put(store, "k");
    put(other, "l");
    await("both are reported", () -> changes.keys.contains("k") && others.keys.contains("l"));
    assertThat(changes.keys).containsExactly("k");
    ours.close();
    other.close();
    assertThat(others.lost).as("the end is told").isTrue();
    assertThat(changes.lost).isFalse();
    await("no thread is left", () -> threads() == 0);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("jstorage-file-changes"))
        .count();
  }

  @Test
  void anUnknownFileSystemHasNoFeed() {
    Disk unknown =
        new Disk() {
          @Override
          String fileSystemType(Path path) {
            return "nfs4";
          }
        };
    FileStore elsewhere = opened(FileStore.at(temporary.resolve("elsewhere")).disk(unknown).open());
    assertThat(elsewhere.unwrap(ChangeFeed.class)).isEmpty();
    assertThat(store.unwrap(ChangeFeed.class)).isPresent();
  }
}
