package io.jstorage.testkit;

import io.jstorage.spi.Keys;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keys that some medium is tempted to merge, cut, interpret or refuse, and strings that are no
 * keys. Anything that is not ASCII is escaped in the source, so that no editor normalises it.
 */
public final class HostileKeys {
  private static final List<LookAlikes> LOOK_ALIKES =
      List.of(
          // Case, also where folding depends on the language.
          new LookAlikes("A", "a"),
          new LookAlikes("userId", "userid"),
          new LookAlikes("\u0130", "i"),
          new LookAlikes("I", "\u0131"),
          new LookAlikes("\u00df", "ss"),
          new LookAlikes("\u00df", "\u1e9e"),
          new LookAlikes("\u03c3", "\u03c2"),
          new LookAlikes("\u03a3", "\u03c3"),
          new LookAlikes("\u212a", "k"),
          // Normalisation: composed, decomposed, compatible.
          new LookAlikes("\u00e9", "e\u0301"),
          new LookAlikes("\u212b", "\u00c5"),
          new LookAlikes("\u00c5", "A\u030a"),
          new LookAlikes("\ufb01", "fi"),
          new LookAlikes("\uff21", "A"),
          new LookAlikes("\u1e9b\u0323", "\u1e69"),
          new LookAlikes("\uac00", "\u1100\u1161"),
          // Same shape, other script; marks that nobody sees.
          new LookAlikes("\u0430", "a"),
          new LookAlikes("ab", "a\u200bb"),
          new LookAlikes("ab", "a\u00adb"),
          new LookAlikes("key", "\ufeffkey"),
          new LookAlikes("abc", "\u202eabc"),
          // Paths.
          new LookAlikes("foo", "foo/bar"),
          new LookAlikes("foo", "foo/"),
          new LookAlikes("foo", "./foo"),
          new LookAlikes("foo", "/foo"),
          new LookAlikes("foo", "bar/../foo"),
          new LookAlikes("a/b", "a//b"),
          new LookAlikes("a/b", "a\\b"),
          new LookAlikes(".", "./"),
          // Ends that file systems cut off, and that parsers trim.
          new LookAlikes("dot", "dot."),
          new LookAlikes("dot", "dot.."),
          new LookAlikes("space", "space "),
          new LookAlikes("space", " space"),
          new LookAlikes("line", "line\n"),
          new LookAlikes("nul", "nul\0"),
          new LookAlikes("a", "a\0b"),
          new LookAlikes("x", "x:stream"),
          // Escapes of every kind, and what they stand for.
          new LookAlikes("%41", "A"),
          new LookAlikes("%2F", "/"),
          new LookAlikes("%2f", "%2F"),
          new LookAlikes("a+b", "a b"),
          new LookAlikes("a%20b", "a b"),
          new LookAlikes("%", "%25"),
          new LookAlikes("\\u0041", "A"),
          new LookAlikes("&amp;", "&"),
          new LookAlikes("userId~8", "userId"),
          new LookAlikes("?", "\ud83d\ude00"),
          new LookAlikes("\ufffd", "?"),
          // Patterns.
          new LookAlikes("a*b", "aZb"),
          new LookAlikes("a?b", "aZb"),
          new LookAlikes("[ab]", "a"),
          new LookAlikes("a_b", "aZb"),
          new LookAlikes("0", "00"),
          // Only the last byte differs.
          new LookAlikes("k".repeat(254) + "1", "k".repeat(254) + "2"),
          new LookAlikes("k".repeat(254), "k".repeat(254) + "/"),
          new LookAlikes("K".repeat(255), "k".repeat(255)));

  private static final List<String> SINGLES =
      List.of(
          "..",
          "...",
          "../../x",
          "/",
          "//",
          "/etc/passwd",
          ".hidden",
          "~",
          "-",
          "--help",
          "CON",
          "con",
          "nul.txt",
          "AUX.json",
          "COM1",
          "LPT\u00b9",
          "C:\\x",
          "\\\\server\\share",
          "x.storage.json",
          ".storage.json",
          ".lock",
          ".jstorage-order",
          "x.tmp",
          "%~",
          "%~key",
          "%zz",
          "namespace:key",
          "{tag}key",
          "{",
          "*",
          "^",
          "[",
          "]",
          "<>|\"?*",
          "'; DROP TABLE entries; --",
          "$(id)",
          "`id`",
          "null",
          "true",
          "-1",
          "1e3",
          "__proto__",
          " ",
          "\t",
          "\n",
          "\r\n",
          "\0",
          "\u0001",
          "\u007f",
          "\u0085",
          "\u00a0",
          "\u2028",
          "\u200b",
          "\ufeff",
          "\u05e9\u05dc\u05d5\u05dd",
          "\u202e",
          "\ue000",
          "\uffff",
          "\udbff\udfff",
          "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
          "\ud835\udd0a",
          "z\u0351\u036b\u0343\u036a\u0302\u036b\u033d",
          "/".repeat(255),
          ".".repeat(255),
          "\0".repeat(255),
          "\u00e9".repeat(127) + "x",
          "\u20ac".repeat(85),
          "\ud83d\ude00".repeat(63) + "xyz");

  private HostileKeys() {}

  /**
   * Two different keys that some medium may confuse.
   *
   * @param one a key
   * @param other another key
   */
  public record LookAlikes(String one, String other) {}

  /**
   * Returns the pairs of keys that are easily taken for one.
   *
   * @return an unmodifiable list of keys of at most 255 bytes
   */
  public static List<LookAlikes> lookAlikes() {
    return LOOK_ALIKES;
  }

  /**
   * Returns all hostile keys that every storage takes.
   *
   * @return an unmodifiable list, without duplicates, of keys of at most 255 bytes
   */
  public static List<String> portable() {
    return upTo(Keys.PORTABLE_BYTES);
  }

  /**
   * Returns all hostile keys that a storage takes, long ones included.
   *
   * @param maxBytes the longest key that it takes, in bytes of UTF-8
   * @return an unmodifiable list without duplicates
   */
  public static List<String> upTo(int maxBytes) {
    Set<String> keys = new LinkedHashSet<>(SINGLES);
    for (LookAlikes pair : LOOK_ALIKES) {
      keys.add(pair.one());
      keys.add(pair.other());
    }
    for (int length = Keys.PORTABLE_BYTES + 1; length <= maxBytes; length += 256) {
      keys.add("k".repeat(length));
      keys.add("K".repeat(length));
    }
    keys.add("k".repeat(maxBytes));
    keys.add("/".repeat(maxBytes));
    keys.add("k".repeat(maxBytes - 1) + "/");
    return List.copyOf(keys);
  }

  /**
   * Returns strings that are not keys: empty, too long, or with an unpaired surrogate.
   *
   * @param maxBytes the longest key that the storage takes, in bytes of UTF-8
   * @return an unmodifiable list
   */
  public static List<String> invalid(int maxBytes) {
    List<String> strings = new ArrayList<>();
    strings.add("");
    strings.add("\ud800");
    strings.add("\udc00");
    strings.add("a\ud83d");
    strings.add("\ude00\ud83d");
    strings.add("a\udc00b");
    strings.add("k".repeat(maxBytes + 1));
    strings.add("\u00e9".repeat(maxBytes / 2 + 1));
    strings.add("k".repeat(Keys.MAX_BYTES + 1));
    strings.add("k".repeat(100_000));
    return List.copyOf(strings);
  }
}
