package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageRepresentationTest {
  /** No two texts of the hostile keys are shown alike, so that a message tells which it is. */
  @Test
  void everyHostileKeyIsShownInPrintableAsciiOnOneLine() {
    List<String> keys =
        HostileKeys.lookAlikes().stream().map(HostileKeys.LookAlikes::other).toList();
    assertThat(keys.stream().map(MessageRepresentation::text).distinct())
        .hasSameSizeAs(keys.stream().distinct().toList());
    assertThat(HostileKeys.upTo(1024))
        .allMatch(key -> MessageRepresentation.text(key).matches("'[ -~]*"));
  }

  @Test
  void quotesAndBackslashesCannotPretendToBeEscapes() {
    assertThat(MessageRepresentation.text("\\u{0}")).isEqualTo("'\\\\u{0}'");
    assertThat(MessageRepresentation.text("\0")).isEqualTo("'\\u{0}'");
    assertThat(MessageRepresentation.text("', 'b")).isEqualTo("'\\', \\'b'");
  }

  @Test
  void argumentsOfEveryKindAreShownShortly() {
    assertThat(MessageRepresentation.argument(null)).isEqualTo("null");
    assertThat(MessageRepresentation.argument(Optional.empty())).isEqualTo("empty");
    assertThat(MessageRepresentation.argument(Optional.of("v"))).isEqualTo("'v'");
    assertThat(MessageRepresentation.argument(new byte[] {1, -1})).isEqualTo("[1, -1]");
    assertThat(MessageRepresentation.argument(new byte[1_000])).endsWith("... (1000 bytes)");
    assertThat(MessageRepresentation.argument(Map.of("k", 1))).isEqualTo("['k'=1]");
    Runnable lambda = () -> {};
    assertThat(MessageRepresentation.argument(lambda)).isEqualTo("a MessageRepresentationTest");
    assertThat(MessageRepresentation.argument(new Object())).isEqualTo("a Object");
    assertThat(MessageRepresentation.argument(new IllegalStateException("a\nb")))
        .isEqualTo("IllegalStateException: a\\u{a}b");
  }

  @Test
  void cyclesAreCut() {
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    assertThat(MessageRepresentation.argument(itself)).isEqualTo("[[[[[[...]]]]]]");
  }

  @Test
  void objectsThatDifferThoughTheyLookAlikeAreSaidTo() {
    assertThat(MessageRepresentation.difference(1, 2)).isEqualTo("1 comes back as 2");
    assertThat(MessageRepresentation.difference(1, 1L))
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
