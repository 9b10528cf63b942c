package io.jstorage.cli.copy;

import io.jstorage.BatchException;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a storage is away. Each access to such a storage waits for its time-out, and many of
 * them in a row would be hours. Thread-safe.
 */
public final class Outage {
  /** Enough for a loop of one thread: one failure may be a matter of the one entry. */
  static final int FEW = 3;

  private final int most;
  private final AtomicInteger inARow = new AtomicInteger();
  private volatile @Nullable StorageUnavailableException last;

  /** Takes the number of failures in a row after which nothing is tried any more. */
  public Outage(int most) {
    this.most = most;
  }

  /** Whether the failure of an access to so many keys says that the storage is away. */
  static boolean saysAway(StorageException failure, int keys) {
    return failure instanceof StorageUnavailableException
        || (failure instanceof BatchException batch
            && batch.failures().size() >= keys
            && batch.failures().values().stream()
                .allMatch(StorageUnavailableException.class::isInstance));
  }

  /** Returns the failure of one key in that of several. */
  static StorageException failureOf(String key, StorageException failure) {
    StorageException own =
        failure instanceof BatchException batch ? batch.failures().get(key) : null;
    return own == null ? failure : own;
  }

  /** Returns the last failure if the storage is away, or null. */
  @Nullable StorageUnavailableException found() {
    return isFound() ? last : null;
  }

  /** Returns whether the storage is away, so that nothing is to be tried any more. */
  public boolean isFound() {
    return inARow.get() >= most;
  }

  /** Counts an access that was not made by {@link #call}, and whether the storage has answered. */
  public void count(boolean answered) {
    if (answered) {
      inARow.set(0);
    } else {
      inARow.incrementAndGet();
    }
  }

  /**
   * Ends the work with a storage that is away: to try every other entry would take very long.
   *
   * @throws StorageUnavailableException the last failure, if the storage is away
   */
  public void throwIfFound() {
    StorageUnavailableException found = found();
    if (found != null) {
      throw found;
    }
  }

  /**
   * Makes an access.
   *
   * @throws StorageException of the access, or the last one if the storage is away
   */
  public <T> T call(Supplier<T> access) {
    throwIfFound();
    try {
      T result = access.get();
      inARow.set(0);
      return result;
    } catch (StorageUnavailableException e) {
      last = e;
      inARow.incrementAndGet();
      throw e;
    } catch (StorageException e) {
      inARow.set(0); // It has answered.
      throw e;
    }
  }
}
