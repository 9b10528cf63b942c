package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An LRU is a LinkedHashMap in the order of access, whatever is done to either. */
class LruModelTest {
  private static final int OPERATIONS = 1_000_000;
  private static final int LIMIT = 40;
  private static final int KEYS = 100;

  private final SettableClock clock = new SettableClock();
  private final LruStorage<String> storage = LruStorage.builder(LIMIT).clock(clock).build();
  private final Map<String, String> map = storage.asMap();
  private final Map<String, Long> deadlines = new HashMap<>();
  private final LinkedHashMap<String, String> model =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          if (size() > LIMIT) {
            deadlines.remove(eldest.getKey());
            return true;
          }
          return false;
        }
      };

  private boolean withDeadlines;
  private boolean withPeriods;
  private long operations;
  private long milliseconds;

  @Test
  void anyHistoryLeavesWhatTheModelLeaves() {
    Random random = new Random(1);
    while (operations < OPERATIONS) {
      step(random);
    }
    assertSame();
    assertThat(storage.table().requeues()).isPositive().isLessThanOrEqualTo(operations);
  }

  @Test
  void anyHistoryWithDeadlinesLeavesWhatTheModelLeaves() {
    withDeadlines = true;
    Random random = new Random(2);
    while (operations < OPERATIONS) {
      step(random);
    }
    assertSame();
    assertThat(storage.table().requeues()).isPositive().isLessThanOrEqualTo(operations);
  }

  @Test
  void aHistoryThatPassesBetweenThreadsLeavesWhatTheModelLeaves() throws Exception {
    passBetweenThreads(new Random(3));
  }

  @Test
  void soDoesOneWhoseStampsAreOfTheClockNowAndThen() throws Exception {
    Periods.arePossible();
    withPeriods = true;
    passBetweenThreads(new Random(4));
  }

  private void passBetweenThreads(Random random) throws Exception {
    withDeadlines = true;
    List<ExecutorService> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      threads.add(Executors.newSingleThreadExecutor());
    }
    try {
      while (operations < OPERATIONS) {
        int steps = 1 + random.nextInt(40);
        threads
            .get(random.nextInt(threads.size()))
            .submit(
                () -> {
                  for (int i = 0; i < steps; i++) {
                    step(random);
                  }
                })
            .get(60, TimeUnit.SECONDS);
      }
      assertSame();
      assertThat(storage.table().requeues()).isPositive().isLessThanOrEqualTo(operations);
    } finally {
      threads.forEach(ExecutorService::shutdown);
    }
  }

  private void step(Random random) {
    operations++;
    if (withDeadlines && random.nextInt(4) == 0) {
      int passed = random.nextInt(3);
      milliseconds += passed;
      clock.advance(Duration.ofMillis(passed));
      deadlines
          .keySet()
          .removeIf(
              key -> {
                boolean expired = Objects.requireNonNull(deadlines.get(key)) <= milliseconds;
                if (expired) {
                  model.remove(key);
                }
                return expired;
              });
    }
    if (withPeriods && random.nextInt(100) == 0) {
      Periods.change(storage.table(), random);
    }
    // Some keys are asked for far more often than others.
    String key = "k" + (int) (KEYS * random.nextDouble() * random.nextDouble());
    String value = key + "=" + operations;
    switch (random.nextInt(32)) {
      case 0, 1, 2, 3, 4, 5 -> same(storage.get(key).orElse(null), model.get(key));
      case 6, 7, 8 -> same(map.get(key), model.get(key));
      case 9 -> same(storage.entry(key).map(Entry::value).orElse(null), model.get(key));
      case 10 -> same(model.containsKey(key), model.containsKey(key) && require(key));
      case 11 -> {
        @Nullable String present = model.get(key);
        same(storage.get(key, k -> value), present == null ? value : present);
        if (present == null) {
          wrote(key, value, null);
        }
      }
      case 12 -> getAll(random);
      case 13, 14, 15, 16, 17, 18 -> {
        Duration ttl = ttl(random);
        if (ttl == null) {
          storage.put(key, value);
        } else {
          storage.put(key, value, ttl);
        }
        wrote(key, value, ttl);
      }
      case 19, 20 -> {
        Duration ttl = ttl(random);
        boolean absent = !model.containsKey(key);
        same(
            ttl == null ? storage.putIfAbsent(key, value) : storage.putIfAbsent(key, value, ttl),
            absent);
        if (absent) {
          wrote(key, value, ttl);
        }
      }
      case 21 -> {
        Optional<Version> version = storage.entry(key).flatMap(Entry::version);
        same(version.isPresent(), model.get(key) != null);
        Duration ttl = ttl(random);
        if (version.isPresent()) {
          same(
              ttl == null
                  ? storage.replace(key, version.get(), value)
                  : storage.replace(key, version.get(), value, ttl),
              true);
          wrote(key, value, ttl);
        }
      }
      case 22 -> same(storage.replace(key, Version.of(-1), value), false);
      case 23 -> same(storage.remove(key, Version.of(-1)), false);
      case 24 -> {
        Optional<Version> version = storage.entry(key).flatMap(Entry::version);
        same(version.isPresent() && storage.remove(key, version.get()), removed(key));
      }
      case 25 -> same(storage.remove(key), removed(key));
      case 26 -> {
        String other = "k" + random.nextInt(KEYS);
        Map<String, String> batch = new LinkedHashMap<>();
        batch.put(key, value);
        batch.put(other, value);
        storage.putAll(batch);
        batch.forEach((k, v) -> wrote(k, v, null));
      }
      case 27 -> {
        storage.removeAll(List.of(key, "k0"));
        removed(key);
        removed("k0");
      }
      case 28 -> same(map.replace(key, "not the value", value), false);
      case 29, 30 -> same(storage.contains(key), model.containsKey(key));
      default -> {
        if (random.nextInt(500) == 0) {
          assertSame();
        } else if (withDeadlines && random.nextInt(50) == 0) {
          storage.purgeExpired();
          same(storage.size(), (long) model.size());
        }
      }
    }
  }

  private boolean require(String key) {
    return storage.require(key).equals(model.get(key));
  }

  private void getAll(Random random) {
    List<String> keys = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      keys.add("k" + random.nextInt(KEYS));
    }
    Map<String, String> expected = new LinkedHashMap<>();
    for (String key : keys) {
      if (!expected.containsKey(key) && model.containsKey(key)) {
        expected.put(key, Objects.requireNonNull(model.get(key)));
      }
    }
    same(storage.getAll(keys), expected);
  }

  private @Nullable Duration ttl(Random random) {
    return withDeadlines && random.nextInt(3) > 0
        ? Duration.ofMillis(1 + random.nextInt(random.nextBoolean() ? 10 : 300))
        : null;
  }

  private void wrote(String key, String value, @Nullable Duration ttl) {
    model.put(key, value);
    if (ttl == null) {
      deadlines.remove(key);
    } else {
      deadlines.put(key, milliseconds + ttl.toMillis());
    }
  }

  private boolean removed(String key) {
    deadlines.remove(key);
    return model.remove(key) != null;
  }

  /** Not AssertJ: a million times. */
  private void same(@Nullable Object actual, @Nullable Object expected) {
    if (!Objects.equals(actual, expected)) {
      throw new AssertionError(
          "operation %d: %s instead of %s".formatted(operations, actual, expected));
    }
  }

  private void assertSame() {
    storage.purgeExpired();
    Set<String> keys = new HashSet<>();
    storage.keys().forEach(key -> assertThat(keys.add(key)).as("once only: %s", key).isTrue());
    assertThat(keys).isEqualTo(model.keySet());
    assertThat(storage.size()).isEqualTo(model.size());
    assertThat(Map.copyOf((Map<String, String>) storage.asMap())).isEqualTo(Map.copyOf(model));
  }

  @Test
  void neverMoreRequeuesThanUsesEvenIfEverythingIsUsedBetweenTwoEvictions() {
    int limit = 500;
    Storage<String> full = LruStorage.ofLimit(limit);
    LruTable<String> table = ((LruStorage<String>) full).table();
    for (int i = 0; i < limit; i++) {
      full.put("k" + i, "v");
    }
    assertThat(table.requeues()).isZero();
    long uses = 0;
    for (int round = 0; round < 20; round++) {
      for (int again = 0; again < 3; again++) {
        for (String key : full.asMap().keySet()) {
          full.get(key);
          uses++;
        }
      }
      long before = table.requeues();
      full.put("new" + round, "v");
      assertThat(table.requeues() - before).as("one for each entry").isLessThanOrEqualTo(limit);
    }
    assertThat(table.requeues()).isPositive().isLessThanOrEqualTo(uses);
  }
}
