package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;
import static io.jstorage.testkit.OperationMix.KEY_LISTS;
import static io.jstorage.testkit.OperationMix.VALUES;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.KeyNotFoundException;
import io.jstorage.Loader;
import io.jstorage.testkit.Choices.Maker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations of a storage, each with the expected result of the model. */
final class Operations {
  private static final Maker<Map<String, String>> BATCHES =
      choices -> {
        Map<String, String> batch = new LinkedHashMap<>();
        for (String key : KEY_LISTS.from(choices)) {
          batch.put(key, VALUES.from(choices));
        }
        return batch;
      };

  private static final List<Duration> SHORT_TTLS =
      List.of(Duration.ofSeconds(1), Duration.ofMillis(1), Duration.ofHours(2));
  private static final List<Duration> LONG_TTLS =
      List.of(Duration.ofHours(2), Duration.ofDays(40_000));

  /** Just before a deadline, at it, and beyond. */
  private static final List<Duration> MOVES =
      List.of(
          Duration.ofMillis(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(999),
          Duration.ofMinutes(5),
          Duration.ofHours(2).minusMillis(1),
          Duration.ofSeconds(-1));

  private static final List<String> PREFIXES = List.of("", "a", "a/", "A", "k", "none");

  private Operations() {}

  /** All of them; times to live that end during a history need a clock that can be moved. */
  static Maker<Operation> of(boolean withClock) {
    OperationMix mix = new OperationMix();
    single(mix);
    conditional(mix);
    batches(mix);
    List<Duration> ttls = withClock ? SHORT_TTLS : LONG_TTLS;
    timed(mix, choices -> choices.oneOf(ttls));
    if (withClock) {
      mix.add(5, "move the clock", choices -> choices.oneOf(MOVES), ModelRun::move);
    }
    listings(mix);
    MapOperations.addTo(mix);
    return mix.build();
  }

  private static void single(OperationMix mix) {
    mix.ofKeyAndValue(
        8,
        "put",
        (run, key, value) -> {
          run.storage().put(key, value);
          run.model.put(key, value, null);
        });
    mix.ofKey(
        4, "get", (run, key) -> run.same(run.storage().get(key).orElse(null), run.model.get(key)));
    mix.ofKey(
        2,
        "contains",
        (run, key) -> run.same(run.storage().contains(key), run.model.contains(key)));
    mix.ofKey(
        3, "remove", (run, key) -> run.same(run.storage().remove(key), run.model.remove(key)));
    mix.ofKey(5, "entry", ModelRun::entry);
    mix.ofKey(
        1,
        "require",
        (run, key) -> {
          if (run.model.contains(key)) {
            run.same(run.storage().require(key), run.model.get(key));
          } else {
            assertThatThrownBy(() -> run.storage().require(key))
                .isInstanceOf(KeyNotFoundException.class);
          }
        });
    mix.ofKeyAndValue(2, "load", (run, key, value) -> load(run, key, asked -> value));
    mix.ofKey(
        1,
        "load in vain",
        (run, key) ->
            load(
                run,
                key,
                asked -> {
                  throw new LoadFailure();
                }));
    mix.add(1, "reopen", ModelRun::reopen);
  }

  /** The exception of a loader. */
  private static final class LoadFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static void load(ModelRun run, String key, Loader<String, RuntimeException> loader) {
    @Nullable String expected = run.model.get(key);
    try {
      String answer = run.storage().get(key, loader);
      run.same(answer, expected == null ? loader.load(key) : expected);
      run.model.putIfAbsent(key, answer, null);
    } catch (LoadFailure e) {
      assertThat(expected).isNull();
    }
  }

  private static void conditional(OperationMix mix) {
    mix.ofKeyAndValue(
        3,
        "putIfAbsent",
        (run, key, value) ->
            run.where(
                run.isAtomic(),
                () ->
                    run.same(
                        run.storage().putIfAbsent(key, value),
                        run.model.putIfAbsent(key, value, null))));
    mix.ofKeyAndValue(
        4, "replace what was seen", (run, key, value) -> run.replaceSeen(key, value, null));
    mix.ofKeyAndValue(
        2,
        "replace what is there",
        (run, key, value) -> {
          run.entry(key);
          run.replaceSeen(key, value, null);
        });
    mix.ofKey(3, "remove what was seen", ModelRun::removeSeen);
  }

  private static void batches(OperationMix mix) {
    mix.add(
        2,
        "getAll",
        KEY_LISTS,
        (run, keys) -> {
          Map<String, String> expected = new LinkedHashMap<>();
          for (String key : new LinkedHashSet<>(keys)) {
            String value = run.model.get(key);
            if (value != null) {
              expected.put(key, value);
            }
          }
          run.same(
              List.copyOf(run.storage().getAll(keys).entrySet()), List.copyOf(expected.entrySet()));
        });
    mix.add(
        2,
        "putAll",
        BATCHES,
        (run, batch) -> {
          run.storage().putAll(batch);
          batch.forEach((key, value) -> run.model.put(key, value, null));
        });
    mix.add(
        1,
        "removeAll",
        KEY_LISTS,
        (run, keys) -> {
          run.storage().removeAll(keys);
          keys.forEach(run.model::remove);
        });
    mix.add(
        1,
        "clear",
        run -> {
          run.storage().clear();
          run.model.clear();
        });
  }

  private static void timed(OperationMix mix, Maker<Duration> ttls) {
    mix.ofKeyAnd(
        4,
        "put for a time",
        ttls,
        (run, key, ttl) ->
            run.where(
                run.takesTtl(),
                () -> {
                  run.storage().put(key, "timed", ttl);
                  run.model.put(key, "timed", ttl);
                }));
    mix.ofKeyAnd(
        2,
        "putIfAbsent for a time",
        ttls,
        (run, key, ttl) ->
            run.where(
                run.isAtomic() && run.takesTtl(),
                () ->
                    run.same(
                        run.storage().putIfAbsent(key, "timed", ttl),
                        run.model.putIfAbsent(key, "timed", ttl))));
    mix.ofKeyAnd(
        2,
        "replace what was seen for a time",
        ttls,
        (run, key, ttl) -> run.replaceSeen(key, "timed", ttl));
    mix.ofKeyAnd(
        2,
        "replace what is there for a time",
        ttls,
        (run, key, ttl) -> {
          run.entry(key);
          run.replaceSeen(key, "timed", ttl);
        });
    mix.add(
        1,
        "putAll for a time",
        choices -> new TimedBatch(BATCHES.from(choices), ttls.from(choices)),
        (run, timed) ->
            run.where(
                run.takesTtl(),
                () -> {
                  run.storage().putAll(timed.values(), timed.ttl());
                  timed.values().forEach((key, value) -> run.model.put(key, value, timed.ttl()));
                }));
    mix.add(1, "purgeExpired", ModelRun::purge);
  }

  /** Values that live equally long. */
  private record TimedBatch(Map<String, String> values, Duration ttl) {
    @Override
    public String toString() {
      return Operation.shown(values) + ", " + ttl;
    }
  }

  private static void listings(OperationMix mix) {
    mix.add(1, "size", ModelRun::size);
    mix.add(2, "keys", choices -> choices.oneOf(PREFIXES), ModelRun::keys);
  }
}
