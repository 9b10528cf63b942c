package io.jstorage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidOptionException;
import io.jstorage.spi.Keys;
import io.jstorage.testkit.FuzzedKeys;
import io.jstorage.testkit.HostileKeys;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectNamesTest {
  private final ObjectNames names = new ObjectNames("some/folder");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "key|key",
        "a/b/c.json|a/b/c.json",
        "Ünïcödé 日本 +&?#=~|Ünïcödé 日本 +&?#=~",
        "a//b|a/%2Fb",
        "a///b|a/%2F/b",
        "/a|%2Fa",
        "//|%2F%2F",
        "///|%2F/%2F",
        "a/|a%2F",
        ".|%2E",
        "..|%2E%2E",
        "...|..%2E",
        "./x|%2E/x",
        "../x|%2E./x",
        "a/./b|a/%2E/b",
        "a/../b|a/%2E./b",
        "a/..|a/%2E%2E",
        "a/..b|a/..b",
        ".hidden|.hidden",
        "a.|a%2E",
        "a b|a b",
        " a |%20a%20",
        "a/ b|a/ b",
        "100%|100%25",
        "%2F|%252F",
      })
  void onlyCharactersThatServersMistakeAreEscaped(String key, String name) {
    assertThat(names.nameOf(key)).isEqualTo("some/folder/" + name);
    assertThat(names.keyOf("some/folder/" + name)).isEqualTo(key);
  }

  @Test
  void charactersThatXmlCannotHoldAreEscaped() {
    assertThat(new ObjectNames("").nameOf("\0\t\r\n\u001f\u007f\u0085\ufffe\uffffx"))
        .isEqualTo("%00%09%0D%0A%1F%7F%C2%85%EF%BF%BE%EF%BF%BFx");
  }

  @Test
  void everyHostileKeyHasANameOfItsOwnThatS3Takes() {
    Map<String, String> keys = new HashMap<>();
    for (String key : HostileKeys.upTo(names.maxKeyBytes())) {
      String name = names.nameOf(key);
      assertThat(keys.put(name, key)).as(name).isNull();
      assertThat(names.keyOf(name)).isEqualTo(key);
      assertSafe(name);
    }
  }

  @Test
  void anyOfManyKeysComesBackFromItsName() {
    Random random = new Random(42);
    Set<String> known = new HashSet<>();
    for (String key : FuzzedKeys.of(20_000, names.maxKeyBytes(), 42)) {
      String name = names.nameOf(key);
      int cut = random.nextInt(key.length() + 1);
      if (!key.equals(names.keyOf(name))
          || !known.add(name)
          || !name.startsWith(String.valueOf(names.startOf(key.substring(0, cut))))) {
        throw new AssertionError("%s is called %s".formatted(Keys.display(key), name));
      }
      if (known.size() % 10 == 0) {
        assertSafe(name);
      }
    }
  }

  private static void assertSafe(String name) {
    assertThat(name).startsWith("some/folder/").doesNotContain("//").doesNotEndWith("/");
    assertThat(name.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(1024);
    assertThat(List.of(name.split("/"))).doesNotContain(".", "..");
    assertThat(name.codePoints())
        .noneMatch(c -> Character.isISOControl(c) || c == 0xFFFE || c == 0xFFFF);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "some/folder",
        "some/folder/",
        "some/folderx/key",
        "other",
        "some/folder/%",
        "some/folder/%2",
        "some/folder/%2f",
        "some/folder/%41",
        "some/folder/a/",
        "some/folder/a//b",
        "some/folder//a",
        "some/folder/./a",
        "some/folder/%C3",
        "some/folder/%~jstorage",
        "some/folder/a%2Fb",
        "some/folder/a b ",
        "some/folder/%00%"
      })
  void aNameThatIsNoKeysIsAStrangers(String name) {
    assertThat(names.keyOf(name)).isNull();
  }

  @Test
  void aNameOfAnOverlongKeyIsAStrangers() {
    String longest = "k".repeat(names.maxKeyBytes());
    assertThat(names.keyOf("some/folder/" + longest)).isEqualTo(longest);
    assertThat(names.keyOf("some/folder/" + longest + "k")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"'',''", "a,a/", "a/,a/", "a/b,a/b/", "50%,50%/", "über,über/"})
  void theFolderEndsInASlash(String folder, String prefix) {
    assertThat(new ObjectNames(folder).prefix()).isEqualTo(prefix);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a", "a//b", "a//", ".", "a/../b", "a/.", "a\nb", " a", "a ", "a."})
  void aFolderThatServersMistakeIsRefused(String folder) {
    assertThatThrownBy(() -> new ObjectNames(folder))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'folder'");
  }

  @Test
  void theFolderLeavesRoomForEveryPortableKey() {
    assertThat(new ObjectNames("").maxKeyBytes()).isEqualTo(341);
    assertThat(new ObjectNames("f".repeat(258)).maxKeyBytes()).isEqualTo(255);
    assertThatThrownBy(() -> new ObjectNames("f".repeat(259)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("765", "1024");
  }

  @Test
  void aPrefixThatNoKeyHasStartsNoNames() {
    assertThat(names.startOf("\ud800x")).isNull();
    assertThat(names.startOf("k".repeat(names.maxKeyBytes() + 1))).isNull();
    assertThat(names.startOf("a\ud83d")).isEqualTo("some/folder/a");
    assertThat(names.startOf("a/.")).isEqualTo("some/folder/a");
    assertThat(names.startOf("")).isEqualTo("some/folder/");
  }
}
