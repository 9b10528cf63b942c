package io.jstorage.jcache;

import org.jspecify.annotations.Nullable;

/**
 * The names of a key.
 *
 * @param text the whole text of the key
 * @param place the key of the storage: the text or, where that is longer than every storage takes,
 *     a hash of it
 * @param kept the key itself, for those that have no text: it is in use while it is referenced
 */
record Name(String text, String place, @Nullable Object kept) {
  static Name of(String text, String place) {
    return new Name(text, place, null);
  }

  @SuppressWarnings("ReferenceEquality") // If it is not the same object, it is a hash.
  boolean isHashed() {
    return text != place;
  }
}
