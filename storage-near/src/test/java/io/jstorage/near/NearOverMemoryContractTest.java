package io.jstorage.near;

import io.jstorage.Storage;
import io.jstorage.memory.LruStorage;
import io.jstorage.spi.Keys;
import io.jstorage.testkit.MapSuite;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class NearOverMemoryContractTest extends StorageContract {
  /** Fewer than some tests use, so that entries leave. */
  private static final int LIMIT = 20;

  private static <V> Storage<V> over(Storage<V> far, SettableClock clock) {
    return NearStorage.builder(far).limit(LIMIT).clock(clock).statistics().owned().build();
  }

  @Override
  public Storage<String> open(SettableClock clock) {
    return over(LruStorage.builder(5_000).clock(clock).build(), clock);
  }

  @Override
  public Optional<Storage<byte[]>> openBytes(SettableClock clock) {
    return Optional.of(over(LruStorage.builder(10).clock(clock).build(), clock));
  }

  @Override
  public int maxKeyBytes() {
    return Keys.MAX_BYTES;
  }

  @TestFactory
  Stream<DynamicNode> itsViewIsAConcurrentMap() {
    return MapSuite.of(() -> open(new SettableClock())).tests();
  }

  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(this).check();
  }
}
