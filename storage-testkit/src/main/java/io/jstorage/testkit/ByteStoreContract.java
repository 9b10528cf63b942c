package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;
import static java.util.Objects.requireNonNull;

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
 * <p>The kit itself damages entries and makes accesses fail, through the store's own interface.
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

  /**
   * Opens the entries of the store that {@link #openStore} returned last, after that has been
   * closed. Implement it if the entries outlive the object: it detects a write that was never
   * committed.
   *
   * @param clock the clock
   * @return the store, by default empty: the entries end with the object, or {@link #openAgain} is
   *     implemented
   * @throws Exception if that fails
   */
  public Optional<ByteStore> reopenStore(SettableClock clock) throws Exception {
    return Optional.empty();
  }

  @Override
  public Optional<Storage<String>> reopen(SettableClock clock) throws Exception {
    Optional<ByteStore> reopened = reopenStore(clock);
    return reopened.isPresent()
        ? reopened.map(store -> Storages.of(store, Codecs.text()))
        : openAgain(clock);
  }

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
    return bare().maxKeyBytes();
  }

  @Override
  public boolean damage(String key) throws IOException {
    bare().write(key, new byte[] {(byte) 0xff}, WriteOptions.NONE);
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

  private ByteStore bare() {
    storage();
    return requireNonNull(bare, "override openStore, not open");
  }

  /** Its calls are shown where a test fails. */
  private ByteStore store() {
    return TracingProxy.store(bare());
  }

  private FaultyByteStore faults() {
    storage();
    return requireNonNull(faults, "override openStore, not open");
  }

  @Test
  @Promise(
      value = "A value is any array of bytes, the empty one included, and comes back exactly.",
      lookAt = {"Store.write", "Store.read"})
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
  @Promise(
      value =
          "Arrays change owner: what read and readEntry return belongs to the caller, and "
              + "the store keeps no reference to it.",
      lookAt = {"Store.read", "Store.readEntry"})
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
  @Promise("A miss is null, false or zero, and no exception.")
  void aMissIsNullOrFalse() throws IOException {
    ByteStore store = store();
    assertThat(store.read("absent", Access.TOUCH)).isNull();
    assertThat(store.readEntry("absent", Access.TOUCH)).isNull();
    assertThat(store.contains("absent")).isFalse();
    assertThat(store.delete("absent", Condition.NONE)).isFalse();
    assertThat(store.count()).isZero();
  }

  @Test
  @Promise("Reading with Access.PEEK returns what reading with Access.TOUCH returns.")
  void peekingReadsWhatTouchingReads() throws IOException {
    ByteStore store = store();
    store.write("k", new byte[] {1}, WriteOptions.NONE);
    assertThat(store.read("k", Access.PEEK)).containsExactly(1);
    assertThat(requireNonNull(store.readEntry("k", Access.PEEK)).value()).containsExactly(1);
  }

  @Test
  @Promise(
      value = "maxKeyBytes is a number from Keys.PORTABLE_BYTES to Keys.MAX_BYTES.",
      lookAt = {"Store.maxKeyBytes"})
  void theLongestKeyIsOneThatTheContractKnows() {
    assertThat(store().maxKeyBytes()).isBetween(Keys.PORTABLE_BYTES, Keys.MAX_BYTES);
  }

  @Test
  @Promise(
      value = "toString names the place of the entries, as error messages show it.",
      lookAt = {"Store.toString"})
  void itsTextNamesThePlace() {
    ByteStore store = bare();
    assertThat(store.toString())
        .as("what error messages show as the place")
        .isNotBlank()
        .isNotEqualTo(store.getClass().getName() + "@" + Integer.toHexString(store.hashCode()));
  }
}
