package io.jstorage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jstorage.InvalidOptionException;
import io.jstorage.spi.Keys;
import io.jstorage.spi.PercentEscapes;
import java.util.UUID;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The names of the objects of a store: the folder, a slash, and the key. In the key, {@code %xx}
 * stands for each byte in UTF-8 of the characters that some server changes: a percent sign, a
 * backslash, control characters and what XML cannot say, a slash at either end or after another
 * one, the first dot of a {@code .} or {@code ..} between slashes, a space at either end, a dot at
 * the end. Every key has one name; an object whose name is not a key's is foreign.
 */
final class ObjectNames {
  /** The longest name that S3 takes, in bytes of UTF-8. */
  private static final int MAX_BYTES = 1024;

  /** {@code %xx}: the longest form of a byte. */
  private static final int ESCAPED_BYTES = 3;

  /** The beginning of the names of the store's own objects. */
  private static final String RESERVED = "%~jstorage-";

  private static final String HEX = "0123456789ABCDEF";

  private final String prefix;
  private final int maxKeyBytes;

  /**
   * Makes the names of a folder.
   *
   * @param folder the folder, with or without a slash at its end; the empty string for none
   * @throws InvalidOptionException if there can be no objects in such a folder
   */
  ObjectNames(String folder) {
    String bare =
        folder.length() > 1 && folder.endsWith("/")
            ? folder.substring(0, folder.length() - 1)
            : folder;
    if (!bare.isEmpty() && !isFolder(bare)) {
      throw new InvalidOptionException(
          "option 'folder' cannot be %s: it must be names with single slashes between them, none of them '.' or '..', without control characters and backslashes, and without a space or dot at the end"
              .formatted(Keys.display(folder)));
    }
    this.prefix = bare.isEmpty() ? "" : bare + "/";
    int left = MAX_BYTES - prefix.getBytes(UTF_8).length;
    this.maxKeyBytes = left / ESCAPED_BYTES;
    if (maxKeyBytes < Keys.PORTABLE_BYTES) {
      throw new InvalidOptionException(
          "option 'folder' cannot be %s: it must be so short that %d bytes are left of the %d that the name of an object may have"
              .formatted(Keys.display(folder), Keys.PORTABLE_BYTES * ESCAPED_BYTES, MAX_BYTES));
    }
  }

  /** A folder is named like a key, except that percent signs are not escaped. */
  private static boolean isFolder(String folder) {
    return Keys.isValid(folder, MAX_BYTES)
        && escape(folder, c -> c != '%' && isEscapedEverywhere(c)).equals(folder);
  }

  /** Returns the beginning of all names: the empty string, or a folder and a slash. */
  String prefix() {
    return prefix;
  }

  /** Returns a fresh name that no key has, as two digits would follow the percent sign there. */
  String newReservedName(String purpose) {
    return prefix + RESERVED + purpose + "-" + UUID.randomUUID();
  }

  /** Returns whether a name was made by {@link #newReservedName}, in any release. */
  boolean isReserved(String name) {
    return name.startsWith(prefix + RESERVED);
  }

  /** Returns the length, in bytes of UTF-8, that a key may have, whatever its characters are. */
  int maxKeyBytes() {
    return maxKeyBytes;
  }

  /** Returns the name of a key's object. */
  String nameOf(String key) {
    return prefix + escape(key, ObjectNames::isEscapedEverywhere);
  }

  /** Returns the key of an object, or null if the object is none of the store's. */
  @Nullable String keyOf(String name) {
    if (!name.startsWith(prefix)) {
      return null;
    }
    String key = PercentEscapes.tryDecode(name.substring(prefix.length()));
    return key != null && Keys.isValid(key, maxKeyBytes) && nameOf(key).equals(name) ? key : null;
  }

  /**
   * Returns the certain part of the beginning of the names of all keys that start with a prefix;
   * null if no such keys can exist.
   */
  @Nullable String startOf(String keyPrefix) {
    int end = keyPrefix.length();
    // The escaping of these depends on the character that follows.
    while (end > 0 && isUndecided(keyPrefix.charAt(end - 1))) {
      end--;
    }
    String decided = keyPrefix.substring(0, end);
    if (decided.isEmpty()) {
      return prefix;
    }
    return Keys.isValid(decided, maxKeyBytes) ? nameOf(decided) : null;
  }

  private static boolean isUndecided(char c) {
    return c == '/' || c == '.' || c == ' ' || Character.isHighSurrogate(c);
  }

  private static boolean isEscapedEverywhere(int c) {
    return c == '%' || c == '\\' || Character.isISOControl(c) || c == 0xFFFE || c == 0xFFFF;
  }

  private static String escape(String key, IntPredicate everywhere) {
    StringBuilder name = new StringBuilder(key.length() + 16);
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean first = name.isEmpty() || name.charAt(name.length() - 1) == '/';
      boolean last = i == key.length() - 1;
      boolean escaped =
          switch (c) {
            case '/' -> first || last;
            case '.' -> last || (first && isDots(key, i));
            case ' ' -> last || i == 0;
            default -> everywhere.test(c);
          };
      if (escaped) {
        for (byte b : String.valueOf(c).getBytes(UTF_8)) {
          name.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
        }
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }

  /** Whether there is {@code .} or {@code ..} between a slash or the start and the next slash. */
  private static boolean isDots(String key, int start) {
    String rest = key.substring(start, Math.min(key.length(), start + 3));
    return rest.startsWith("./") || rest.equals("../") || rest.equals("..");
  }
}
