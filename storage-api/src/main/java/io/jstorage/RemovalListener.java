package io.jstorage;

/**
 * A listener that is told of each value that is no longer in a storage, after the fact.
 *
 * <p>It is called without a lock of the table held, on the thread whose call removed the value,
 * before that call returns: a slow listener makes that call slow. The listener may use the storage.
 * (A memory in front of another storage also drops values that others have changed, and tells of
 * some values on other threads, as it documents.) If that call stores the value of a loader,
 * changes and loads of the same key and {@code clear} wait for the listener too; so it must not
 * wait for another thread that uses the storage. Calls for one key may overlap and come in any
 * order. Its exceptions are logged and harm nothing. Closing a storage removes nothing in this
 * sense.
 *
 * @param <V> the type of the values
 */
@FunctionalInterface
public interface RemovalListener<V> {
  /**
   * Receives a value that is no longer there.
   *
   * @param key its key
   * @param value the value
   * @param cause why it is no longer there
   */
  void removed(String key, V value, RemovalCause cause);
}
