package io.jstorage.testkit;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The calls of many threads that use a storage at random, concurrently, with their results.
 *
 * <p>A call that fails with {@link StorageException#outcomeUnknown()} is recorded as one that may
 * have taken effect. Any other call that fails has no effect, and is not recorded.
 */
public final class History {
  private static final int THREADS = 8;
  private static final String LOOK_AT =
      "Store.read; Store.readEntry; Store.contains; Store.write; Store.delete: each is one step";

  private final List<Call> calls;
  private final long failed;
  private final long seed;

  private History(List<Call> calls, long failed, long seed) {
    this.calls = calls;
    this.failed = failed;
    this.seed = seed;
  }

  /**
   * Makes eight threads use an empty storage, by all operations on one key that it supports.
   *
   * @param storage the storage
   * @param operations how many operations there are in all
   * @param keys how many keys they are on: the fewer, the more they meet; where calls fail with an
   *     unknown outcome, a hundred operations a key can be judged in a reasonable time
   * @param seed where the choices start
   * @return what they saw
   */
  public static History record(Storage<String> storage, int operations, int keys, long seed) {
    AtomicLong time = new AtomicLong();
    try (Race race = new Race(THREADS)) {
      List<Recorder> recorders =
          race.run(
              number -> {
                Recorder recorder = new Recorder(storage, time, number, seed);
                for (int i = 0; i < operations / THREADS; i++) {
                  recorder.callAny(keys);
                }
                return recorder;
              });
      List<Call> calls = new ArrayList<>();
      recorders.forEach(recorder -> calls.addAll(recorder.calls));
      return new History(
          calls, recorders.stream().mapToLong(recorder -> recorder.failed).sum(), seed);
    }
  }

  /**
   * Returns whether each call can have taken effect at one moment between its beginning and its
   * end.
   *
   * @throws AssertionError if not, with the calls of the key that shows it
   */
  public void assertLinearizable() {
    Linearizability.violation(calls)
        .ifPresent(
            violation -> {
              throw new AssertionError(
                  MessageRepresentation.lines(
                      "%s(seed %d)\nLook at: %s".formatted(violation, seed, LOOK_AT)));
            });
  }

  /**
   * Returns how many calls were answered.
   *
   * @return a number of calls
   */
  public long answered() {
    return calls.stream().filter(call -> !call.isUnknown()).count();
  }

  /**
   * Returns how many calls failed and said that they had no effect.
   *
   * @return a number of calls
   */
  public long failed() {
    return failed;
  }

  /**
   * Returns how many calls failed and said that their outcome is unknown.
   *
   * @return a number of calls
   */
  public long unknown() {
    return calls.size() - answered();
  }

  /** One thread with what it has seen. */
  private static final class Recorder {
    private static final Set<Call.Kind> WRITES =
        EnumSet.of(Call.Kind.PUT, Call.Kind.PUT_IF_ABSENT, Call.Kind.REPLACE);

    private static final Set<Call.Kind> ATOMIC =
        EnumSet.of(
            Call.Kind.PUT_IF_ABSENT, Call.Kind.REPLACE, Call.Kind.REMOVE, Call.Kind.REMOVE_VERSION);

    private final Storage<String> storage;
    private final AtomicLong time;
    private final int number;
    private final SplittableRandom random;
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Entry<String>> seen = new HashMap<>();
    private final List<Call.Kind> kinds = new ArrayList<>();
    private long failed;

    Recorder(Storage<String> storage, AtomicLong time, int number, long seed) {
      this.storage = storage;
      this.time = time;
      this.number = number;
      this.random = new SplittableRandom(seed * THREADS + number);
      Collections.addAll(kinds, Call.Kind.values());
      boolean atomic = storage.capabilities().contains(Capability.ATOMIC);
      kinds.removeAll(atomic ? EnumSet.of(Call.Kind.REMOVE_WHOEVER_DOES) : ATOMIC);
    }

    void callAny(int keys) {
      String key = "key" + random.nextInt(keys);
      Call.Kind kind = kinds.get(random.nextInt(kinds.size()));
      Entry<String> known = seen.get(key);
      boolean needsVersion = kind == Call.Kind.REPLACE || kind == Call.Kind.REMOVE_VERSION;
      if (needsVersion && (known == null || random.nextInt(4) > 0)) {
        // Mostly of what was there just before, or most of them would be in vain.
        call(Call.Kind.GET, key, null, null);
        known = seen.get(key);
      }
      String value = WRITES.contains(kind) ? "%d-%d".formatted(number, calls.size()) : null;
      if (!needsVersion) {
        call(kind, key, value, null);
      } else if (known != null) {
        call(kind, key, value, known);
      }
    }

    private void call(
        Call.Kind kind, String key, @Nullable String value, @Nullable Entry<String> expected) {
      String expectedValue = expected == null ? null : expected.value();
      long begin = time.getAndIncrement();
      try {
        Object answer = answerTo(kind, key, value, expected);
        long end = time.getAndIncrement();
        calls.add(new Call(kind, key, value, expectedValue, answer, begin, end));
      } catch (StorageException e) {
        if (e.outcomeUnknown()) {
          calls.add(new Call(kind, key, value, expectedValue, null, begin, Call.NEVER));
        } else {
          failed++;
        }
      }
    }

    private @Nullable Object answerTo(
        Call.Kind kind, String key, @Nullable String value, @Nullable Entry<String> expected) {
      return switch (kind) {
        case GET -> read(key);
        case CONTAINS -> storage.contains(key);
        case PUT -> {
          storage.put(key, value(value));
          yield null;
        }
        case PUT_IF_ABSENT -> storage.putIfAbsent(key, value(value));
        case REPLACE -> storage.replace(key, versionOf(expected), value(value));
        case REMOVE -> storage.remove(key);
        case REMOVE_WHOEVER_DOES -> {
          storage.remove(key);
          yield null;
        }
        case REMOVE_VERSION -> storage.remove(key, versionOf(expected));
      };
    }

    /** By one way of reading or another; where there is a version, it is remembered. */
    private @Nullable String read(String key) {
      if (random.nextBoolean() && kinds.contains(Call.Kind.REPLACE)) {
        Entry<String> entry = storage.entry(key).orElse(null);
        if (entry == null) {
          seen.remove(key);
          return null;
        }
        seen.put(key, entry);
        return entry.value();
      }
      return storage.get(key).orElse(null);
    }

    private static String value(@Nullable String value) {
      if (value == null) {
        throw new AssertionError("a write without a value");
      }
      return value;
    }

    private static Version versionOf(@Nullable Entry<String> entry) {
      if (entry == null) {
        throw new AssertionError("a condition without a version");
      }
      return entry.version().orElseThrow();
    }
  }
}
