package io.jstorage.cache;

import io.jstorage.InvalidKeyException;
import io.jstorage.StorageException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Objects as keys: text for any object, the same for equal objects and different for others. {@code
 * docs/jcache.md} states the form of each type.
 *
 * <p>A string is its own text unless it begins with the parenthesis that all other forms begin
 * with, so that the keys of most caches stay readable and cost next to nothing to convert. Numbers,
 * UUIDs, booleans and characters have a readable form too. Other objects are numbered in memory, or
 * serialized where storages are shared; the first key of each class is then read back, compared and
 * written again, so that a class whose equal objects differ in their bytes is refused at once.
 *
 * <p>Thread-safe.
 */
public final class CacheKeys {
  /** The length that every storage takes. */
  private static final int MAX_BYTES = 255;

  /** As many characters never have more bytes than that. */
  private static final int SURELY_SHORT = MAX_BYTES / 3;

  private static final int UNPAIRED_SURROGATE = -1;

  private final OtherKeys others;

  private CacheKeys(OtherKeys others) {
    this.others = others;
  }

  /** For tests. */
  static CacheKeys of(OtherKeys others) {
    return new CacheKeys(others);
  }

  /**
   * Makes keys for entries in this process's memory: objects without a text of their own are
   * compared by {@code equals}, and numbered while an entry holds their {@link CacheKey#kept()}.
   *
   * @param copy makes what is kept of a key; the identity if keys are never changed
   * @return the keys
   */
  public static CacheKeys inMemory(UnaryOperator<Object> copy) {
    return new CacheKeys(new InternedKeys(copy));
  }

  /**
   * Makes keys that can be read from their text again. Others may write to the storage, so only
   * what is allowed is read.
   *
   * @param type the class of the keys
   * @param allow the names of further classes that may be read, as {@link
   *     io.jstorage.jdk.SerializedCodec#of} takes them
   * @return the keys
   */
  public static CacheKeys readable(Class<?> type, Collection<String> allow) {
    return new CacheKeys(new SerializedKeys(type, allow));
  }

  /**
   * Makes keys that are written only, of any serializable class. {@link #key} is not supported.
   *
   * @return the keys
   */
  public static CacheKeys writeOnly() {
    return new CacheKeys(new SerializedKeys());
  }

  /**
   * Returns a string that, if it has an entry, is the place of a key. It may have none although the
   * key has an entry at another place.
   *
   * @param key the key
   * @return the string, or null where that would be known at once
   */
  public static @Nullable String guess(Object key) {
    return key instanceof String string
            && !string.isEmpty()
            && string.length() <= SURELY_SHORT
            && string.charAt(0) != '('
        ? string
        : null;
  }

  /**
   * Converts a key that is about to be put.
   *
   * @param key the key
   * @return its text
   * @throws InvalidKeyException if the object cannot be a key; the message says what to do
   */
  public CacheKey name(Object key) {
    if (key instanceof String string) {
      return nameOf(string);
    }
    String text = textOf(key);
    return text == null ? others.name(key) : shortened(text);
  }

  /**
   * Converts a key that is looked for.
   *
   * @param key the key
   * @return its text; that of a key that was never put may be the text of nothing
   * @throws InvalidKeyException if the object cannot be a key
   */
  public CacheKey find(Object key) {
    if (key instanceof String string) {
      return nameOf(string);
    }
    String text = textOf(key);
    return text == null ? others.find(key) : shortened(text);
  }

  private static CacheKey nameOf(String string) {
    int bytes = utf8Length(string);
    return bytes > 0 && bytes <= MAX_BYTES && string.charAt(0) != '('
        ? CacheKey.of(string, string)
        : shortened(textOf(string, bytes));
  }

  /**
   * Returns the key of a text.
   *
   * @param text the whole text
   * @return the key, whose place is a hash if the text is long
   */
  public static CacheKey shortened(String text) {
    return CacheKey.of(text, utf8Length(text) <= MAX_BYTES ? text : "(Sha256)" + sha256(text));
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

  /**
   * Converts back.
   *
   * @param text the whole text of a key
   * @param held the key itself, where the entry holds it
   * @return the key
   * @throws StorageException if this is the text of no key
   */
  public Object key(String text, @Nullable Object held) {
    int end = text.startsWith("(") ? text.indexOf(')') : -1;
    return end < 0 ? text : parse(text.substring(1, end), text.substring(end + 1), held);
  }

  private Object parse(String form, String text, @Nullable Object held) {
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
        case "Serialized", "Object" -> others.read(text, held);
        default -> throw new IllegalArgumentException("there is no such form");
      };
    } catch (IllegalArgumentException e) {
      throw new StorageException(
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
