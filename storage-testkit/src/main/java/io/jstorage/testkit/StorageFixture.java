package io.jstorage.testkit;

import io.jstorage.Storage;
import io.jstorage.spi.Keys;
import java.time.Duration;
import java.util.Optional;

/**
 * The object of the contract's tests: a way to open the storage, and further actions that the kit
 * may take in the place where it keeps its entries.
 *
 * <p>Only {@link #open} must be implemented. Every other method has a default that leaves out the
 * tests that need it; they are then reported as skipped, with the reason. Extend {@link
 * StorageContract} rather than implementing this interface: it opens, remembers and closes.
 */
public interface StorageFixture {
  /**
   * Opens a storage of text that is empty and shares its entries with no other. It must hold twice
   * as many entries as {@link #many()}, and take values of a megabyte. The kit closes it.
   *
   * @param clock the clock by which it expires and dates its entries, if it does
   * @return the storage
   * @throws Exception if that fails; the test fails too
   */
  Storage<String> open(SettableClock clock) throws Exception;

  /**
   * Opens one more storage over the entries of the one that {@link #open} returned last, as another
   * process would.
   *
   * @param clock the clock
   * @return the storage, by default empty: the entries are reached through one object only
   * @throws Exception if that fails
   */
  default Optional<Storage<String>> openAgain(SettableClock clock) throws Exception {
    return Optional.empty();
  }

  /**
   * Opens the entries of the storage that {@link #open} returned last, after that has been closed,
   * as a later process does. Override it if the entries outlive the object but can be reached
   * through one object at a time, such as a locked file.
   *
   * @param clock the clock
   * @return the storage, by default what {@link #openAgain} returns; empty if the entries end with
   *     the object
   * @throws Exception if that fails
   */
  default Optional<Storage<String>> reopen(SettableClock clock) throws Exception {
    return openAgain(clock);
  }

  /**
   * Opens a storage of other entries in the same place as the one that {@link #open} returned last:
   * another suffix in the directory, another namespace on the server, another folder in the bucket.
   *
   * @param clock the clock
   * @return the storage, by default empty: storages have nothing in common
   * @throws Exception if that fails
   */
  default Optional<Storage<String>> openNeighbour(SettableClock clock) throws Exception {
    return Optional.empty();
  }

  /**
   * Opens an empty storage of byte arrays, to see that they compare by content.
   *
   * @param clock the clock
   * @return the storage, by default empty: it cannot hold them
   * @throws Exception if that fails
   */
  default Optional<Storage<byte[]>> openBytes(SettableClock clock) throws Exception {
    return Optional.empty();
  }

  /**
   * Returns the length of the longest key that the storage takes.
   *
   * @return a number of bytes in UTF-8, by default {@link Keys#PORTABLE_BYTES}
   */
  default int maxKeyBytes() {
    return Keys.PORTABLE_BYTES;
  }

  /**
   * Returns how long an entry lives that was written without a time to live of its own.
   *
   * @return the storage's own expiration, by default empty: it lives until it is removed
   */
  default Optional<Duration> expiration() {
    return Optional.empty();
  }

  /**
   * Returns whether entries expire by the clock that {@link #open} was given. If not, the kit waits
   * in real time, and leaves out the tests that need a clock that does not advance.
   *
   * @return by default true
   */
  default boolean usesClock() {
    return true;
  }

  /**
   * Returns a short time to live, below a second.
   *
   * @return by default 200 milliseconds
   */
  default Duration shortTtl() {
    return Duration.ofMillis(200);
  }

  /**
   * Returns how coarsely times of writing are kept. Override it if the medium rounds them, as a
   * file system with whole seconds does.
   *
   * @return a bound: {@link io.jstorage.Entry#writtenAt()} and the time of the clock differ by
   *     less; by default zero, which says that they are equal
   * @throws Exception if it cannot be found out
   */
  default Duration writeTimeGranularity() throws Exception {
    return Duration.ZERO;
  }

  /**
   * Returns how many threads race.
   *
   * @return by default 16
   */
  default int threads() {
    return 16;
  }

  /**
   * Returns how often a race is repeated. Lower it if an operation takes milliseconds.
   *
   * @return by default 50
   */
  default int rounds() {
    return 50;
  }

  /**
   * Returns a number of entries that exceeds one page of a listing and one batch, so that the
   * promises of listings and batches are tried across pages. Raise it if a page is longer; lower it
   * if a write takes milliseconds and the store has no pages.
   *
   * @return by default 1 100, at least 300
   */
  default int many() {
    return 1_100;
  }

  /**
   * Returns how many made-up keys are stored at once. Lower it if a write takes milliseconds.
   *
   * @return by default 2 000
   */
  default int fuzzedKeys() {
    return 2_000;
  }

  /**
   * Overwrites the stored bytes of an entry, behind the storage's back, by bytes that do not decode
   * to text.
   *
   * @param key the key of an entry that is there
   * @return true if that was done; by default false: there are no bytes
   * @throws Exception if that fails
   */
  default boolean damage(String key) throws Exception {
    return false;
  }

  /**
   * Makes every access to the entries fail until {@link #mendAccess()}: stops the server, hides the
   * directory.
   *
   * @return true if that was done; by default false: accesses do not fail
   * @throws Exception if that fails
   */
  default boolean breakAccess() throws Exception {
    return false;
  }

  /**
   * Undoes {@link #breakAccess()}; the entries are as they were.
   *
   * @throws Exception if that fails
   */
  default void mendAccess() throws Exception {}

  /**
   * Releases the resources of the tests. Called after every test, when its storages have been
   * closed.
   *
   * @throws Exception if that fails
   */
  default void release() throws Exception {}

  /**
   * Returns the storage of the running test, opened on first use.
   *
   * @return the storage
   */
  Storage<String> storage();

  /**
   * Returns the clock of the running test.
   *
   * @return the clock that {@link #open} was given
   */
  SettableClock clock();

  /**
   * Closes something after the running test, the latest first.
   *
   * @param resource what to close
   * @param <T> its type
   * @return the same
   */
  <T extends AutoCloseable> T closeAfterwards(T resource);
}
