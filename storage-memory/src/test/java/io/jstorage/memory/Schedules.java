package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jspecify.annotations.Nullable;

/**
 * Short programs of two threads, run by Lincheck in schedules that it tries one by one, from the
 * simplest on: what their operations return must be what they return one after the other in some
 * order. The programs are the same in every run.
 */
final class Schedules {
  /** Keys of one hash code and so of one chain, parts of which change while others are read. */
  static final String[] KEYS = {"AaAa", "BBBB", "AaBB"};

  /** How many programs sound operations pass. */
  private static final int PROGRAMS = Integer.getInteger("jstorage.schedules", 6);

  /** How many there may be until one shows a race. */
  private static final int MOST_PROGRAMS = Math.max(12, PROGRAMS);

  private Schedules() {}

  /** Fails, and shows the schedule, unless operations are linearizable as those of a model. */
  static void areLinearizable(Class<?> model, Class<?> operations) {
    all(model).iterations(PROGRAMS).check(operations);
  }

  /** Fails unless a schedule shows that operations are not linearizable as those of a model. */
  static void areNotLinearizable(Class<?> model, Class<?> racy) {
    assertThatThrownBy(() -> all(model).check(racy)).isInstanceOf(LincheckAssertionError.class);
  }

  private static ModelCheckingOptions all(Class<?> model) {
    return new ModelCheckingOptions()
        .sequentialSpecification(model)
        .iterations(MOST_PROGRAMS)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsBefore(0)
        .actorsPerThread(2)
        .actorsAfter(1)
        .minimizeFailedScenario(false);
  }

  /** The expected results: those of a map of two keys. */
  public static class OneByOne {
    private final Map<Integer, Integer> map = new HashMap<>(Map.of(0, 0, 1, 1));

    public void put(int key, int value) {
      map.put(key, value);
    }

    public @Nullable Integer get(int key) {
      return map.get(key);
    }

    public boolean putIfAbsent(int key, int value) {
      return map.putIfAbsent(key, value) == null;
    }

    public @Nullable Integer increment(int key) {
      return map.computeIfPresent(key, (k, value) -> value + 1);
    }

    public boolean remove(int key) {
      return map.remove(key) != null;
    }
  }
}
