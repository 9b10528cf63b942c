package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShownTest {
  /** No two texts of the hostile keys are shown alike, so that a message tells which it is. */
  @Test
  void everyHostileKeyIsShownInPrintableAsciiOnOneLine() {
    List<String> keys =
        HostileKeys.lookAlikes().stream().map(HostileKeys.LookAlikes::other).toList();
    assertThat(keys.stream().map(Shown::text).distinct())
        .hasSameSizeAs(keys.stream().distinct().toList());
    assertThat(HostileKeys.upTo(1024)).allMatch(key -> Shown.text(key).matches("'[ -~]*"));
  }

  @Test
  void quotesAndBackslashesCannotPretendToBeEscapes() {
    assertThat(Shown.text("\\u{0}")).isEqualTo("'\\\\u{0}'");
    assertThat(Shown.text("\0")).isEqualTo("'\\u{0}'");
    assertThat(Shown.text("', 'b")).isEqualTo("'\\', \\'b'");
  }

  @Test
  void argumentsOfEveryKindAreShownShortly() {
    assertThat(Shown.argument(null)).isEqualTo("null");
    assertThat(Shown.argument(Optional.empty())).isEqualTo("empty");
    assertThat(Shown.argument(Optional.of("v"))).isEqualTo("'v'");
    assertThat(Shown.argument(new byte[] {1, -1})).isEqualTo("[1, -1]");
    assertThat(Shown.argument(new byte[1_000])).endsWith("... (1000 bytes)");
    assertThat(Shown.argument(Map.of("k", 1))).isEqualTo("['k'=1]");
    Runnable lambda = () -> {};
    assertThat(Shown.argument(lambda)).isEqualTo("a ShownTest");
    assertThat(Shown.argument(new Object())).isEqualTo("a Object");
    assertThat(Shown.argument(new IllegalStateException("a\nb")))
        .isEqualTo("IllegalStateException: a\\u{a}b");
  }

  @Test
  void cyclesAreCut() {
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    assertThat(Shown.argument(itself)).isEqualTo("[[[[[[...]]]]]]");
  }

  @Test
  void objectsThatDifferThoughTheyLookAlikeAreSaidTo() {
    assertThat(Shown.difference(1, 2)).isEqualTo("1 comes back as 2");
    assertThat(Shown.difference(1, 1L))
        .isEqualTo("1 comes back as 1, which is of another type and not equal");
  }

  @Test
  void assertionsShowTextInTheSameWay() {
    assertThatThrownBy(() -> Checks.assertThat(Optional.of("\0")).contains("e\u0301"))
        .hasMessageContainingAll("Optional['\\u{0}']", "'e\\u{301}'");
    assertThatThrownBy(() -> Checks.assertThat(List.of("\n")).contains("\u202e"))
        .hasMessageContainingAll("'\\u{a}'", "'\\u{202e}'");
  }
}
