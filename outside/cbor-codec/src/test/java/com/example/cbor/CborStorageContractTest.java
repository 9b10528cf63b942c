package com.example.cbor;

import io.jstorage.Storage;
import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import io.jstorage.spi.Keys;
import io.jstorage.spi.Storages;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** A storage with this codec keeps every promise of a storage. */
class CborStorageContractTest extends StorageContract {
  @TempDir Path directory;

  private <V> Storage<V> open(Class<V> type, String suffix, SettableClock clock) {
    FileStore files =
        FileStore.at(directory).suffix(suffix).durability(Durability.NONE).clock(clock).open();
    return Storages.of(files, CborCodec.of(type));
  }

  @Override
  public Storage<String> open(SettableClock clock) {
    return open(String.class, ".cbor", clock);
  }

  @Override
  public Optional<Storage<byte[]>> openBytes(SettableClock clock) {
    return Optional.of(open(byte[].class, ".bytes", clock));
  }

  @Override
  public int maxKeyBytes() {
    return Keys.MAX_BYTES;
  }

  @Override
  public int rounds() {
    return 10;
  }

  @Override
  public boolean damage(String key) throws IOException {
    Files.write(directory.resolve(key + ".cbor"), new byte[] {(byte) 0xff});
    return true;
  }
}
