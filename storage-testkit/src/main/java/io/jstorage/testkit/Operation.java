package io.jstorage.testkit;

import io.jstorage.spi.Keys;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A call on a storage, together with the expected result of the model.
 *
 * @param text the call as one would write it
 * @param step carries it out on both, and compares
 */
record Operation(String text, Step step) {
  /** The call on both, and the comparison. */
  @FunctionalInterface
  interface Step {
    void on(ModelRun run) throws Exception;
  }

  static Operation of(String name, Step step, Object... arguments) {
    String list = Arrays.stream(arguments).map(Operation::shown).collect(Collectors.joining(", "));
    return new Operation(name + "(" + list + ")", step);
  }

  /** Keys and values as messages show them. */
  static String shown(Object argument) {
    if (argument instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> shown(entry.getKey()) + "=" + shown(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (argument instanceof List<?> list) {
      return list.stream().map(Operation::shown).collect(Collectors.joining(", ", "[", "]"));
    }
    return argument instanceof String text ? Keys.display(text) : argument.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
