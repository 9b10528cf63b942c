package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.Storages;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** The messages for the author of a backend when a test of the kit fails. */
class FailureExplainerTest {
  private final Storage<String> storage =
      TracingProxy.storage(Storages.of(new MapByteStore(), Codecs.text()));

  @BeforeEach
  void forget() {
    Trace.ofThread().clear();
  }

  private static String explained(Throwable failure) {
    return String.valueOf(
        FailureExplainer.explained(failure, "something holds.", List.of()).getMessage());
  }

  @Test
  void aFailureSaysThePromiseTheCallsAndTheMethodsToLookAt() {
    storage.put("some\nkey", "v\u0000");
    storage.asMap().put("k", "w");
    storage.contains("some\nkey");
    assertThat(explained(new AssertionError("it was not so")))
        .isEqualTo(
            """
            it was not so

            The promise: something holds.
            The calls before, the last one last:
              put('some\\u{a}key', 'v\\u{0}')
              asMap().put('k', 'w') returned null
              contains('some\\u{a}key') returned true
            Look at: Store.contains; Store.read; Store.write""");
  }

  @Test
  void anExceptionOfTheStorageIsNamedAndKept() {
    Throwable own = catchThrowable(() -> storage.require("absent"));
    AssertionError explained =
        FailureExplainer.explained(own, "something holds.", List.of("Store.x"));
    assertThat(explained).hasCause(own);
    assertThat(explained.getMessage())
        .startsWith("io.jstorage.KeyNotFoundException: ")
        .contains("require('absent') threw KeyNotFoundException: ")
        .endsWith("\nLook at: Store.x");
  }

  @Test
  void toolsStillCompareWhatWasExpected() {
    AssertionError explained =
        FailureExplainer.explained(
            new AssertionFailedError("they differ", "a", "b"), "something holds.", List.of());
    assertThat(explained).isInstanceOf(AssertionFailedError.class);
    AssertionFailedError compared = (AssertionFailedError) explained;
    assertThat(compared.getExpected().getStringRepresentation()).isEqualTo("a");
    assertThat(compared.getActual().getStringRepresentation()).isEqualTo("b");
  }

  @Test
  void aFailureInAnotherThreadShowsTheCallsOfThatThread() {
    storage.put("k", "here");
    try (Race race = new Race(2)) {
      Throwable failure =
          catchThrowable(
              () ->
                  race.run(
                      number -> {
                        storage.put("k", "by " + number);
                        assertThat(number).isZero();
                        return number;
                      }));
      assertThat(explained(failure))
          .startsWith("in thread 1: ")
          .contains("put('k', 'by 1')\nLook at: Store.write")
          .doesNotContain("'here'", "'by 0'");
    }
  }

  @Test
  void theLastCallsOfARaceAreShownToo() {
    try (Race race = new Race(2)) {
      race.run(number -> storage.contains("k" + number));
    }
    assertThat(explained(new AssertionError("it was not so")))
        .contains("thread 0: contains('k0') returned false")
        .contains("thread 1: contains('k1') returned false\nLook at: Store.contains");
  }

  @Test
  void theSeedOfRandomChoicesIsShown() {
    Seed.get();
    assertThat(explained(new AssertionError("it was not so")))
        .contains("\nRandom choices: seed 20260101, set by -Djstorage.testkit.seed=20260101");
  }

  @Test
  void longAndManyArgumentsAreCut() {
    storage.put("k", "x".repeat(1_000));
    storage.getAll(Collections.nCopies(100, "k"));
    assertThat(explained(new AssertionError("it was not so")))
        .contains("x'...'xxxxxxxxxxxxxxxxxxxx' (1000 characters)")
        .contains("'k', ... (100 in all)])")
        .hasSizeLessThan(2_000);
  }

  @Test
  void theLastCallsOnlyAreKept() {
    for (int i = 0; i < 1_000; i++) {
      storage.contains("k" + i);
    }
    assertThat(explained(new AssertionError("it was not so")))
        .contains("'k999'", "'k980'")
        .doesNotContain("'k979'");
  }

  /** The failure may be that of a storage that cannot be asked any more. */
  @Test
  void nothingIsAskedAgainInOrderToShowIt() {
    Storage<String> own = Storages.of(new MapByteStore(), Codecs.text());
    Storage<String> traced = TracingProxy.storage(own);
    traced.put("k", "v");
    assertThat(traced.asMap().keySet()).isNotNull();
    assertThat(traced.asMap()).isEqualTo(traced.asMap());
    traced.close();
    assertThat(explained(new AssertionError("it was not so")))
        .contains("asMap().keySet() returned a view", "asMap().equals(a map) returned true");
  }

  @Test
  void aListingShowsItsKeys() {
    storage.put("a", "1");
    storage.put("b", "1");
    Calls.keysOf(storage);
    assertThat(explained(new AssertionError("it was not so")))
        .contains("keys() returned ['a', 'b']\nLook at: Store.keys; Store.write");
  }
}
