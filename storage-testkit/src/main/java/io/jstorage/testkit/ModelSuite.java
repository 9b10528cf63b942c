package io.jstorage.testkit;

import io.jstorage.Storage;
import io.jstorage.testkit.Choices.Maker;
import io.jstorage.testkit.Shrinking.Made;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToLongBiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Random histories of all operations, whose answers are compared with those of a plain map that
 * knows deadlines, versions and the order of accesses. A history that shows a difference is shrunk
 * to a short one before it is reported, with the seed.
 *
 * <p>The {@link Storage#capabilities()} of the storage decide which operations must work and which
 * must be refused. Call {@link #check()} in a test; if a {@link StorageContract} exists, {@link
 * #of(StorageFixture)} needs no more than that:
 *
 * <pre>{@code
 * @Test
 * void everyHistoryIsThatOfTheModel() {
 *   ModelSuite.of(this).check();
 * }
 * }</pre>
 *
 * <p>The histories are the same in every run, unless the system properties {@code
 * jstorage.testkit.seed} and {@code jstorage.testkit.histories} say otherwise.
 */
public final class ModelSuite {
  private static final String PROMISE =
      "The promise: every operation answers as a plain map would that knows deadlines, versions"
          + " and the order of accesses.";

  private final Opener opener;
  private Reopener reopener = clock -> Optional.empty();
  private Reopener afterClosing = clock -> Optional.empty();
  private boolean canReopen;
  private @Nullable Duration expiration;
  private boolean usesClock = true;
  private Granularity granularity = () -> Duration.ZERO;
  private int limit = Integer.MAX_VALUE;
  private long weight = Long.MAX_VALUE;
  private ToLongBiFunction<String, String> weigher = (key, value) -> 0;
  private int histories = 500;
  private int length = 60;

  private ModelSuite(Opener opener) {
    this.opener = opener;
  }

  /** How to open a storage. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opens a storage of text that is empty and shares its entries with no other. The suite closes
     * it.
     *
     * @param clock the clock by which it expires and dates its entries, if it does
     * @return the storage
     * @throws Exception if that fails; the test fails too
     */
    Storage<String> open(SettableClock clock) throws Exception;
  }

  /** How to open a storage once more. */
  @FunctionalInterface
  public interface Reopener {
    /**
     * Opens a storage over the entries of the one that was opened last.
     *
     * @param clock the clock
     * @return the storage, or empty if its entries are reached through one object only
     * @throws Exception if that fails; the test fails too
     */
    Optional<Storage<String>> openAgain(SettableClock clock) throws Exception;
  }

  /** How exactly a storage keeps times. */
  @FunctionalInterface
  private interface Granularity {
    Duration get() throws Exception;
  }

  /**
   * Begins a suite.
   *
   * @param opener called for each history
   * @return the suite
   */
  public static ModelSuite of(Opener opener) {
    return new ModelSuite(Objects.requireNonNull(opener, "opener"));
  }

  /**
   * Returns a suite with the settings of a contract: how the storage is opened and opened again,
   * its expiration, its clock, and how exactly it keeps times of writing.
   *
   * @param fixture the test
   * @return the suite
   */
  public static ModelSuite of(StorageFixture fixture) {
    ModelSuite suite = of(fixture::open).reopening(fixture::openAgain);
    suite.afterClosing = fixture::reopen;
    suite.granularity = fixture::writeTimeGranularity;
    fixture.expiration().ifPresent(suite::expiration);
    return fixture.usesClock() ? suite : suite.withoutClock();
  }

  /**
   * Lets histories continue with another object over the same entries.
   *
   * @param how called in the middle of a history; what was open is closed then
   * @return this suite
   */
  public ModelSuite reopening(Reopener how) {
    reopener = Objects.requireNonNull(how, "how");
    return this;
  }

  /**
   * Sets how long an entry lives that is written without a time to live of its own.
   *
   * @param duration the storage's own expiration
   * @return this suite
   */
  public ModelSuite expiration(Duration duration) {
    expiration = Objects.requireNonNull(duration, "duration");
    return this;
  }

  /**
   * Declares that entries expire by another clock than the given one; nothing expires during a
   * history then.
   *
   * @return this suite
   */
  public ModelSuite withoutClock() {
    usesClock = false;
    return this;
  }

  /**
   * Declares that the storage evicts the least recently used entry, exactly, beyond a limit.
   *
   * @param entries how many it keeps; few, so that histories come upon it
   * @return this suite
   */
  public ModelSuite limit(int entries) {
    limit = entries;
    return this;
  }

  /**
   * Declares that the storage evicts the least recently used entries, exactly, beyond a limit of
   * the weight of all together, and an entry that is heavier than that at once.
   *
   * @param most the limit; little, so that histories come upon it
   * @param weigher says how heavy an entry is, by its key and its value
   * @return this suite
   */
  public ModelSuite weight(long most, ToLongBiFunction<String, String> weigher) {
    this.weight = most;
    this.weigher = Objects.requireNonNull(weigher, "weigher");
    return this;
  }

  /**
   * Sets how many histories are tried. Lower it if an operation takes milliseconds.
   *
   * @param count by default 500
   * @return this suite
   */
  public ModelSuite histories(int count) {
    histories = count;
    return this;
  }

  /**
   * Says how long a history is at most.
   *
   * @param operations by default 60
   * @return this suite
   */
  public ModelSuite length(int operations) {
    length = operations;
    return this;
  }

  /**
   * Tries the histories.
   *
   * @throws AssertionError if one of them is answered otherwise than by the model, with a history
   *     that is as short as could be found
   */
  public void check() {
    long seed = Seed.get();
    long count = Seed.number("jstorage.testkit.histories", histories);
    canReopen = FixtureMethods.call(this::canBeReopened);
    Maker<Operation> maker = Operations.of(usesClock);
    Random random = new Random(seed);
    for (int number = 1; number <= count; number++) {
      List<Made> history = make(maker, random);
      if (differenceIn(Shrinking.operations(history)) != null) {
        throw reportOf(maker, history, "number %d of %s".formatted(number, Seed.shown(seed)));
      }
    }
  }

  Storage<String> open(SettableClock clock) throws Exception {
    return opener.open(clock);
  }

  Optional<Storage<String>> openAgain(SettableClock clock) throws Exception {
    return reopener.openAgain(clock);
  }

  /** Whether a closed storage can be opened again; once it is closed, it is too late to ask. */
  boolean canReopen() {
    return canReopen;
  }

  Storage<String> reopen(SettableClock clock) throws Exception {
    return afterClosing.openAgain(clock).orElseThrow();
  }

  private boolean canBeReopened() throws Exception {
    SettableClock clock = new SettableClock();
    open(clock).close();
    Optional<Storage<String>> reopened = afterClosing.openAgain(clock);
    reopened.ifPresent(Storage::close);
    return reopened.isPresent();
  }

  boolean usesClock() {
    return usesClock;
  }

  /** A time of writing differs by less from that of the clock, or not at all if this is zero. */
  Duration writeTimeGranularity() throws Exception {
    return granularity.get();
  }

  @Nullable Duration expiration() {
    return expiration;
  }

  int limit() {
    return limit;
  }

  /** Enough writes for each entry that a storage can hold to be evicted, unless it has no limit. */
  int writesUntilAllLeft() {
    long most = Math.min(limit, weight);
    return most == Integer.MAX_VALUE ? 0 : (int) most;
  }

  Model model(SettableClock clock) {
    return new Model(clock, expiration, limit, weight, weigher);
  }

  private List<Made> make(Maker<Operation> maker, Random random) {
    List<Made> history = new ArrayList<>();
    int operations = random.nextInt(length + 1);
    while (history.size() < operations) {
      history.add(Made.of(maker, Choices.of(random)));
    }
    return history;
  }

  private AssertionError reportOf(Maker<Operation> maker, List<Made> found, String which) {
    List<Operation> shortest = Shrinking.of(maker, history -> differenceIn(history) != null, found);
    Difference difference = differenceIn(shortest);
    String calls = shortest.stream().map(call -> "  " + call + "\n").collect(Collectors.joining());
    String message =
        "the model answers otherwise in this history (%s, shrunk from %d operations):\n%s%s\n%s"
            .formatted(
                which,
                found.size(),
                calls,
                difference == null ? "but not each time" : difference,
                PROMISE);
    return new AssertionError(
        MessageRepresentation.lines(message), difference == null ? null : difference.cause());
  }

  /**
   * The operation at which a history went wrong, and the methods of the backend that are behind it.
   */
  private record Difference(String operation, Throwable cause, List<String> lookAt) {
    @Override
    public String toString() {
      return "at %s: %s\nLook at: %s".formatted(operation, cause, String.join("; ", lookAt));
    }
  }

  private @Nullable Difference differenceIn(List<Operation> history) {
    String current = "the opening";
    try (ModelRun run = new ModelRun(this)) {
      for (Operation operation : history) {
        current = operation.text();
        operation.step().on(run);
      }
      current = "the end";
      run.end();
      current = "the closing";
    } catch (Exception | AssertionError e) {
      return new Difference(current, e, Trace.ofThread().lookAt());
    }
    return null;
  }
}
