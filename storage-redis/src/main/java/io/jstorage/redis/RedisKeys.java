package io.jstorage.redis;

import io.jstorage.spi.Keys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names of keys in Redis: the namespace, a colon, and the unchanged key. In the namespace
 * {@code %}, {@code :}, braces and control characters are percent-encoded. Two namespaces thus
 * never share a name, and only braces in the key affect the slot in a Cluster.
 */
final class RedisKeys {
  private final String prefix;
  private final byte[] prefixBytes;

  RedisKeys(String namespace) {
    this.prefix = encode(namespace) + ":";
    this.prefixBytes = prefix.getBytes(StandardCharsets.UTF_8);
  }

  static boolean isNamespace(String namespace) {
    return !namespace.isEmpty() && StandardCharsets.UTF_8.newEncoder().canEncode(namespace);
  }

  private static String encode(String namespace) {
    StringBuilder escaped = new StringBuilder();
    namespace
        .codePoints()
        .forEach(
            c -> {
              if (c < 0x20 || c == 0x7f || c == '%' || c == ':' || c == '{' || c == '}') {
                escaped.append("%%%02x".formatted(c));
              } else {
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }

  /** The beginning of all names of this namespace. */
  String prefix() {
    return prefix;
  }

  byte[] nameOf(String key) {
    return (prefix + key).getBytes(StandardCharsets.UTF_8);
  }

  /** The key that a name stands for, or null if the name is none of this namespace. */
  @Nullable String keyOf(byte[] name) {
    int start = prefixBytes.length;
    if (name.length <= start || !Arrays.equals(name, 0, start, prefixBytes, 0, start)) {
      return null;
    }
    String key = new String(name, start, name.length - start, StandardCharsets.UTF_8);
    // Bytes that are not UTF-8 decode to U+FFFD, and do not encode to the same bytes again.
    boolean exact = key.indexOf('\ufffd') < 0 || Arrays.equals(name, nameOf(key));
    return exact && Keys.isValid(key, Keys.MAX_BYTES) ? key : null;
  }

  /** The pattern for SCAN that matches the names of the keys that start with a prefix. */
  byte[] patternOf(String keyPrefix) {
    StringBuilder pattern = new StringBuilder();
    String literal = prefix + keyPrefix;
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if ("*?[]^-\\".indexOf(c) >= 0) {
        pattern.append('\\');
      }
      pattern.append(c);
    }
    return pattern.append('*').toString().getBytes(StandardCharsets.UTF_8);
  }
}
