package io.jstorage.testkit;

import static io.jstorage.testkit.Call.Kind.CONTAINS;
import static io.jstorage.testkit.Call.Kind.GET;
import static io.jstorage.testkit.Call.Kind.PUT;
import static io.jstorage.testkit.Call.Kind.PUT_IF_ABSENT;
import static io.jstorage.testkit.Call.Kind.REMOVE;
import static io.jstorage.testkit.Call.Kind.REMOVE_VERSION;
import static io.jstorage.testkit.Call.Kind.REPLACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.Storages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The judge of histories, judged by histories of which it is plain what they are. */
class LinearizabilityTest {
  private static final List<Call.Kind> KINDS = List.of(Call.Kind.values());

  private static Call call(Call.Kind kind, @Nullable Object answer, long begin, long end) {
    return new Call(kind, "k", null, null, answer, begin, end);
  }

  private static Call put(String value, long begin, long end) {
    return new Call(PUT, "k", value, null, null, begin, end);
  }

  private static Call replace(String expected, String value, boolean done, long begin, long end) {
    return new Call(REPLACE, "k", value, expected, done, begin, end);
  }

  private static Optional<String> violation(Call... calls) {
    List<Call> history = new ArrayList<>(Arrays.asList(calls));
    Optional<String> violation = Linearizability.violation(history);
    Collections.reverse(history);
    assertThat(Linearizability.violation(history).isPresent()).isEqualTo(violation.isPresent());
    return violation;
  }

  @Test
  void anEmptyHistoryIsFine() {
    assertThat(violation()).isEmpty();
  }

  @Test
  void callsAfterAChangeMustSeeIt() {
    assertThat(violation(call(GET, null, 0, 1), put("a", 2, 3), call(GET, "a", 4, 5))).isEmpty();
    assertThat(violation(put("a", 0, 1), call(GET, null, 2, 3))).isPresent();
    assertThat(violation(put("a", 0, 1), put("b", 2, 3), call(GET, "a", 4, 5))).isPresent();
    assertThat(violation(put("a", 0, 1), call(REMOVE, true, 2, 3), call(CONTAINS, true, 4, 5)))
        .isPresent();
  }

  @Test
  void overlappingChangesMayBeSeenOrNot() {
    assertThat(violation(put("a", 0, 5), call(GET, null, 1, 2), call(GET, "a", 3, 4))).isEmpty();
    assertThat(violation(put("a", 0, 3), put("b", 1, 2), call(GET, "a", 4, 5))).isEmpty();
    assertThat(violation(put("a", 0, 3), put("b", 1, 2), call(GET, "b", 4, 5))).isEmpty();
  }

  @Test
  void aChangeThatWasSeenStays() {
    assertThat(violation(put("a", 0, 5), call(GET, "a", 1, 2), call(GET, null, 3, 4))).isPresent();
  }

  @Test
  void twoCannotWin() {
    Call one = new Call(PUT_IF_ABSENT, "k", "a", null, true, 0, 2);
    assertThat(violation(one, new Call(PUT_IF_ABSENT, "k", "b", null, false, 1, 3))).isEmpty();
    assertThat(violation(one, new Call(PUT_IF_ABSENT, "k", "b", null, true, 1, 3))).isPresent();
    assertThat(
            violation(put("a", 0, 1), replace("a", "b", true, 2, 4), replace("a", "c", true, 3, 5)))
        .isPresent();
    assertThat(violation(put("a", 0, 1), call(REMOVE, true, 2, 4), call(REMOVE, true, 3, 5)))
        .isPresent();
  }

  @Test
  void aValueRemovedByVersionExisted() {
    Call removed = new Call(REMOVE_VERSION, "k", null, "a", true, 4, 5);
    assertThat(violation(put("a", 0, 1), removed, call(GET, null, 6, 7))).isEmpty();
    assertThat(violation(put("a", 0, 1), put("b", 2, 3), removed)).isPresent();
  }

  @Test
  void aLostUpdateIsFound() {
    assertThat(
            violation(
                put("0", 0, 1),
                replace("0", "1", true, 2, 5),
                put("2", 3, 4),
                call(GET, "1", 6, 7)))
        .as("replace before put, and put undone")
        .isPresent();
  }

  @Test
  void anUnknownOutcomeIsOneOrTheOtherButNotBoth() {
    Call unknown = new Call(PUT, "k", "a", null, null, 0, Call.NEVER);
    assertThat(violation(unknown, call(GET, null, 1, 2), call(GET, "a", 3, 4))).isEmpty();
    assertThat(violation(unknown, call(GET, null, 1, 2), call(GET, null, 3, 4))).isEmpty();
    assertThat(violation(unknown, call(GET, "a", 1, 2), call(GET, null, 3, 4))).isPresent();
    assertThat(violation(call(GET, "a", 0, 1), new Call(PUT, "k", "a", null, null, 2, Call.NEVER)))
        .as("seen before it was called")
        .isPresent();
  }

  @Test
  void keysAreJudgedByThemselves() {
    Call other = new Call(GET, "other", null, null, "a", 2, 3);
    assertThat(violation(put("a", 0, 1), other))
        .get()
        .asString()
        .contains("of other")
        .contains("2-3 GET: a");
  }

  /** Ten thousand calls of a register that one lock guards, as eight threads would make them. */
  private static List<Call> rightAnswers(int unknownOneIn) {
    SplittableRandom random = new SplittableRandom(1);
    List<Call> history = new ArrayList<>();
    String state = null;
    for (int moment = 0; moment < 10_000; moment++) {
      Call.Kind kind = KINDS.get(random.nextInt(KINDS.size()));
      long begin = 10L * moment - random.nextInt(40);
      long end = random.nextInt(unknownOneIn) == 0 ? Call.NEVER : 10L * moment + random.nextInt(40);
      Call asked = new Call(kind, "k", "v" + moment, state, null, begin, end);
      history.add(
          new Call(
              kind, "k", asked.value(), asked.expected(), kind.answer(asked, state), begin, end));
      state = asked.after(state);
    }
    return history;
  }

  @Test
  @Timeout(100)
  void ofTenThousandRightAnswersNoneIsRefused() {
    assertThat(Linearizability.violation(rightAnswers(Integer.MAX_VALUE))).isEmpty();
    assertThat(Linearizability.violation(rightAnswers(500))).as("some unknown").isEmpty();
  }

  @Test
  @Timeout(100)
  void oneWrongAnswerAmongTenThousandIsFound() {
    List<Call> history = rightAnswers(Integer.MAX_VALUE);
    history.add(call(GET, "v3", 50_000, 50_001));
    assertThat(Linearizability.violation(history)).isPresent();
  }

  @Test
  void aStorageWithoutConditionsIsTriedWithoutThem() {
    try (Storage<String> storage = Storages.of(new MapByteStore(), Codecs.text())) {
      History history = History.record(storage, 800, 2, 1);
      history.assertLinearizable();
      assertThat(history.answered()).isEqualTo(800);
    }
  }
}
