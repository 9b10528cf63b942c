package io.jstorage.resilience;

import io.jstorage.StorageUnavailableException;

/**
 * Is told what a {@link ResilientStorage} does about failures. Called on the thread of the call,
 * which it holds up; what it throws is logged and harms nothing. By default all methods do nothing.
 */
public interface ResilienceListener {
  /**
   * Reports that a call failed and will be tried again.
   *
   * @param attempt which attempt failed, 1 for the first
   * @param failure how it failed
   */
  default void retrying(int attempt, StorageUnavailableException failure) {}

  /** Reports that the circuit was opened: calls are refused. */
  default void opened() {}

  /** Reports that the circuit was closed: calls reach the storage again. */
  default void closed() {}
}
