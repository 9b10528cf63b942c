package io.jstorage.s3;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.ByteStore;
import io.jstorage.testkit.ByteStoreContract;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, for stores of objects. */
abstract class S3StoreContract extends ByteStoreContract {
  @RegisterExtension final TestBucket bucket = new TestBucket();
  private int opened;

  /** Begins to open a store; those of expiring stores have an expiration. */
  S3StoreBuilder builder(String folder, SettableClock clock) {
    return bucket.store().folder(bucket.folder() + "/" + folder).clock(clock);
  }

  @Override
  public ByteStore openStore(SettableClock clock) {
    opened++;
    return builder("store" + opened, clock).open();
  }

  @Override
  public Optional<Storage<String>> openAgain(SettableClock clock) {
    return Optional.of(builder("store" + opened, clock).storage(Codecs.text()));
  }

  @Override
  public Optional<Storage<String>> openNeighbour(SettableClock clock) {
    return Optional.of(builder("store" + opened + "b", clock).storage(Codecs.text()));
  }

  @Override
  public int rounds() {
    return 10;
  }

  @Override
  public int many() {
    return 300;
  }

  @Override
  public int fuzzedKeys() {
    return Boolean.getBoolean("jstorage.s3.full") ? 2_000 : 200;
  }

  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(this).histories(10).length(40).check();
  }
}
