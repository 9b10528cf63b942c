package io.jstorage.file;

import io.jstorage.Codec;
import io.jstorage.Storage;
import io.jstorage.spi.Keys;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class FileStoreContractTest extends StorageContract {
  private static final String SUFFIX = ".storage.json";

  @TempDir Path root;

  /** Opens a store of text; the tests of expiring stores add an expiration. */
  FileStore.Builder builder(Path directory, SettableClock clock) {
    return FileStore.at(directory).clock(clock).durability(Durability.NONE);
  }

  private Path directory() {
    return root.resolve("store");
  }

  @Override
  public Storage<String> open(SettableClock clock) {
    return builder(directory(), clock).storage(Worker.TEXT);
  }

  @Override
  public Optional<Storage<String>> openAgain(SettableClock clock) {
    return Optional.of(open(clock));
  }

  @Override
  public Optional<Storage<String>> openNeighbour(SettableClock clock) {
    return Optional.of(builder(directory(), clock).suffix(".neighbour").storage(Worker.TEXT));
  }

  @Override
  public Optional<Storage<byte[]>> openBytes(SettableClock clock) {
    Codec<byte[]> bytes = Codec.of(value -> value.clone(), value -> value);
    return Optional.of(builder(root.resolve("bytes"), clock).storage(bytes));
  }

  @Override
  public int maxKeyBytes() {
    return Keys.MAX_BYTES;
  }

  @Override
  public boolean damage(String key) throws Exception {
    Path file = directory().resolve(new FileNames(SUFFIX).nameOf(key));
    FileTime modified = Files.getLastModifiedTime(file);
    Files.write(file, new byte[] {(byte) 0xff});
    Files.setLastModifiedTime(file, modified);
    return true;
  }

  @Override
  public boolean breakAccess() throws Exception {
    Files.move(directory(), root.resolve("elsewhere"));
    return true;
  }

  @Override
  public void mendAccess() throws Exception {
    Files.move(root.resolve("elsewhere"), directory());
  }
}
