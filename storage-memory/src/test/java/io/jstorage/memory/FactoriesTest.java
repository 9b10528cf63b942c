package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Capability;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.jvm.Polling;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreFactory;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactoriesTest {
  private final SettableClock clock = new SettableClock();
  private final StorageProvider provider = StorageProvider.load();

  @Test
  void bothServicesAreFound() {
    assertThat(provider.names())
        .contains(StorageProvider.STORAGE_LRU, StorageProvider.STORAGE_VOLATILE);
  }

  @Test
  void anLruKeepsTenThousandEntriesUnlessToldOtherwise() {
    try (Storage<Object> many = provider.create("storage.lru");
        Storage<String> two = provider.open("lru:?limit=2&expiration=500ms", String.class)) {
      for (int i = 0; i < 10_020; i++) {
        many.put("k" + i, i);
        two.put("k" + i, "v");
      }
      assertThat(many.size()).isEqualTo(10_000);
      assertThat(many.get("k10019")).contains(10_019);
      assertThat(many.entry("k10019").orElseThrow().expiresAt()).isEmpty();
      assertThat(two.size()).isEqualTo(2);
      assertThat(two.entry("k10019").orElseThrow().expiresAt()).isPresent();
    }
  }

  @Test
  void anLruTakesAClock() {
    StorageOptions options = StorageOptions.of("clock", clock, "expiration", Duration.ofSeconds(1));
    try (Storage<Object> storage = provider.create("storage.lru", options)) {
      storage.put("k", "v");
      clock.advance(Duration.ofSeconds(1));
      assertThat(storage.contains("k")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "ten", "2147483648", "1.5"})
  void aLimitThatIsNoneIsRefused(String limit) {
    assertThatThrownBy(() -> provider.open("lru:?limit=" + limit))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("storage.lru", "'limit'", "'" + limit + "'");
  }

  @Test
  void aVolatileHasAMapOfItsOwnAndAnHour() {
    StorageOptions options = StorageOptions.of("clock", clock);
    try (Storage<Object> one = provider.create("storage.volatile", options);
        Storage<Object> other = provider.create("storage.volatile", options)) {
      one.put("k", "v");
      assertThat(other.contains("k")).isFalse();
      clock.advance(Duration.ofHours(1).minusNanos(1));
      assertThat(one.contains("k")).isTrue();
      clock.advance(Duration.ofNanos(1));
      assertThat(one.contains("k")).isFalse();
    }
  }

  @Test
  void aVolatileSweepsOnRequest() {
    StorageOptions options = StorageOptions.of("clock", clock, "expiration", 1, "sweep", "1ms");
    try (Storage<Object> storage = provider.create("storage.volatile", options)) {
      storage.put("k", "v");
      clock.advance(Duration.ofSeconds(1));
      Polling.until("the entry is swept", () -> storage.size() == 0);
      assertThat(storage.get("k")).isEmpty();
    }
  }

  @Test
  void aStorageThatIsGivenIsBorrowed() {
    DatedStore store = DatedStore.atomic(clock);
    StorageOptions options =
        StorageOptions.of("storage", store.open(), "expiration", "1s", "clock", clock);
    Storage<String> storage = provider.create("storage.volatile", String.class, options);
    storage.put("k", "v");
    clock.advance(Duration.ofSeconds(1));
    assertThat(storage.contains("k")).isFalse();
    storage.close();
    assertThat(store.closed).isFalse();
  }

  @Test
  void aStorageThatIsNamedIsOpenedAndClosed() {
    DatedStore store = DatedStore.atomic(clock);
    provider.register(new DatedFactory(store));
    for (String named : new String[] {"test.dated", "test.dated:"}) {
      store.closed = false;
      Storage<String> storage =
          provider.create("storage.volatile", String.class, StorageOptions.of("storage", named));
      storage.put("k", "v");
      storage.close();
      assertThat(store.closed).as(named).isTrue();
    }
    try (Storage<String> nested =
        provider.open("volatile:?expiration=5s&storage=lru:%3Flimit%3D2", String.class)) {
      for (int i = 0; i < 5; i++) {
        nested.put("k" + i, "v");
      }
      assertThat(nested.size()).isEqualTo(2);
      assertThat(nested.entry("k4").orElseThrow().expiresAt()).isPresent();
    }
  }

  @Test
  void aStorageThatKnowsNoTimesIsRefusedAndNotLeftOpen() {
    DatedStore timeless = new DatedStore(clock, Capability.ATOMIC);
    provider.register(new DatedFactory(timeless));
    assertThatThrownBy(() -> provider.open("volatile:?storage=test.dated"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("storage.volatile", "a dated map", "WRITE_TIME");
    assertThat(timeless.closed).isTrue();
  }

  @Test
  void anObjectThatIsNoStorageIsRefused() {
    assertThatThrownBy(
            () -> provider.create("storage.volatile", StorageOptions.of("storage", new Object())))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("'storage'", "java.lang.Object", "a service name or a URL");
  }

  private static final class DatedFactory extends ByteStoreFactory {
    private final DatedStore store;

    DatedFactory(DatedStore store) {
      this.store = store;
    }

    @Override
    public String name() {
      return "test.dated";
    }

    @Override
    public Set<Option<?>> options() {
      return Set.of();
    }

    @Override
    public Optional<String> defaultCodec() {
      return Optional.of("text");
    }

    @Override
    protected ByteStore open(StorageOptions options) {
      return store;
    }
  }
}
