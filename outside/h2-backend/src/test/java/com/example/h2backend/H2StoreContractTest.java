package com.example.h2backend;

import io.jstorage.spi.ByteStore;
import io.jstorage.testkit.ByteStoreContract;
import io.jstorage.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The whole contract, on files. */
class H2StoreContractTest extends ByteStoreContract {
  @TempDir Path directory;
  private int opened;

  @Override
  public ByteStore openStore(SettableClock clock) throws IOException {
    return H2Store.open(directory.resolve(opened++ + ".mv"), clock);
  }

  /** One object at a time can open a file, so that the kit asks this after it has closed it. */
  @Override
  public Optional<ByteStore> reopenStore(SettableClock clock) throws IOException {
    return Optional.of(H2Store.open(directory.resolve(opened - 1 + ".mv"), clock));
  }
}
