package io.jstorage.policy;

/**
 * Is told how the reloads of a {@link RefreshStorage} end. Called on the thread of the reload; what
 * it throws is logged and harms nothing.
 */
public interface RefreshListener {
  /**
   * Reports a reload that failed: the loader threw, what it made could not be stored, or no thread
   * took the reload. The old value is still there.
   *
   * @param key the key
   * @param failure what was thrown
   */
  void failed(String key, Throwable failure);

  /**
   * Reports a reload that ended well. By default does nothing.
   *
   * @param key the key
   * @param stored whether its value was stored; not if the entry changed meanwhile
   */
  default void reloaded(String key, boolean stored) {}
}
