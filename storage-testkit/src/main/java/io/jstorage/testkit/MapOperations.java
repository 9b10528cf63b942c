package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The operations of the map view, each with the expected result of the model. */
final class MapOperations {
  private MapOperations() {}

  static void addTo(OperationMix mix) {
    entries(mix);
    conditional(mix);
    computing(mix);
    views(mix);
  }

  private static ConcurrentMap<String, String> map(ModelRun run) {
    return run.storage().asMap();
  }

  private static void entries(OperationMix mix) {
    mix.ofKey(2, "map.get", (run, key) -> run.same(map(run).get(key), run.model.get(key)));
    mix.ofKey(
        1,
        "map.getOrDefault",
        (run, key) -> {
          String expected = run.model.get(key);
          run.same(map(run).getOrDefault(key, "none"), expected == null ? "none" : expected);
        });
    mix.ofKey(
        1,
        "map.containsKey",
        (run, key) -> run.same(map(run).containsKey(key), run.model.contains(key)));
    mix.ofKeyAndValue(
        3,
        "map.put",
        (run, key, value) -> {
          run.same(map(run).put(key, value), run.model.peek(key));
          run.model.put(key, value, null);
        });
    mix.ofKey(
        2,
        "map.remove",
        (run, key) -> {
          run.same(map(run).remove(key), run.model.peek(key));
          run.model.remove(key);
        });
  }

  private static void conditional(OperationMix mix) {
    mix.ofKeyAndValue(
        1,
        "map.putIfAbsent",
        (run, key, value) ->
            run.where(
                run.isAtomic(),
                () -> {
                  run.same(map(run).putIfAbsent(key, value), run.model.peek(key));
                  run.model.putIfAbsent(key, value, null);
                }));
    mix.ofKeyAndValue(
        1,
        "map.replace",
        (run, key, value) ->
            run.where(
                run.isAtomic(),
                () -> {
                  run.same(map(run).replace(key, value), run.model.peek(key));
                  if (run.model.contains(key)) {
                    run.model.put(key, value, null);
                  }
                }));
    mix.ofKeyAndValue(
        1,
        "map.replace by 'new' the old value",
        (run, key, value) ->
            run.where(
                run.isAtomic(),
                () -> {
                  boolean expected = value.equals(run.model.peek(key));
                  run.same(map(run).replace(key, value, "new"), expected);
                  if (expected) {
                    run.model.put(key, "new", null);
                  }
                }));
    mix.ofKeyAndValue(
        1,
        "map.remove the value",
        (run, key, value) ->
            run.where(
                run.isAtomic(),
                () -> {
                  boolean expected = value.equals(run.model.peek(key));
                  run.same(map(run).remove(key, value), expected);
                  if (expected) {
                    run.model.remove(key);
                  }
                }));
  }

  /** Appends a value; what would become too long is removed, and an empty value added to none. */
  private static @Nullable String append(@Nullable String seen, String value) {
    if (seen == null) {
      return value.isEmpty() ? null : value;
    }
    return seen.length() > 3 ? null : seen + value;
  }

  private static void computing(OperationMix mix) {
    mix.ofKeyAndValue(
        1,
        "map.compute",
        (run, key, value) ->
            compute(
                run,
                key,
                seen -> append(seen, value),
                true,
                () -> map(run).compute(key, (k, seen) -> append(seen, value))));
    mix.ofKeyAndValue(
        1,
        "map.computeIfAbsent",
        (run, key, value) ->
            compute(
                run,
                key,
                seen -> append(seen, value),
                !run.model.contains(key),
                () -> map(run).computeIfAbsent(key, k -> append(null, value))));
    mix.ofKeyAndValue(
        1,
        "map.computeIfPresent",
        (run, key, value) ->
            compute(
                run,
                key,
                seen -> append(seen, value),
                run.model.contains(key),
                () -> map(run).computeIfPresent(key, (k, seen) -> append(seen, value))));
    BiFunction<String, String, @Nullable String> append = MapOperations::append;
    mix.ofKeyAndValue(
        1,
        "map.merge",
        (run, key, value) ->
            compute(
                run,
                key,
                seen -> seen == null ? value : append(seen, value),
                true,
                () -> map(run).merge(key, value, append)));
  }

  /** The change of a value; null stands for none. */
  @FunctionalInterface
  private interface Change {
    @Nullable String of(@Nullable String seen);
  }

  /** A call that answers what is there afterwards. */
  @FunctionalInterface
  private interface Call {
    @Nullable String answer();
  }

  /** A call that does not apply is no access, and changes nothing. */
  private static void compute(ModelRun run, String key, Change change, boolean applies, Call call) {
    run.where(
        run.isAtomic(),
        () -> {
          String seen = run.model.peek(key);
          String expected = applies ? change.of(seen) : seen;
          run.same(call.answer(), expected);
          if (!applies) {
            return;
          }
          if (expected == null) {
            run.model.remove(key);
          } else {
            run.model.put(key, expected, null);
          }
        });
  }

  private static void views(OperationMix mix) {
    mix.add(1, "map.entrySet", run -> run.same(new HashMap<>(map(run)), run.model.entries()));
    mix.add(1, "map.keySet", run -> run.assertListed("", new ArrayList<>(map(run).keySet())));
    mix.add(
        1,
        "map.values",
        run ->
            assertThat(new ArrayList<>(map(run).values()))
                .containsExactlyInAnyOrderElementsOf(run.model.entries().values()));
    mix.add(
        1, "map.hashCode", run -> run.same(map(run).hashCode(), run.model.entries().hashCode()));
    mix.add(
        1,
        "map.isEmpty",
        run -> {
          // Expired entries may be counted.
          if (run.model.lingering() == 0) {
            run.same(map(run).isEmpty(), run.model.size() == 0);
            run.same(map(run).equals(run.model.entries()), true);
          }
        });
    mix.ofKeyAndValue(
        1,
        "map.entrySet.remove",
        (run, key, value) -> {
          boolean expected = value.equals(run.model.peek(key));
          run.same(map(run).entrySet().remove(Map.entry(key, value)), expected);
          if (expected) {
            run.model.remove(key);
          }
        });
    mix.ofKeyAndValue(
        1,
        "map.entrySet.setValue",
        (run, key, value) -> {
          String seen = null;
          for (Map.Entry<String, String> entry : map(run).entrySet()) {
            if (entry.getKey().equals(key)) {
              seen = entry.setValue(value);
            }
          }
          run.same(seen, run.model.peek(key));
          if (seen != null) {
            run.model.put(key, value, null);
          }
        });
    mix.add(
        1,
        "map.values.removeIf",
        OperationMix.VALUES,
        (run, value) -> {
          List<String> keys = new ArrayList<>();
          run.model
              .entries()
              .forEach(
                  (k, v) -> {
                    if (Objects.equals(v, value)) {
                      keys.add(k);
                    }
                  });
          run.same(map(run).values().removeIf(value::equals), !keys.isEmpty());
          keys.forEach(run.model::remove);
        });
  }
}
