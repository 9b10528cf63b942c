package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListedTest {
  @Test
  void correctListingsPass() {
    assertThatCode(
            () -> {
              Listed.exactly(List.of("a", "b"), List.of("b", "a"));
              Listed.atLeast(List.of("a"), List.of("b", "a"));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void onlyTheDifferencesAreNamed() {
    assertThatThrownBy(() -> Listed.exactly(List.of("a", "b", "c\n"), List.of("a", "a", "b", "x")))
        .hasMessage(
            "of 3 keys that exist, 1 are not listed: ['c\\u{a}'];"
                + " 1 are listed that do not exist: ['x'];"
                + " 1 are listed more than once: ['a']");
    assertThatThrownBy(() -> Listed.atLeast(List.of("a", "b"), List.of("a", "x")))
        .hasMessageContaining("1 are not listed: ['b']; 0 are listed that do not exist: []");
  }
}
