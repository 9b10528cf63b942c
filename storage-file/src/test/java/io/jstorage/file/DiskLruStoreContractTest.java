package io.jstorage.file;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.ByteStore;
import io.jstorage.testkit.ByteStoreContract;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskLruStoreContractTest extends ByteStoreContract {
  @TempDir Path root;
  private int opened;

  private DiskLruStore.Builder builder(SettableClock clock) {
    return DiskLruStore.at(root.resolve("store" + opened)).limit(5000).clock(clock).statistics();
  }

  @Override
  public ByteStore openStore(SettableClock clock) {
    opened++;
    return builder(clock).open();
  }

  @Override
  public Optional<Storage<String>> openAgain(SettableClock clock) {
    return Optional.of(builder(clock).storage(Codecs.text()));
  }

  @Override
  public Optional<Storage<String>> openNeighbour(SettableClock clock) {
    return Optional.of(builder(clock).suffix(".neighbour").storage(Codecs.text()));
  }

  @Override
  public Duration writeTimeGranularity() throws IOException {
    return Granularity.of(root);
  }

  @Override
  public int rounds() {
    return 10;
  }

  @Override
  public int many() {
    return 300;
  }

  /** Thousands are tried on the same files without a journal. */
  @Override
  public int fuzzedKeys() {
    return 300;
  }

  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(this).histories(40).check();
  }
}
