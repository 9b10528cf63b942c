package io.jstorage.jcache;

/** Keys of types that have no text of their own. */
interface OtherKeys {
  /** Names a key that is about to be put. */
  Name name(Object key);

  /** Names a key that is looked up; a key that was never put may have a name without an entry. */
  Name find(Object key);

  /** Returns the key of an entry, given what follows the tag in its text. */
  Object read(String text, Stored<?> stored);
}
