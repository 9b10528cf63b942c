package io.jstorage.jcache;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Keys as text, and back. Keys that are not equal have different texts; {@code docs/jcache.md}
 * states the form of each type.
 *
 * <p>A string is its own text unless it begins with the parenthesis that all other forms begin
 * with, so that the keys of most caches stay readable and cost next to nothing to convert.
 */
final class KeyTexts<K> {
  /** The length that every storage takes. */
  private static final int MAX_BYTES = 255;

  /** As many characters never have more bytes than that. */
  private static final int SURELY_SHORT = MAX_BYTES / 3;

  private static final int UNPAIRED_SURROGATE = -1;

  private final Class<K> type;
  private final OtherKeys others;

  KeyTexts(Class<K> type, OtherKeys others) {
    this.type = type;
    this.others = others;
  }

  /**
   * Returns a string that, if it has an entry, is the name of a key. It may have none although the
   * key has an entry under another name. Null where that would be known at once.
   */
  static @Nullable String guess(Object key) {
    return key instanceof String string
            && !string.isEmpty()
            && string.length() <= SURELY_SHORT
            && string.charAt(0) != '('
        ? string
        : null;
  }

  /** Names a key that is about to be put. */
  Name name(K key) {
    if (key instanceof String string) {
      return nameOf(string);
    }
    String text = textOf(key);
    return text == null ? others.name(key) : shortened(text);
  }

  /** Names a key that is looked for. */
  Name find(K key) {
    if (key instanceof String string) {
      return nameOf(string);
    }
    String text = textOf(key);
    return text == null ? others.find(key) : shortened(text);
  }

  private static Name nameOf(String string) {
    int bytes = utf8Length(string);
    return bytes > 0 && bytes <= MAX_BYTES && string.charAt(0) != '('
        ? Name.of(string, string)
        : shortened(textOf(string, bytes));
  }

  static Name shortened(String text) {
    return Name.of(text, utf8Length(text) <= MAX_BYTES ? text : "(Sha256)" + sha256(text));
  }

  private static String textOf(String string, int bytes) {
    if (bytes == UNPAIRED_SURROGATE) {
      ByteBuffer chars = ByteBuffer.allocate(2 * string.length());
      chars.asCharBuffer().put(string);
      return "(Utf16)" + base64(chars.array());
    }
    return bytes == 0 || string.charAt(0) == '(' ? "(String)" + string : string;
  }

  /** The text of a key of a common type; null for others. None is long, but for big numbers. */
  private static @Nullable String textOf(Object key) {
    Class<?> c = key.getClass();
    if (c == Long.class
        || c == Integer.class
        || c == UUID.class
        || c == Short.class
        || c == Byte.class
        || c == Boolean.class
        || c == BigInteger.class
        || c == BigDecimal.class) {
      return "(" + c.getSimpleName() + ")" + key;
    }
    if (key instanceof Character character) {
      return "(Character)" + (int) character;
    }
    // By their bits: the decimal text of some numbers differs between versions of Java.
    if (key instanceof Double number) {
      return "(Double)" + Long.toHexString(Double.doubleToLongBits(number));
    }
    if (key instanceof Float number) {
      return "(Float)" + Integer.toHexString(Float.floatToIntBits(number));
    }
    return null;
  }

  /** Returns the key of an entry. */
  K key(Stored<?> stored) {
    String text = stored.key();
    int end = text.startsWith("(") ? text.indexOf(')') : -1;
    Object key = end < 0 ? text : parse(text.substring(1, end), text.substring(end + 1), stored);
    if (!type.isInstance(key)) {
      throw new CacheException(
          "the storage has a key of %s, and the cache's keys are of %s: another cache writes to the same place"
              .formatted(key.getClass().getName(), type.getName()));
    }
    return type.cast(key);
  }

  private Object parse(String form, String text, Stored<?> stored) {
    try {
      return switch (form) {
        case "String" -> text;
        case "Utf16" ->
            ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)).asCharBuffer().toString();
        case "Character" -> (char) Integer.parseInt(text);
        case "Boolean" -> Boolean.valueOf(text);
        case "Byte" -> Byte.valueOf(text);
        case "Short" -> Short.valueOf(text);
        case "Integer" -> Integer.valueOf(text);
        case "Long" -> Long.valueOf(text);
        case "Float" -> Float.intBitsToFloat(Integer.parseUnsignedInt(text, 16));
        case "Double" -> Double.longBitsToDouble(Long.parseUnsignedLong(text, 16));
        case "BigInteger" -> new BigInteger(text);
        case "BigDecimal" -> new BigDecimal(text);
        case "UUID" -> UUID.fromString(text);
        case "Serialized", "Object" -> others.read(text, stored);
        default -> throw new IllegalArgumentException("there is no such form");
      };
    } catch (IllegalArgumentException e) {
      throw new CacheException(
          "the storage has an entry that no cache has written: its key begins with (%s) and does not go on as such a key does"
              .formatted(form),
          e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return base64(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static int utf8Length(String text) {
    int chars = text.length();
    int bytes = chars;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        continue;
      }
      if (!Character.isSurrogate(c)) {
        bytes += c < 0x800 ? 1 : 2;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < chars
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 2;
        i++;
      } else {
        return UNPAIRED_SURROGATE;
      }
    }
    // Of a string of more than two thirds of a gigabyte the sum is negative; it has a hash.
    return bytes < 0 ? Integer.MAX_VALUE : bytes;
  }
}
