package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jstorage.BatchException;
import io.jstorage.Capability;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreException;
import io.jstorage.spi.Storages;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultyByteStoreTest {
  private final IOException failure = new IOException("disk full");

  private final FaultyByteStore faulty = FaultyByteStore.around(new MapByteStore());
  private final Storage<String> storage = Storages.of(faulty.store(), Codecs.text());

  @Test
  void itDeclaresWhatTheStoreDeclaresAndUnwrapsWhatItUnwraps() throws IOException {
    assertThat(faulty.store().capabilities().asSet()).isEmpty();
    ByteStore every =
        FaultyByteStore.around(new AtomicMapByteStore(new SettableClock(), null)).store();
    assertThat(every).hasToString("a map of states").isNotInstanceOf(Closeable.class);
    assertThat(every.unwrap(AtomicMapByteStore.class)).isPresent();
    assertThat(every.capabilities().asSet()).containsExactlyInAnyOrder(Capability.values());
    assertThat(every.maxKeyBytes()).isEqualTo(1024);
    assertThat(every.equals(every)).isTrue();
    assertThat(every.equals(faulty.store())).isFalse();
  }

  @Test
  void aCallThatFailsBeforeDoesNotReachTheStore() {
    storage.put("k", "old");
    faulty.failBefore("write", 2, failure);
    storage.put("k", "first");
    assertThatThrownBy(() -> storage.put("k", "second"))
        .isInstanceOf(StorageException.class)
        .hasCause(failure);
    assertThat(storage.get("k")).contains("first");
    storage.put("k", "third");
    assertThat(storage.get("k")).contains("third");
  }

  @Test
  void aCallThatFailsAfterwardsHasReachedTheStore() {
    faulty.failAfter("write", 1, ByteStoreException.outcomeUnknown("connection reset", null));
    StorageException e = catchThrowableOfType(StorageException.class, () -> storage.put("k", "v"));
    assertThat(e.outcomeUnknown()).isTrue();
    assertThat(storage.get("k")).contains("v");
  }

  @Test
  void aBatchAttemptsTheKeysAfterTheOneThatFails() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : List.of("a", "b", "c")) {
      values.put(key, "v");
    }
    faulty.failBefore("write", 2, failure);
    BatchException put = catchThrowableOfType(BatchException.class, () -> storage.putAll(values));
    assertThat(put.failures()).containsOnlyKeys("b");
    assertThat(Calls.keysOf(storage)).containsExactlyInAnyOrder("a", "c");
    faulty.failBefore("delete", 1, failure);
    BatchException removed =
        catchThrowableOfType(BatchException.class, () -> storage.removeAll(List.of("a", "b", "c")));
    assertThat(removed.failures()).containsOnlyKeys("a");
    assertThat(Calls.keysOf(storage)).containsExactly("a");
  }

  @Test
  void anOutageLastsUntilItIsMended() {
    storage.put("k", "v");
    faulty.breakDown(new IllegalStateException("out"));
    assertThatThrownBy(() -> storage.get("k"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("out");
    assertThatThrownBy(() -> storage.contains("k")).hasMessageContaining("out");
    faulty.mend();
    assertThat(storage.get("k")).contains("v");
  }

  @Test
  void aFaultThatCannotHappenIsRefused() {
    assertThatThrownBy(() -> faulty.failBefore("writeLater", 1, failure))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("a map of bytes", "'writeLater'", "write");
    assertThatThrownBy(() -> faulty.failBefore("write", 0, failure))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1");
    assertThatThrownBy(() -> faulty.failAfter("write", 1, new Exception("checked")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("IOException");
    assertThatThrownBy(() -> faulty.breakDown(new Exception("checked")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void closingCanFailOnce() {
    FaultyByteStore faulty = FaultyByteStore.around(new ClosingStore());
    Storage<String> storage = Storages.of(faulty.store(), Codecs.text());
    faulty.failBefore("close", 1, failure);
    assertThatThrownBy(storage::close).isInstanceOf(StorageException.class).hasCause(failure);
    storage.close();
    assertThatThrownBy(() -> storage.get("k")).isInstanceOf(IllegalStateException.class);
  }

  private static final class ClosingStore extends MapByteStore implements Closeable {
    @Override
    public void close() {}
  }
}
