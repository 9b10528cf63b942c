package io.jstorage.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.Condition;
import io.jstorage.spi.Keys;
import io.jstorage.spi.Storages;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link ByteStore}, and all of {@link StorageContract} for the storage that is
 * made of it. Extend it in a test class, and implement {@link #openStore}:
 *
 * <pre>{@code
 * class AcmeStoreContractTest extends ByteStoreContract {
 *   @Override
 *   public ByteStore openStore(SettableClock clock) {
 *     return AcmeStore.inMemory(clock);
 *   }
 * }
 * }</pre>
 *
 * <p>The kit itself damages entries and lets accesses fail, through the store's own interface.
 */
public abstract class ByteStoreContract extends StorageContract {
  private @Nullable FaultyByteStore faults;
  private @Nullable ByteStore bare;

  /** For subclasses. */
  protected ByteStoreContract() {}

  /**
   * Opens a store that is empty and shares its entries with no other. The kit closes it.
   *
   * @param clock the clock by which it expires and dates its entries, if it does
   * @return the store
   * @throws Exception if that fails; the test fails too
   */
  public abstract ByteStore openStore(SettableClock clock) throws Exception;

  @Override
  public Storage<String> open(SettableClock clock) throws Exception {
    ByteStore opened = openStore(clock);
    FaultyByteStore faulty = FaultyByteStore.around(opened);
    bare = opened;
    faults = faulty;
    return Storages.of(faulty.store(), Codecs.text());
  }

  @Override
  public Optional<Storage<byte[]>> openBytes(SettableClock clock) throws Exception {
    return Optional.of(Storages.of(openStore(clock), Codecs.bytes()));
  }

  @Override
  public int maxKeyBytes() {
    return store().maxKeyBytes();
  }

  @Override
  public boolean damage(String key) throws IOException {
    store().write(key, new byte[] {(byte) 0xff}, WriteOptions.NONE);
    return true;
  }

  @Override
  public boolean breakAccess() {
    faults().breakDown(new IOException("broken on purpose"));
    return true;
  }

  @Override
  public void mendAccess() {
    faults().mend();
  }

  private ByteStore store() {
    storage();
    return requireNonNull(bare, "override openStore, not open");
  }

  private FaultyByteStore faults() {
    storage();
    return requireNonNull(faults, "override openStore, not open");
  }

  @Test
  void anyBytesComeBackExactly() throws IOException {
    ByteStore store = store();
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    for (byte[] bytes : List.of(new byte[0], new byte[1], every, new byte[1 << 20])) {
      store.write("k", bytes.clone(), WriteOptions.NONE);
      assertThat(store.read("k", Access.TOUCH)).isEqualTo(bytes);
    }
  }

  @Test
  void theBytesReadAreTheCallersOwn() throws IOException {
    ByteStore store = store();
    store.write("k", new byte[] {1, 2, 3}, WriteOptions.NONE);
    for (int i = 0; i < 2; i++) {
      byte[] read = requireNonNull(store.read("k", Access.TOUCH));
      assertThat(read).containsExactly(1, 2, 3);
      read[0] = 9;
      byte[] entry = requireNonNull(store.readEntry("k", Access.TOUCH)).value();
      assertThat(entry).containsExactly(1, 2, 3);
      entry[0] = 9;
    }
  }

  @Test
  void aMissIsNullOrFalse() throws IOException {
    ByteStore store = store();
    assertThat(store.read("absent", Access.TOUCH)).isNull();
    assertThat(store.readEntry("absent", Access.TOUCH)).isNull();
    assertThat(store.contains("absent")).isFalse();
    assertThat(store.delete("absent", Condition.NONE)).isFalse();
    assertThat(store.count()).isZero();
  }

  @Test
  void peekingReadsWhatTouchingReads() throws IOException {
    ByteStore store = store();
    store.write("k", new byte[] {1}, WriteOptions.NONE);
    assertThat(store.read("k", Access.PEEK))
        .as("Store.read with PEEK reads the value, and only the order of eviction differs")
        .containsExactly(1);
    assertThat(requireNonNull(store.readEntry("k", Access.PEEK)).value())
        .as("Store.readEntry with PEEK reads the value, and only the order of eviction differs")
        .containsExactly(1);
  }

  @Test
  void theLongestKeyIsOneThatTheContractKnows() {
    assertThat(store().maxKeyBytes()).isBetween(Keys.PORTABLE_BYTES, Keys.MAX_BYTES);
  }

  @Test
  void itsTextNamesThePlace() {
    ByteStore store = store();
    assertThat(store.toString())
        .as("what error messages show as the place")
        .isNotBlank()
        .isNotEqualTo(store.getClass().getName() + "@" + Integer.toHexString(store.hashCode()));
  }
}
