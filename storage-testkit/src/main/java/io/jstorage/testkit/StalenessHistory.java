package io.jstorage.testkit;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A history of several openers of the same entries, each of which may answer from a memory of its
 * own, and the changes that they see of each other. Every key is written by one opener only, so
 * that the order of its values is known. A key whose write failed with an unknown outcome is given
 * up, as that write may still take effect later; another one takes its place.
 */
public final class StalenessHistory {
  private static final int READERS = 2;

  private final List<Storage<String>> openers;
  private final int keys;
  private final long seed;
  private final AtomicIntegerArray incarnations;
  private final List<Staleness.Write> writes = new ArrayList<>();
  private final List<Staleness.Read> reads = new ArrayList<>();
  private final List<Staleness.Emptying> emptyings = new CopyOnWriteArrayList<>();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicBoolean stopped = new AtomicBoolean();

  private StalenessHistory(List<? extends Storage<String>> openers, int keys, long seed) {
    this.openers = List.copyOf(openers);
    this.keys = keys;
    this.seed = seed;
    this.incarnations = new AtomicIntegerArray(keys);
  }

  /**
   * Begins a history, in a place that is empty.
   *
   * @param openers storages over the same entries
   * @param keys how many keys are used at a time, at least as many as there are openers: the fewer,
   *     the more they meet
   * @param seed where the choices start
   * @return the history
   */
  public static StalenessHistory of(List<? extends Storage<String>> openers, int keys, long seed) {
    return new StalenessHistory(openers, keys, seed);
  }

  /**
   * Lets a writer and two readers use each opener until {@link #stop} is called.
   *
   * @throws AssertionError if a call fails otherwise than by a {@link StorageException}
   */
  public void record() {
    try (Race race = new Race(openers.size() * (1 + READERS))) {
      List<User> users =
          race.run(
              number -> {
                int opener = number % openers.size();
                User user = new User(opener, new SplittableRandom(seed + number));
                boolean writer = number < openers.size();
                while (!stopped.get()) {
                  if (writer) {
                    user.write();
                  } else {
                    user.read();
                  }
                }
                return user;
              });
      for (User user : users) {
        writes.addAll(user.written);
        reads.addAll(user.seen);
      }
    }
  }

  /** Ends {@link #record}. */
  public void stop() {
    stopped.set(true);
  }

  /**
   * Carries out something that removes all entries.
   *
   * @param action what does, and has done so when it returns
   */
  public void empty(Runnable action) {
    long begin = System.nanoTime();
    action.run();
    emptyings.add(new Staleness.Emptying(begin, System.nanoTime()));
  }

  /**
   * Returns how many calls were answered so far.
   *
   * @return a number of calls
   */
  public long answered() {
    return answered.get();
  }

  /**
   * Returns how many calls failed so far.
   *
   * @return a number of calls
   */
  public long failed() {
    return failed.get();
  }

  /**
   * Finds out whether any read was older than it may be: than the bound, than what its opener has
   * written, or than what its opener has read. Comes after {@link #record}.
   *
   * @param bound how long a value may be read after it was replaced
   * @throws AssertionError if one was
   */
  public void assertBounded(Duration bound) {
    violation(bound)
        .ifPresent(
            violation -> {
              throw new AssertionError(
                  MessageRepresentation.lines("%s%n(seed %d)".formatted(violation, seed)));
            });
  }

  Optional<String> violation(Duration bound) {
    return Staleness.violation(writes, reads, emptyings, bound.toNanos());
  }

  /** One thread with what it has done and seen. */
  private final class User {
    private final int opener;
    private final Storage<String> storage;
    private final SplittableRandom random;
    private final List<Staleness.Write> written = new ArrayList<>();
    private final List<Staleness.Read> seen = new ArrayList<>();
    private final int[] numbers = new int[keys];

    User(int opener, SplittableRandom random) {
      this.opener = opener;
      this.storage = openers.get(opener);
      this.random = random;
    }

    private String key(int number) {
      return "k%d.%d".formatted(number, incarnations.get(number));
    }

    void write() {
      int index = random.nextInt(keys / openers.size()) * openers.size() + opener;
      String key = key(index);
      boolean removal = random.nextInt(4) == 0;
      int number = ++numbers[index];
      long begin = System.nanoTime();
      try {
        if (removal) {
          storage.remove(key);
        } else {
          storage.put(key, Integer.toString(number));
        }
        written.add(new Staleness.Write(key, number, removal, opener, begin, System.nanoTime()));
        answered.incrementAndGet();
      } catch (StorageException e) {
        failed.incrementAndGet();
        if (e.outcomeUnknown()) {
          written.add(new Staleness.Write(key, number, removal, opener, begin, Staleness.NEVER));
          numbers[index] = 0;
          incarnations.incrementAndGet(index);
        } else {
          numbers[index]--;
        }
      }
    }

    void read() {
      String key = key(random.nextInt(keys));
      long begin = System.nanoTime();
      try {
        Optional<String> value = read(key);
        seen.add(
            new Staleness.Read(
                key, value.map(Integer::valueOf).orElse(null), opener, begin, System.nanoTime()));
        answered.incrementAndGet();
      } catch (StorageException e) {
        failed.incrementAndGet();
      }
    }

    private Optional<String> read(String key) {
      return switch (random.nextInt(20)) {
        case 0 -> storage.entry(key).map(Entry::value);
        case 1 ->
            Optional.ofNullable(storage.getAll(List.of(key, key(random.nextInt(keys)))).get(key));
        default -> storage.get(key);
      };
    }
  }
}
