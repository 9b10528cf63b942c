package io.jstorage.cache;

import org.jspecify.annotations.Nullable;

/** Keys of types that have no text of their own. */
interface OtherKeys {
  /** Names a key that is about to be put. */
  CacheKey name(Object key);

  /** Names a key that is looked for; that of one that nobody has put may be the name of nothing. */
  CacheKey find(Object key);

  /**
   * Returns the key of an entry, given what follows the tag in its text.
   *
   * @param held the key as the entry holds it, or null if it does not
   */
  Object read(String text, @Nullable Object held);
}
