package com.example.largest;

import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import io.jstorage.spi.ByteStore;
import io.jstorage.testkit.ByteStoreContract;
import io.jstorage.testkit.SettableClock;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The whole contract holds with the decorator in front, below the size that it refuses. */
class LargestEntryContractTest extends ByteStoreContract {
  @TempDir Path directory;
  private int opened;

  @Override
  public ByteStore openStore(SettableClock clock) {
    FileStore files =
        FileStore.at(directory.resolve("store" + opened++))
            .suffix(".entry")
            .durability(Durability.NONE)
            .clock(clock)
            .open();
    return new LargestEntry(files, 16 << 20);
  }
}
