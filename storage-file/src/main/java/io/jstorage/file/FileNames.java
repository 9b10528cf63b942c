package io.jstorage.file;

import io.jstorage.spi.PercentEscapes;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names of the files under which keys are kept, in which all but ASCII letters, digits and a
 * few signs are escaped as {@code %xx}. They are distinct also on a file system that takes {@code
 * A} for {@code a} or normalizes accents. A name gives its key back; the hashed name of a key that
 * is too long needs its {@code .key} file for that. A pure mapping; {@code docs/format.md}
 * specifies it.
 */
final class FileNames {
  /** The form of every suffix: characters that every file system keeps and distinguishes. */
  static final Pattern SUFFIX = Pattern.compile("\\.[a-z0-9._-]{0,62}[a-z0-9]");

  /** The end of the name of a file that holds a key, after the suffix. */
  static final String KEY_FILE = ".key";

  /** The length in bytes of the longest name that common file systems take. */
  static final int MAX_BYTES = 255;

  private static final int HASHED_STEM_BYTES = 66;

  private static final Pattern STEM = Pattern.compile("([A-Za-z0-9._%-]+)(?:~x[0-9a-f]+)?");
  private static final Pattern HASHED_STEM = Pattern.compile("%~[0-9a-f]{64}");
  private static final HexFormat HEX = HexFormat.of();

  /** The names that Windows takes for devices, whatever follows after a dot. */
  private static final Set<String> RESERVED =
      Stream.concat(
              Stream.of("con", "prn", "aux", "nul"),
              IntStream.range(0, 10).boxed().flatMap(n -> Stream.of("com" + n, "lpt" + n)))
          .collect(Collectors.toUnmodifiableSet());

  private final String suffix;
  private final int longest;

  FileNames(String suffix) {
    this(suffix, MAX_BYTES);
  }

  /**
   * Makes the names of a store.
   *
   * @param longest how long a name may be, at least {@link #shortestLimit}
   */
  FileNames(String suffix, int longest) {
    this.suffix = suffix;
    this.longest = longest;
  }

  /** Returns how long names must be allowed to be for any key of a store with a suffix. */
  static int shortestLimit(String suffix) {
    return HASHED_STEM_BYTES + suffix.length() + KEY_FILE.length();
  }

  /** Returns whether a text can be the suffix of a store. */
  static boolean isSuffix(String text) {
    return SUFFIX.matcher(text).matches() && !text.endsWith(KEY_FILE);
  }

  String suffix() {
    return suffix;
  }

  /** Returns the name of the file that holds the value of a key. */
  String nameOf(String key) {
    String stem = escape(key);
    return stem.length() + suffix.length() <= longest ? stem + suffix : hashedNameOf(key);
  }

  private static String escape(String key) {
    boolean reserved = isReserved(key);
    if (!reserved && isPlain(key)) {
      return key;
    }
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    StringBuilder stem = new StringBuilder(bytes.length + 16);
    StringBuilder capitals = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      boolean edge = i == 0 || i == bytes.length - 1;
      if (!isKept(c) || (c == '.' && edge) || (reserved && i == 0)) {
        stem.append('%').append(HEX.toHexDigits((byte) c));
        continue;
      }
      stem.append(c);
      if (isLetter(c)) {
        capitals.append(c <= 'Z' ? '1' : '0');
      }
    }
    if (capitals.indexOf("1") >= 0) {
      stem.append("~x").append(new BigInteger(capitals.toString(), 2).toString(16));
    }
    return stem.toString();
  }

  /** Returns whether a key stands for itself. */
  private static boolean isPlain(String key) {
    int last = key.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = key.charAt(i);
      if (!isKept(c) || (c >= 'A' && c <= 'Z') || (c == '.' && (i == 0 || i == last))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKept(char c) {
    return isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isReserved(String key) {
    int dot = key.indexOf('.');
    int length = dot < 0 ? key.length() : dot;
    return (length == 3 || length == 4)
        && RESERVED.contains(key.substring(0, length).toLowerCase(Locale.ROOT));
  }

  private String hashedNameOf(String key) {
    return "%~" + HEX.formatHex(Sha256.of(key.getBytes(StandardCharsets.UTF_8))) + suffix;
  }

  /** Returns whether a name is that of a key too long to be part of it. */
  boolean isHashed(String name) {
    return name.endsWith(suffix)
        && HASHED_STEM.matcher(name.substring(0, name.length() - suffix.length())).matches();
  }

  /** Returns the name of the file that holds the key itself, for a name that is hashed. */
  static String keyFileOf(String hashedName) {
    return hashedName + KEY_FILE;
  }

  /** Returns the hashed name to which a key file belongs, or null for any other file. */
  @Nullable String hashedNameOfKeyFile(String name) {
    if (!name.endsWith(KEY_FILE)) {
      return null;
    }
    String hashed = name.substring(0, name.length() - KEY_FILE.length());
    return isHashed(hashed) ? hashed : null;
  }

  /** Returns the key that a name spells out, or null for a hashed name and a foreign file. */
  @Nullable String keyOf(String name) {
    if (!name.endsWith(suffix) || name.length() > longest) {
      return null;
    }
    String stem = name.substring(0, name.length() - suffix.length());
    if (!stem.isEmpty() && isPlain(stem) && !isReserved(stem)) {
      return stem;
    }
    var matcher = STEM.matcher(stem);
    return matcher.matches() ? keyIfNamed(PercentEscapes.tryDecode(matcher.group(1)), name) : null;
  }

  /** Returns the key that a key file holds, or null if the key does not belong to that name. */
  @Nullable String keyOf(String hashedName, byte[] keyFile) {
    try {
      ByteBuffer utf8 = ByteBuffer.wrap(keyFile);
      return keyIfNamed(StandardCharsets.UTF_8.newDecoder().decode(utf8).toString(), hashedName);
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** The one way back: a text is a key of this store if its name is the very name found. */
  private @Nullable String keyIfNamed(@Nullable String key, String name) {
    return key != null && !key.isEmpty() && nameOf(key).equals(name) ? key : null;
  }
}
