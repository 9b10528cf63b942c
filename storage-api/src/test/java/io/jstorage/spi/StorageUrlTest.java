package io.jstorage.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageUrlTest {
  private static final Option<?> PATH = Option.path("path");

  private static void assertMalformed(ThrowingCallable parsing, String reason) {
    assertThatThrownBy(parsing)
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void hasSchemeAuthorityPathAndQuery() {
    StorageUrl url = StorageUrl.parse("redis://user:p%40ss@[::1]:6379/0?a=b");
    assertThat(url.scheme()).isEqualTo("redis");
    assertThat(url.userInfo()).contains("user:p%40ss");
    assertThat(url.host()).contains("[::1]");
    assertThat(url.port()).hasValue(6379);
    assertThat(url.path()).isEqualTo("/0");
    assertThat(url.query()).isEqualTo(Map.of("a", "b"));
  }

  @Test
  void nothingButTheSchemeIsNeeded() {
    StorageUrl url = StorageUrl.parse("LRU:");
    assertThat(url.scheme()).isEqualTo("lru");
    assertThat(url.userInfo()).isEmpty();
    assertThat(url.host()).isEmpty();
    assertThat(url.port()).isEmpty();
    assertThat(url.path()).isEmpty();
    assertThat(url.query()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "json:C:\\x, C:\\x",
    "json:/var/cache, /var/cache",
    "json:relative/dir, relative/dir",
    "json:///var/cache, /var/cache",
    "json:/a+b#c, /a+b#c",
    "json:/a%20b%2Fc%25, '/a b/c%'",
    "json:/%C3%a9%F0%9F%98%80, /é\uD83D\uDE00",
    "json:/a%3Fb, /a?b",
    "s3://bucket, ''",
    "s3://bucket/folder/, /folder/"
  })
  void pathsAreDecodedAfterTheUrlIsSplit(String url, String path) {
    assertThat(StorageUrl.parse(url).path()).isEqualTo(path);
  }

  @Test
  void parametersAreDecodedAfterTheQueryIsSplitAndKeepTheirOrder() {
    Map<String, String> query = StorageUrl.parse("x:?b=1%262&a=%3D=+&empty=&&q=a?b").query();
    assertThat(query)
        .containsExactly(
            Map.entry("b", "1&2"),
            Map.entry("a", "==+"),
            Map.entry("empty", ""),
            Map.entry("q", "a?b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "/var/cache", ":x", "1x:", "a b:", "redis//u:p@h", "é:", "%41:"})
  void aUrlBeginsWithAScheme(String url) {
    assertMalformed(() -> StorageUrl.parse(url), "no scheme");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x:%", "x:%4", "x:%zz", "x:%-1", "x:a%4", "x:?a=%", "x:?%4=b", "x://h%"})
  void anEscapeHasTwoHexadecimalDigits(String url) {
    assertMalformed(() -> StorageUrl.parse(url).host(), "two hexadecimal digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x:%ff", "x:%C3", "x:%ED%A0%BD", "x:%C0%80"})
  void escapesAreUtf8(String url) {
    assertMalformed(() -> StorageUrl.parse(url), "not UTF-8");
  }

  @Test
  void anUnpairedSurrogateIsNotReplaced() {
    assertThat(StorageUrl.parse("x:/\uD83D%20").path()).isEqualTo("/\uD83D ");
    assertThat(StorageUrl.parse("x:/\uD83D").path()).isEqualTo("/\uD83D");
  }

  @Test
  void aParameterHasANameAndIsGivenOnce() {
    assertMalformed(() -> StorageUrl.parse("x:?secret"), "name=value");
    assertMalformed(() -> StorageUrl.parse("x:?=secret"), "name=value");
    assertMalformed(() -> StorageUrl.parse("x:?a%0A=1&a%0a=2"), "'a\\u{a}' is given twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x://h:0", "x://h:65536", "x://h:99999"})
  void aPortIsFrom1To65535(String url) {
    assertMalformed(() -> StorageUrl.parse(url).port(), "1 to 65535");
    assertThat(StorageUrl.parse("x://h:1").port()).hasValue(1);
    assertThat(StorageUrl.parse("x://h:65535").port()).hasValue(65_535);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x://h:",
        "x://h:a",
        "x://h:1:2",
        "x://::1",
        "x://[::1",
        "x://h:-1",
        "x://h:100000"
      })
  void invalidHostsAndPortsAreRefused(String url) {
    assertMalformed(() -> StorageUrl.parse(url).host(), "host:port");
    assertMalformed(() -> StorageUrl.parse(url).port(), "host:port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis://u:secret", "redis://u:se/cret@h", "redis://u:se?cret@h"})
  void aPasswordThatIsNotEscapedIsRefused(String url) {
    assertMalformed(() -> StorageUrl.parse(url), "malformed");
  }

  @Test
  void aParametersNameHasNoAtSign() {
    assertMalformed(() -> StorageUrl.parse("redis://u:1?secret@h?a=b"), "'?' is written %3F");
    assertThat(StorageUrl.parse("x:?a=b@c").query()).containsEntry("a", "b@c");
  }

  @Test
  void userInformationEndsAtTheLastAtSign() {
    StorageUrl url = StorageUrl.parse("redis://user:p@ss@host");
    assertThat(url.userInfo()).contains("user:p@ss");
    assertThat(url.host()).contains("host");
    assertThat(StorageUrl.parse("redis://:secret@host").userInfo()).contains(":secret");
  }

  @Test
  void aHostIsDecoded() {
    assertThat(StorageUrl.parse("s3://a%3Ab/").host()).contains("a:b");
  }

  @Test
  void theQueryAndThePathBecomeOptions() {
    assertThat(StorageUrl.parse("json:/var/x?suffix=.s").toOptions(Set.of(PATH)))
        .isEqualTo(StorageOptions.of("suffix", ".s", "path", "/var/x"));
    assertThat(StorageUrl.parse("lru:?limit=5").toOptions(Set.of()))
        .isEqualTo(StorageOptions.of("limit", "5"));
  }

  @Test
  void urlPartsThatFitNoOptionAreRefused() {
    assertMalformed(() -> StorageUrl.parse("lru:/x").toOptions(Set.of()), "takes no path");
    assertMalformed(() -> StorageUrl.parse("json://x").toOptions(Set.of(PATH)), "on no server");
    assertMalformed(
        () -> StorageUrl.parse("json:/x?path=/y").toOptions(Set.of(PATH)), "given twice");
  }

  @ParameterizedTest
  @CsvSource({
    "redis://u:secret@h:1/0?password=secret&a=secret, redis://***@h:1/0?password=***&a=***",
    "redis://u:1/secret@h:1/0, redis:***",
    "redis://u:1?secret=secret@h:1/0, redis:***",
    "redis://u:secret@h/secret@h, redis:***",
    "redis:u:secret@h:1/0, redis:***",
    "redis:/u:se/secret@h, redis:***",
    "s3://bucket/folder/?region=secret, s3://bucket/folder/?region=***",
    "json:/var/cache, json:/var/cache",
    "lru:, lru:"
  })
  void showsNeitherUserInformationNorValues(String url, String shown) {
    assertThat(StorageUrl.parse(url)).hasToString(shown);
  }

  /** No input, however malformed, makes a message show a secret. */
  @Test
  void noMessageShowsUserInformationOrValues() {
    Random random = new Random(1);
    String[] junk = {
      "", "%", "%zz", "%ff", "/", "//", "?", "&", "=", ":", "@", "[", "]", "#", "é", "\n", "\uD83D",
      "0"
    };
    String[] slashes = {"", "/", "//", "///"};
    String[] secrets = {"s3cret", "1"};
    for (int i = 0; i < 50_000; i++) {
      StringBuilder url = new StringBuilder("redis:").append(any(slashes, random)).append("u:");
      url.append(any(secrets, random))
          .append(any(junk, random))
          .append("s3cret@")
          .append(any(junk, random));
      url.append("host").append(any(junk, random)).append(":1").append(any(junk, random));
      url.append("/0?a=s3cret").append(any(junk, random)).append("&b=").append(any(junk, random));
      url.append("s3cret");
      StringBuilder shown = new StringBuilder();
      try {
        StorageUrl parsed = StorageUrl.parse(url.toString());
        shown.append(parsed);
        parsed.host();
        parsed.port();
        parsed.toOptions(Set.of(PATH));
      } catch (InvalidOptionException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
          shown.append(t.getMessage());
        }
      }
      assertThat(shown.toString()).as(url.toString()).isNotEmpty().doesNotContain("s3cret");
    }
  }

  private static String any(String[] choices, Random random) {
    return choices[random.nextInt(choices.length)];
  }
}
