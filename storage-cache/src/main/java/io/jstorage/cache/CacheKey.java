package io.jstorage.cache;

import org.jspecify.annotations.Nullable;

/**
 * The text of a cache's key.
 *
 * @param text the whole text; keys that are not equal have different ones
 * @param place the key of the storage: the text or, where that is longer than every storage takes,
 *     a hash of it
 * @param kept the key itself, for those that have no text: it is in use while anybody holds it
 */
public record CacheKey(String text, String place, @Nullable Object kept) {
  static CacheKey of(String text, String place) {
    return new CacheKey(text, place, null);
  }

  /**
   * Returns whether {@link #place} is a hash, so that whoever reads there compares the text.
   *
   * @return true if it is
   */
  @SuppressWarnings("ReferenceEquality") // Another object is a hash.
  public boolean isHashed() {
    return text != place;
  }
}
