package com.example.aes;

import io.jstorage.spi.Keys;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Named AES keys, one of which encrypts. Immutable. No text of it shows a key. */
public final class Keyring {
  private final String current;
  private final Map<String, SecretKey> keys;

  /**
   * Makes a keyring.
   *
   * @param current the name of the key that encrypts
   * @param keys all keys by name; a name has up to 64 of the characters a-z, A-Z, 0-9, '.', '_' and
   *     '-'
   * @throws IllegalArgumentException if the current key is not among them, or a name is not of that
   *     form
   */
  public Keyring(String current, Map<String, SecretKey> keys) {
    if (!keys.containsKey(current)) {
      throw new IllegalArgumentException("the key that encrypts must be among the keys");
    }
    for (String name : keys.keySet()) {
      if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
        throw new IllegalArgumentException(
            "a key's name has 1 to 64 of the characters a-z, A-Z, 0-9, '.', '_' and '-'");
      }
    }
    this.current = current;
    this.keys = Map.copyOf(keys);
  }

  /**
   * Makes a keyring of text.
   *
   * @param keys the keys, the one that encrypts first, each as {@code name:key} with 16, 24 or 32
   *     bytes in Base64
   * @return the keyring
   * @throws IllegalArgumentException if one of them is not of that form; the message shows no key
   */
  public static Keyring parse(List<String> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there must be a key");
    }
    Map<String, SecretKey> parsed = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      String[] nameAndKey = keys.get(i).split(":", 2);
      byte[] bytes = nameAndKey.length == 2 ? decode(nameAndKey[1]) : new byte[0];
      if (bytes.length != 16 && bytes.length != 24 && bytes.length != 32) {
        throw new IllegalArgumentException(
            "key %d is not of the form name:key with 16, 24 or 32 bytes in Base64"
                .formatted(i + 1));
      }
      SecretKey key = new SecretKeySpec(bytes, "AES");
      Arrays.fill(bytes, (byte) 0);
      if (parsed.put(nameAndKey[0], key) != null) {
        throw new IllegalArgumentException("key %d has the name of another".formatted(i + 1));
      }
    }
    return new Keyring(parsed.keySet().iterator().next(), parsed);
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0]; // The decoder's message shows a part of the key.
    }
  }

  /** The name of the key that encrypts. */
  String current() {
    return current;
  }

  /** The key of a name that may be anything, as it comes out of stored bytes. */
  SecretKey get(String name) throws IOException {
    SecretKey key = keys.get(name);
    if (key == null) {
      throw new IOException(
          "they were encrypted with the key %s, and there are only %s"
              .formatted(Keys.display(name), names()));
    }
    return key;
  }

  private Set<String> names() {
    return new TreeSet<>(keys.keySet());
  }

  @Override
  public String toString() {
    return "Keyring" + names();
  }
}
