package io.jstorage.testkit;

import io.jstorage.testkit.Choices.Maker;
import java.util.ArrayList;
import java.util.List;

/** Operations and how often each comes, on so few keys and values that they meet. */
final class OperationMix {
  private static final List<String> KEY_NAMES =
      List.of("a", "b", "A", "a/b", "\u00e9", "k".repeat(250));
  private static final List<String> VALUE_TEXTS = List.of("1", "2", "", "\u00e9\n\0");

  static final Maker<String> KEYS = choices -> choices.oneOf(KEY_NAMES);
  static final Maker<String> VALUES = choices -> choices.oneOf(VALUE_TEXTS);
  static final Maker<List<String>> KEY_LISTS = choices -> choices.listOf(KEY_NAMES, 5);

  private final List<Maker<Operation>> operations = new ArrayList<>();
  private final List<Integer> weights = new ArrayList<>();

  /** A call with one argument, and the comparison. */
  @FunctionalInterface
  interface Step1<T> {
    void on(ModelRun run, T argument) throws Exception;
  }

  /** A call with a key and another argument, and the comparison. */
  @FunctionalInterface
  interface Step2<T> {
    void on(ModelRun run, String key, T argument) throws Exception;
  }

  void add(int weight, String name, Operation.Step step) {
    add(weight, choices -> Operation.of(name, step));
  }

  <T> void add(int weight, String name, Maker<T> arguments, Step1<T> step) {
    add(
        weight,
        choices -> {
          T a = arguments.from(choices);
          return Operation.of(name, run -> step.on(run, a), a);
        });
  }

  void ofKey(int weight, String name, Step1<String> step) {
    add(weight, name, KEYS, step);
  }

  void ofKeyAndValue(int weight, String name, Step2<String> step) {
    ofKeyAnd(weight, name, VALUES, step);
  }

  <T> void ofKeyAnd(int weight, String name, Maker<T> arguments, Step2<T> step) {
    add(
        weight,
        choices -> {
          String key = KEYS.from(choices);
          T a = arguments.from(choices);
          return Operation.of(name, run -> step.on(run, key, a), key, a);
        });
  }

  private void add(int weight, Maker<Operation> operation) {
    weights.add(weight);
    operations.add(operation);
  }

  /** Those that were added first are the simplest. */
  Maker<Operation> build() {
    return choices -> choices.oneOf(operations, weights).from(choices);
  }
}
