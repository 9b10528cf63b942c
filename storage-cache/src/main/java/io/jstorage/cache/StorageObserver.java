package io.jstorage.cache;

import org.jspecify.annotations.Nullable;

/**
 * Watches the operations of an {@link ObservedStorage}.
 *
 * <p>It is called on the thread of the operation, without a lock held; a slow observer makes that
 * operation slow and no other. Its exceptions are logged and harm nothing. Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface StorageObserver {
  /**
   * Is told that an operation begins.
   *
   * @param operation the operation
   * @return is told its end
   */
  Observed begin(StorageOperation operation);

  /** One operation under way. */
  @FunctionalInterface
  interface Observed {
    /**
     * Is told the end of the operation, on the thread that began it, once.
     *
     * @param outcome how it ended
     * @param failure what it threw, or null
     */
    void end(StorageOutcome outcome, @Nullable Throwable failure);
  }
}
