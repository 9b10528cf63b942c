package io.jstorage.testkit;

import io.jstorage.testkit.Choices.Choice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reduces a history that shows a difference to a shorter and simpler one that also shows a
 * difference, perhaps another. Any part of a history is a history, so that the operations that are
 * not needed can be left out in any order. The remaining operations are made again of simpler
 * choices.
 */
final class Shrinking {
  /** A history that differs shows that soon; one that does not is run to its end. */
  private static final int MAX_RUNS = 5_000;

  /** Thousands of runs take days if each operation takes seconds; a longer history helps too. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** One operation, and the choices that it was made of. The first of them is which one it is. */
  record Made(Operation operation, List<Choice> choices) {
    static Made of(Choices.Maker<Operation> maker, Choices choices) {
      Operation operation = maker.from(choices);
      return new Made(operation, choices.taken());
    }
  }

  private final Choices.Maker<Operation> maker;
  private final Predicate<List<Operation>> differs;
  private List<Made> smallest;
  private final long end;
  private int runs;

  private Shrinking(
      Choices.Maker<Operation> maker,
      Predicate<List<Operation>> differs,
      List<Made> found,
      Duration patience) {
    this.end = System.nanoTime() + patience.toNanos();
    this.maker = maker;
    this.differs = differs;
    this.smallest = found;
  }

  /**
   * Looks for the smallest history, for a minute at most.
   *
   * @param maker makes an operation of choices
   * @param differs runs a history, and returns whether it shows a difference
   * @param found a history that does
   * @return one that does too
   */
  static List<Operation> of(
      Choices.Maker<Operation> maker, Predicate<List<Operation>> differs, List<Made> found) {
    return of(maker, differs, found, PATIENCE);
  }

  /** As above, but no history is tried once the time is over. */
  static List<Operation> of(
      Choices.Maker<Operation> maker,
      Predicate<List<Operation>> differs,
      List<Made> found,
      Duration patience) {
    Shrinking shrinking = new Shrinking(maker, differs, found, patience);
    List<Made> before;
    do {
      before = shrinking.smallest;
      shrinking.leaveOutOperations();
      shrinking.replaceEverywhere();
      shrinking.simplifyOperations();
    } while (shrinking.smallest != before); // Each makes room for the others.
    return operations(shrinking.smallest);
  }

  static List<Operation> operations(List<Made> history) {
    return history.stream().map(Made::operation).toList();
  }

  /** Halves first, single operations last. */
  private void leaveOutOperations() {
    for (int length = Math.max(1, smallest.size() / 2); length > 0; length /= 2) {
      for (int end = smallest.size(); end > 0; end -= length) {
        List<Made> candidate = new ArrayList<>(smallest);
        candidate.subList(Math.max(0, end - length), end).clear();
        accept(candidate);
      }
    }
  }

  /** A key that several operations share is simplified in all of them at once. */
  private void replaceEverywhere() {
    for (Choice choice : smallest.stream().flatMap(made -> made.choices().stream()).toList()) {
      for (int index = 0; index < choice.index(); index++) {
        Choice simpler = new Choice(choice.offered(), index);
        accept(
            smallest.stream()
                .map(made -> again(replaced(made.choices(), choice, simpler)))
                .toList());
      }
    }
  }

  private static List<Choice> replaced(List<Choice> choices, Choice one, Choice other) {
    return choices.stream()
        .map(
            choice ->
                choice.offered() == one.offered() && choice.index() == one.index() ? other : choice)
        .toList();
  }

  private void simplifyOperations() {
    for (int i = 0; i < smallest.size(); i++) {
      for (int at = 0; at < smallest.get(i).choices().size(); at++) {
        if (!leaveOutElement(i, at)) {
          lower(i, at);
        }
      }
    }
  }

  private boolean leaveOutElement(int operation, int at) {
    List<Choice> choices = new ArrayList<>(smallest.get(operation).choices());
    Choice choice = choices.get(at);
    if (choice.offered() != Choices.GOES_ON || choice.index() == 0) {
      return false;
    }
    choices.subList(at, at + 2).clear();
    return acceptWith(operation, choices);
  }

  /** The simplest first. */
  private void lower(int operation, int at) {
    List<Choice> choices = smallest.get(operation).choices();
    Choice choice = choices.get(at);
    for (int index = 0; index < choice.index(); index++) {
      List<Choice> simpler = new ArrayList<>(choices);
      simpler.set(at, new Choice(choice.offered(), index));
      if (acceptWith(operation, simpler)) {
        return;
      }
    }
  }

  private boolean acceptWith(int operation, List<Choice> choices) {
    List<Made> candidate = new ArrayList<>(smallest);
    candidate.set(operation, again(choices));
    return accept(candidate);
  }

  private Made again(List<Choice> choices) {
    return Made.of(maker, Choices.again(choices));
  }

  /** Only what is simpler, so that this comes to an end. */
  private boolean accept(List<Made> candidate) {
    boolean over = runs == MAX_RUNS || System.nanoTime() - end >= 0;
    if (over || Arrays.compare(size(candidate), size(smallest)) >= 0) {
      return false;
    }
    runs++;
    if (!differs.test(operations(candidate))) {
      return false;
    }
    smallest = candidate;
    return true;
  }

  /** The number of operations counts most, then which ones they are, then what they are given. */
  private static int[] size(List<Made> history) {
    int which = 0;
    int choices = 0;
    int given = 0;
    for (Made made : history) {
      which += made.choices().get(0).index();
      choices += made.choices().size();
      given += made.choices().stream().mapToInt(Choice::index).sum();
    }
    return new int[] {history.size(), which, choices, given};
  }
}
