package io.jstorage.testkit;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Operations and how often each comes, on so few keys and values that they meet. */
final class OperationMix {
  static final Arbitrary<String> KEYS =
      Arbitraries.of("a", "b", "A", "a/b", "\u00e9", "k".repeat(250));
  static final Arbitrary<String> VALUES = Arbitraries.of("1", "2", "", "\u00e9\n\0");
  static final Arbitrary<List<String>> KEY_LISTS = KEYS.list().ofMaxSize(5);

  private final List<Tuple2<Integer, Arbitrary<Operation>>> operations = new ArrayList<>();

  /** What is done with one argument, and compared. */
  @FunctionalInterface
  interface Step1<T> {
    void on(ModelRun run, T argument) throws Exception;
  }

  /** What is done to a key with another argument, and compared. */
  @FunctionalInterface
  interface Step2<T> {
    void on(ModelRun run, String key, T argument) throws Exception;
  }

  void add(int weight, String name, Operation.Step step) {
    add(weight, Arbitraries.just(Operation.of(name, step)));
  }

  <T> void add(int weight, String name, Arbitrary<T> arguments, Step1<T> step) {
    add(weight, arguments.map(a -> Operation.of(name, run -> step.on(run, a), a)));
  }

  void ofKey(int weight, String name, Step1<String> step) {
    add(weight, name, KEYS, step);
  }

  void ofKeyAndValue(int weight, String name, Step2<String> step) {
    ofKeyAnd(weight, name, VALUES, step);
  }

  <T> void ofKeyAnd(int weight, String name, Arbitrary<T> arguments, Step2<T> step) {
    add(
        weight,
        Combinators.combine(KEYS, arguments)
            .as((key, a) -> Operation.of(name, run -> step.on(run, key, a), key, a)));
  }

  private void add(int weight, Arbitrary<Operation> operation) {
    operations.add(Tuple.of(weight, operation));
  }

  Arbitrary<Operation> build() {
    return Arbitraries.frequencyOf(operations);
  }
}
