package io.jstorage.testkit;

import io.jstorage.spi.Keys;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Made-up keys, about half of which differ from another one by very little: a letter's case, the
 * form of an accent, an escape, a dot at the end. A store that confuses two of them is caught.
 */
public final class FuzzedKeys {
  private static final String ASCII = "abzAZ019_-.~%/\\ :*?\"<>|+&=#;,'`$^!@()[]{}";

  private static final String[] PIECES = {
    "con",
    "AUX",
    "nul.",
    "com1",
    "LPT9",
    "key",
    "Key",
    "..",
    "./",
    "/.",
    "//",
    "%2f",
    "%2F",
    "%25",
    "%41",
    "%c3%a9",
    "~x",
    "~x1",
    "%~",
    ".key",
    ".tmp",
    ".storage.json",
    ".jstorage-order",
    "\0",
    "\n",
    "\t",
    "\u007f",
    "\u0085",
    "\u00a0",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\ufffd",
    "\ufffe",
    "\uffff",
    "\u00e9",
    "e\u0301",
    "\u00c5",
    "A\u030a",
    "\u212b",
    "\u212a",
    "\u0130",
    "\u0131",
    "\u00df",
    "\u1e9e",
    "\u03c3",
    "\u03c2",
    "\ufb01",
    "\uac00",
    "\u1100\u1161",
    "\u20ac",
    "\ud83d\ude00",
    "\ud835\udd0a",
    "\udbff\udfff"
  };

  private final Random random;
  private final int maxBytes;

  private FuzzedKeys(long seed, int maxBytes) {
    this.random = new Random(seed);
    this.maxBytes = maxBytes;
  }

  /**
   * Makes keys up, the same ones each time.
   *
   * @param count how many
   * @param maxBytes the longest key that the storage takes, in bytes of UTF-8
   * @param seed what they are made from
   * @return a list without duplicates
   */
  public static List<String> of(int count, int maxBytes, long seed) {
    FuzzedKeys fuzzed = new FuzzedKeys(seed, maxBytes);
    List<String> keys = new ArrayList<>(count);
    Set<String> known = new LinkedHashSet<>();
    while (keys.size() < count) {
      String key =
          keys.isEmpty() || fuzzed.random.nextBoolean()
              ? fuzzed.fresh()
              : fuzzed.alike(keys.get(fuzzed.random.nextInt(keys.size())));
      if (Keys.isValid(key, maxBytes) && known.add(key)) {
        keys.add(key);
      }
    }
    return keys;
  }

  private String fresh() {
    StringBuilder key = new StringBuilder();
    int pieces = 1 + random.nextInt(8);
    for (int i = 0; i < pieces; i++) {
      key.append(piece());
    }
    if (random.nextInt(16) == 0) {
      // As long as can be, or all but.
      String filling = random.nextBoolean() ? "k" : piece();
      int room = maxBytes - random.nextInt(3);
      while (Keys.isValid(key + filling, room)) {
        key.append(filling);
      }
    }
    return key.toString();
  }

  private String piece() {
    return switch (random.nextInt(4)) {
      case 0 -> PIECES[random.nextInt(PIECES.length)];
      case 1 -> Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1));
      default -> String.valueOf(ASCII.charAt(random.nextInt(ASCII.length())));
    };
  }

  private String alike(String key) {
    int at = key.offsetByCodePoints(0, random.nextInt(key.codePointCount(0, key.length())));
    int next = key.offsetByCodePoints(at, 1);
    String before = key.substring(0, at);
    String one = key.substring(at, next);
    String after = key.substring(next);
    return switch (random.nextInt(14)) {
      case 0 -> before + one.toUpperCase(Locale.ROOT) + after;
      case 1 -> before + one.toLowerCase(Locale.ROOT) + after;
      case 2 -> key.toUpperCase(Locale.ROOT);
      case 3 -> key.toLowerCase(Locale.ROOT);
      case 4 -> Normalizer.normalize(key, Normalizer.Form.NFC);
      case 5 -> Normalizer.normalize(key, Normalizer.Form.NFD);
      case 6 -> Normalizer.normalize(key, Normalizer.Form.NFKC);
      case 7 -> before + after;
      case 8 -> before + one + one + after;
      case 9 -> before + "%%%02x".formatted(one.codePointAt(0)) + after;
      case 10 -> before + "%%%02X".formatted(one.codePointAt(0)) + after;
      case 11 -> key + piece();
      case 12 -> piece() + key;
      default -> before + piece() + after;
    };
  }
}
