package io.jstorage.spi;

/**
 * Receives changes from a {@link ChangeFeed}. Its methods must return soon, as they delay later
 * reports, and must not throw.
 */
public interface ChangeListener {
  /**
   * Reports that the entry under a key was written, deleted or has expired.
   *
   * @param key the key
   */
  void changed(String key);

  /**
   * Reports that any entry may have changed: some changes were missed, and others are missed until
   * {@link #resumed} is called. May be called again before that.
   */
  void lost();

  /**
   * Reports that from now on changes are reported again. Entries that were read before this call
   * may have changed unnoticed. Called after {@link #lost}, possibly at once, and not before it.
   */
  void resumed();
}
