package com.example.aes;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import io.jstorage.spi.Keys;
import io.jstorage.spi.Storages;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** An encrypted storage keeps every promise of a storage. */
class EncryptedStorageContractTest extends StorageContract {
  private static final AesTransform TRANSFORM =
      new AesTransform(
          Keyring.parse(List.of("k:" + Base64.getEncoder().encodeToString(new byte[32]))));

  @TempDir Path directory;

  @Override
  public Storage<String> open(SettableClock clock) throws IOException {
    FileStore files =
        FileStore.at(directory).suffix(".aes").durability(Durability.NONE).clock(clock).open();
    return Storages.of(files, Codecs.text(), List.of(TRANSFORM));
  }

  @Override
  public Optional<Storage<String>> openAgain(SettableClock clock) throws IOException {
    return Optional.of(open(clock));
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
    Path file = directory.resolve(key + ".aes");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    return true;
  }
}
