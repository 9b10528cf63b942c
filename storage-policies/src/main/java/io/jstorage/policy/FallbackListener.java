package io.jstorage.policy;

import io.jstorage.StorageException;

/**
 * Is told what a {@link FallbackStorage} did while the storage behind it failed. Called on the
 * thread of the call, which it holds up; what it throws is logged and harms nothing.
 */
public interface FallbackListener {
  /**
   * Reports a read that failed.
   *
   * @param key the key
   * @param source by what the caller was answered instead
   * @param failure what the storage threw
   */
  void readFailed(String key, FallbackSource source, StorageException failure);

  /**
   * Reports a value that a loader made and that could not be stored. The caller received it. By
   * default does nothing.
   *
   * @param key the key
   * @param failure what the storage threw
   */
  default void notStored(String key, StorageException failure) {}
}
