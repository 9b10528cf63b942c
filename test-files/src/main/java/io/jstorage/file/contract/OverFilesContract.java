package io.jstorage.file.contract;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import io.jstorage.spi.Keys;
import io.jstorage.testkit.MemoryDirectory;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The contract of storages, for tests of a storage in front of files. */
public abstract class OverFilesContract extends StorageContract {
  @TempDir(factory = MemoryDirectory.class)
  private Path root;

  private int opened;

  /** For subclasses. */
  protected OverFilesContract() {}

  /**
   * Puts the storage in front of files.
   *
   * @param files the storage of the files, to be closed with the one in front
   * @param clock the clock of both
   * @return the storage to test
   */
  protected abstract Storage<String> over(Storage<String> files, SettableClock clock);

  /** Begins to open the files of the running test. */
  protected FileStore.Builder builder(SettableClock clock) {
    return FileStore.at(directory()).clock(clock).durability(Durability.NONE);
  }

  private Path directory() {
    return root.resolve("store" + opened);
  }

  private Storage<String> over(String suffix, SettableClock clock) {
    return over(builder(clock).suffix(suffix).storage(Codecs.text()), clock);
  }

  @Override
  public final Storage<String> open(SettableClock clock) {
    opened++;
    return over(".entry", clock);
  }

  @Override
  public Optional<Storage<String>> openAgain(SettableClock clock) {
    return reopen(clock);
  }

  @Override
  public final Optional<Storage<String>> reopen(SettableClock clock) {
    return Optional.of(over(".entry", clock));
  }

  @Override
  public final Optional<Storage<String>> openNeighbour(SettableClock clock) {
    return Optional.of(over(".neighbour", clock));
  }

  @Override
  public int maxKeyBytes() {
    return Keys.MAX_BYTES;
  }

  @Override
  public final int rounds() {
    return 10;
  }

  @Override
  public final int many() {
    return 300;
  }

  /** The tests of the files alone try thousands. */
  @Override
  public final int fuzzedKeys() {
    return 300;
  }

  /** Makes every access to the files fail. */
  protected final void hideDirectory() {
    move(directory(), root.resolve("elsewhere"));
  }

  /** Undoes {@link #hideDirectory}. */
  protected final void showDirectory() {
    move(root.resolve("elsewhere"), directory());
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
