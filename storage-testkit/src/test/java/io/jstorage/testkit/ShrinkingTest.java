package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.testkit.Choices.Maker;
import io.jstorage.testkit.Shrinking.Made;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Shrinks histories that are never run: a condition on their texts stands for the flaw. */
class ShrinkingTest {
  private static final Operation.Step NONE = run -> {};
  private static final List<String> LETTERS = List.of("a", "b", "c", "d");

  private static final Maker<Operation> MAKER =
      choices ->
          switch (choices.oneOf(List.of("one", "two", "all"))) {
            case "one" -> Operation.of("one", NONE, choices.oneOf(LETTERS));
            case "two" -> Operation.of("two", NONE, choices.oneOf(LETTERS), choices.oneOf(LETTERS));
            default -> Operation.of("all", NONE, choices.listOf(LETTERS, 4));
          };

  private static List<Made> random(Random random, int length) {
    return IntStream.range(0, length).mapToObj(i -> Made.of(MAKER, Choices.of(random))).toList();
  }

  private static List<String> texts(List<Operation> history) {
    return history.stream().map(Operation::text).toList();
  }

  /** Looks for a long history that shows the flaw, and returns what it is shrunk to. */
  private static List<String> shortest(Predicate<List<String>> flaw) {
    Predicate<List<Operation>> differs = history -> flaw.test(texts(history));
    Random random = new Random(1);
    List<Made> found = random(random, 60);
    while (!differs.test(Shrinking.operations(found))) {
      found = random(random, 60);
    }
    return texts(Shrinking.of(MAKER, differs, found));
  }

  private static int count(List<String> history, String start) {
    return (int) history.stream().filter(text -> text.startsWith(start)).count();
  }

  @Test
  void operationsThatAreNotNeededAreLeftOut() {
    assertThat(shortest(history -> count(history, "all") > 2))
        .containsExactly("all([])", "all([])", "all([])");
    assertThat(shortest(history -> count(history, "two") > 0 && count(history, "all") > 0))
        .containsExactlyInAnyOrder("two('a', 'a')", "all([])");
  }

  @Test
  void theSimplestOperationIsTaken() {
    assertThat(shortest(history -> history.size() > 3))
        .containsExactly("one('a')", "one('a')", "one('a')", "one('a')");
    assertThat(shortest(history -> history.toString().contains("'b'"))).containsExactly("one('b')");
  }

  /** Neither operation can be changed alone, as both together show the flaw. */
  @Test
  void sharedArgumentsAreSimplifiedInAllOperations() {
    assertThat(
            shortest(
                history ->
                    LETTERS.stream()
                        .anyMatch(
                            letter ->
                                history.contains("one('" + letter + "')")
                                    && history.contains(
                                        "two('" + letter + "', '" + letter + "')"))))
        .containsExactlyInAnyOrder("one('a')", "two('a', 'a')");
  }

  @Test
  void anyElementOfAListIsLeftOut() {
    assertThat(shortest(history -> history.stream().anyMatch(t -> t.matches("all.*'d'.*'b'.*"))))
        .containsExactly("all(['d', 'b'])");
  }

  @Test
  void aMinimalHistoryStaysAsItIs() {
    List<Made> found = List.of(Made.of(MAKER, Choices.again(List.of())));
    assertThat(Shrinking.of(MAKER, history -> !history.isEmpty(), found))
        .containsExactly(found.get(0).operation());
  }

  /** The search ends even if the flaw shows only by chance. */
  @Test
  void aFlawThatComesAndGoesComesToAnEnd() {
    Random chance = new Random(1);
    List<Integer> sizes = new ArrayList<>();
    Shrinking.of(
        MAKER,
        history -> {
          sizes.add(history.size());
          return chance.nextInt(50) == 0;
        },
        random(chance, 200));
    assertThat(sizes).hasSizeBetween(100, 5_000);
  }

  /** On a storage that takes seconds for an operation, thousands of runs would take days. */
  @Test
  void onceTheTimeIsOverNothingIsTried() {
    List<Made> found = random(new Random(1), 60);
    Predicate<List<Operation>> never =
        history -> {
          throw new AssertionError("a run after the end");
        };
    assertThat(Shrinking.of(MAKER, never, found, Duration.ZERO))
        .isEqualTo(Shrinking.operations(found));
  }

  @Test
  void theSameChoicesMakeTheSameAgain() {
    for (Made made : random(new Random(2), 500)) {
      Made again = Made.of(MAKER, Choices.again(made.choices()));
      assertThat(again.operation().text()).isEqualTo(made.operation().text());
      assertThat(again.choices()).isEqualTo(made.choices());
    }
  }
}
