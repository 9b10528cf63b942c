package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jstorage.testkit.FuzzedKeys;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
  private final FileNames names = new FileNames(".storage.json");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "some_key,some_key",
        "a.b-c_9,a.b-c_9",
        "userId,userId~x2",
        "ABC,ABC~x7",
        "Zebra,Zebra~x10",
        ".hidden,%2ehidden",
        "..,%2e%2e",
        "a..b,a..b",
        "dot.,dot%2e",
        "space ,space%20",
        "a/b,a%2fb",
        "a\\b,a%5cb",
        "~,%7e",
        "a~x1,a%7ex1",
        "100%,100%25",
        "%61,%2561",
        "con,%63on",
        "CON,%43ON~x3",
        "nul.txt,%6eul.txt",
        "com1.a.b,%63om1.a.b",
        "console,console",
        "com,com",
        "é,%c3%a9",
        "e\u0301,e%cc%81",
        "\ud83d\ude00,%f0%9f%98%80",
      })
  void aKeyHasOneName(String key, String stem) {
    assertThat(names.nameOf(key)).isEqualTo(stem + ".storage.json");
    assertThat(names.keyOf(stem + ".storage.json")).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".storage.json",
        "a.json",
        "a.storage.json.bak",
        "a b.storage.json",
        "A.storage.json",
        "a~x0.storage.json",
        "a~x1.storage.json",
        "A~x01.storage.json",
        "A~X1.storage.json",
        "A~1.storage.json",
        "A~x2.storage.json",
        "%41.storage.json",
        "%61.storage.json",
        "%2F.storage.json",
        "%2.storage.json",
        "%.storage.json",
        "%zz.storage.json",
        "%ff.storage.json",
        "%ed%a0%80.storage.json",
        "con.storage.json",
        ".a.storage.json",
        "a..storage.json",
        "é.storage.json",
        ".jstorage.lock",
        ".jstorage-0000000000000000-0000000000000000.tmp"
      })
  void aNameThatNoKeyHasIsForeign(String name) {
    assertThat(names.keyOf(name)).isNull();
  }

  @Test
  void aLongKeyIsNamedByItsHash() {
    String longest = "k".repeat(255 - ".storage.json".length());
    assertThat(names.nameOf(longest)).isEqualTo(longest + ".storage.json");

    String name = names.nameOf(longest + "k");
    assertThat(name).matches("%~[0-9a-f]{64}\\.storage\\.json");
    assertThat(names.isHashed(name)).isTrue();
    assertThat(names.isHashed(names.nameOf(longest))).isFalse();
    assertThat(names.keyOf(name)).isNull();
    assertThat(names.keyOf(name, (longest + "k").getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(longest + "k");
    assertThat(names.hashedNameOfKeyFile(FileNames.keyFileOf(name))).isEqualTo(name);
  }

  @Test
  void aKeyFileCountsOnlyForTheNameOfItsHash() {
    String name = names.nameOf("k".repeat(300));
    for (String content : List.of("", "short", "K".repeat(300), "k".repeat(301))) {
      assertThat(names.keyOf(name, content.getBytes(StandardCharsets.UTF_8))).isNull();
    }
    assertThat(names.keyOf(name, new byte[] {(byte) 0xff})).isNull();
    assertThat(names.hashedNameOfKeyFile(name)).isNull();
    assertThat(names.hashedNameOfKeyFile("a.storage.json.key")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {".a", ".storage.json", ".txt", ".ser.gz", ".a-b_c.d1"})
  void aSuffixIsADotAndPlainCharacters(String suffix) {
    assertThat(FileNames.isSuffix(suffix)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "json",
        "/x",
        ".a/b",
        ".a\\b",
        ".JSON",
        ".é",
        ".a.",
        ".a ",
        ".a~b",
        ".%20",
        ".a.key",
        ".key",
        ".a\n",
        ".\u0000a"
      })
  void anythingElseIsNoSuffix(String suffix) {
    assertThat(FileNames.isSuffix(suffix)).isFalse();
  }

  @Test
  void aSuffixHasAtMost64Characters() {
    assertThat(FileNames.isSuffix("." + "a".repeat(63))).isTrue();
    assertThat(FileNames.isSuffix("." + "a".repeat(64))).isFalse();
  }

  @Test
  void namesManyKeysDistinctlyEvenWhereCaseIsNotDistinguished() {
    FileNames[] stores = {names, new FileNames(".s"), new FileNames("." + "x".repeat(63))};
    for (FileNames store : stores) {
      Map<String, String> keysByFoldedName = new HashMap<>();
      for (String key : FuzzedKeys.of(store == names ? 20_000 : 5_000, 1024, 42)) {
        String name = store.nameOf(key);
        String other = keysByFoldedName.put(name.toLowerCase(Locale.ROOT), key);
        assertTrue(other == null, () -> "one name for '" + key + "' and '" + other + "'");
        assertPortable(name);
        String back = store.keyOf(name);
        if (store.isHashed(name)) {
          assertPortable(FileNames.keyFileOf(name));
          assertTrue(back == null, () -> "a hash spells '" + back + "'");
          assertTrue(
              key.equals(store.keyOf(name, key.getBytes(StandardCharsets.UTF_8))), () -> key);
        } else {
          assertTrue(key.equals(back), () -> key + " became " + back);
        }
      }
    }
  }

  /** ASCII, which no normalisation changes, and nothing that leads out of a directory. */
  private static void assertPortable(String name) {
    if (name.length() > 255) {
      throw new AssertionError("too long: " + name);
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 0x7f || "/\\:*?\"<>|".indexOf(c) >= 0) {
        throw new AssertionError("not portable: " + name);
      }
    }
    if (name.startsWith(".")) {
      throw new AssertionError("hidden: " + name);
    }
  }
}
