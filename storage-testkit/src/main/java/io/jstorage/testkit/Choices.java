package io.jstorage.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The choices from which something random is made. They are recorded, so that it can be made again
 * from the same choices, or from simpler ones. The first element of a list is the simplest.
 */
final class Choices {
  /** One choice: the place of what was taken among what was offered. */
  record Choice(List<?> offered, int index) {}

  /** Something that is made of choices, and of nothing else. */
  @FunctionalInterface
  interface Maker<T> {
    T from(Choices choices);
  }

  /** Whether a list goes on; the simpler one ends. */
  static final List<Boolean> GOES_ON = List.of(false, true);

  private final @Nullable Random random;
  private final List<Choice> given;
  private final List<Choice> taken = new ArrayList<>();

  private Choices(@Nullable Random random, List<Choice> given) {
    this.random = random;
    this.given = given;
  }

  static Choices of(Random random) {
    return new Choices(random, List.of());
  }

  /** Repeats choices. The lists offered may differ by now; a missing choice is the simplest one. */
  static Choices again(List<Choice> given) {
    return new Choices(null, given);
  }

  /** The choices taken so far. */
  List<Choice> taken() {
    return List.copyOf(taken);
  }

  /** Takes one, each as likely as any other. */
  <T> T oneOf(List<T> offered) {
    return take(offered, random == null ? givenOf(offered) : random.nextInt(offered.size()));
  }

  /** Takes one, each as likely as its weight says. */
  <T> T oneOf(List<T> offered, List<Integer> weights) {
    if (random == null) {
      return take(offered, givenOf(offered));
    }
    int left = random.nextInt(weights.stream().mapToInt(Integer::intValue).sum());
    int index = 0;
    while (left >= weights.get(index)) {
      left -= weights.get(index++);
    }
    return take(offered, index);
  }

  /**
   * Takes up to so many, each length as likely as any other. Each element is two choices, that the
   * list goes on and which element it is, so that any element can be left out.
   */
  <T> List<T> listOf(List<T> offered, int most) {
    int length = random == null ? most : random.nextInt(most + 1);
    List<T> list = new ArrayList<>();
    while (list.size() < most) {
      int goesOn = random == null ? givenOf(GOES_ON) : list.size() < length ? 1 : 0;
      if (!take(GOES_ON, goesOn)) {
        break;
      }
      list.add(oneOf(offered));
    }
    return list;
  }

  private int givenOf(List<?> offered) {
    int next = taken.size();
    return next < given.size() ? Math.min(given.get(next).index(), offered.size() - 1) : 0;
  }

  private <T> T take(List<T> offered, int index) {
    taken.add(new Choice(offered, index));
    return offered.get(index);
  }
}
