package io.jstorage;

/**
 * Computes the value of a key that a storage does not have.
 *
 * @param <V> the type of the value
 * @param <E> the checked exception that it may throw; {@link RuntimeException} for none
 */
@FunctionalInterface
public interface Loader<V, E extends Exception> {
  /**
   * Computes the value of a key.
   *
   * @param key the key
   * @return the value, never null
   * @throws E if it cannot be computed
   */
  V load(String key) throws E;
}
