package io.jstorage;

import java.util.HexFormat;

/**
 * Names one state of one entry, as told by {@link Entry#version()} and taken by the conditional
 * operations of {@link Storage}.
 *
 * <p>Equal versions of a key mean equal content and, where the store keeps times, equal times.
 * Versions have no order, and versions of different keys or storages must not be compared.
 * Immutable.
 */
public final class Version {
  private final String token;

  private Version(String token) {
    this.token = token;
  }

  /**
   * Makes a version from a number, for stores that count their writes.
   *
   * @param number any number
   * @return the version
   */
  public static Version of(long number) {
    return new Version(Long.toHexString(number));
  }

  /**
   * Makes a version from a digest or another byte sequence.
   *
   * @param digest the bytes, which are copied
   * @return the version
   * @throws IllegalArgumentException if {@code digest} is empty
   */
  public static Version of(byte[] digest) {
    return parse(HexFormat.of().formatHex(digest));
  }

  /**
   * Makes the version that {@link #toString()} wrote down.
   *
   * @param text what {@code toString()} returned, or a store's own token such as an entity tag
   * @return the version
   * @throws IllegalArgumentException if {@code text} is empty
   */
  public static Version parse(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a version is never the empty string");
    }
    return new Version(text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Version version && token.equals(version.token);
  }

  @Override
  public int hashCode() {
    return token.hashCode();
  }

  /**
   * Returns the version as text, for logs and for carrying it elsewhere.
   *
   * @return a string that {@link #parse(String)} turns back into an equal version
   */
  @Override
  public String toString() {
    return token;
  }
}
