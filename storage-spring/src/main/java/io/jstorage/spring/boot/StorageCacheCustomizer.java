package io.jstorage.spring.boot;

import io.jstorage.spring.StorageCacheBuilder;

/**
 * A bean of this type changes what each cache is made of before it is made: it adds options that
 * are objects, such as {@code json.mapper}, or an observer.
 */
@FunctionalInterface
public interface StorageCacheCustomizer {
  /**
   * Changes what a cache is made of.
   *
   * @param cache what the cache is made of; {@link StorageCacheBuilder#name()} says which it is
   */
  void customize(StorageCacheBuilder cache);
}
