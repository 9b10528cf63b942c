package io.jstorage.resilience;

import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.spi.AbstractStorage;
import io.jstorage.spi.PolicyBuilder;
import io.jstorage.spi.PolicyStore;
import io.jstorage.spi.StandardOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A storage in front of another one, whose calls are repeated where that does no harm, and refused
 * at once while the other one fails all the time: the service {@code storage.resilient}.
 *
 * <p><b>Repeated</b> is a call that failed by a {@link StorageUnavailableException} that changed
 * nothing: a read, or a write that says so. A write of unknown {@linkplain
 * StorageUnavailableException#outcomeUnknown() outcome} is never repeated, nor is any other
 * failure. Of a batch, those keys are repeated of which this is true. Between attempts the caller
 * waits, twice as long each time; an interrupt does not end that, and closing this storage does at
 * once. A listing is repeated until it has begun; what fails while its stream is read is thrown.
 *
 * <p><b>Refused</b> is every call, by a {@link StorageUnavailableException} that changed nothing,
 * while the circuit is open. It opens when so many of the last attempts were unavailable; after a
 * time, calls are let through to find out whether the storage is back. A miss, a value that does
 * not decode and an access denied are answers, and no failures.
 *
 * <p>No call is cut off: one that was given up might happen later, unseen. How long an attempt
 * takes is said by the options of the storage behind, such as {@code timeout} of Redis, S3 and
 * files.
 *
 * <p>As atomic and durable as the storage behind, and with its capabilities. Loaders run outside of
 * attempts. Costs some hundred nanoseconds where nothing fails. Stands behind {@code
 * storage.fallback} and {@code storage.refresh}, and in front of no other one of its kind.
 *
 * @param <V> the type of the values
 */
public final class ResilientStorage<V> extends AbstractStorage<V> {
  static final String NAME = "storage.resilient";
  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * {@code storage}: the storage behind; a {@link Storage}, which is borrowed and must hold values
   * of the same type, or a service name or URL, which is opened and closed with this one.
   */
  public static final Option<Object> STORAGE =
      StandardOptions.storage("storage")
          .describedAs("The storage whose calls are repeated.")
          .required();

  /** {@code retries}: how often a call is repeated at most; 3 by default, 0 for never. */
  public static final Option<Integer> RETRIES =
      count("retries").describedAs("How often a call is repeated; 0 for never.").withDefault(3);

  /** {@code pause}: the time before the first repetition; 50 milliseconds by default. */
  public static final Option<Duration> PAUSE =
      time("pause")
          .describedAs("The time before the first repetition; it doubles each time.")
          .withDefault(Duration.ofMillis(50));

  /** {@code longestPause}: the longest time before a repetition; one second by default. */
  public static final Option<Duration> LONGEST_PAUSE =
      time("longestPause")
          .describedAs("The longest time before a repetition.")
          .withDefault(Duration.ofSeconds(1));

  /** {@code retryFor}: the time after a first failure in which calls are repeated; 10 seconds. */
  public static final Option<Duration> RETRY_FOR =
      time("retryFor")
          .describedAs("No repetition begins later than this after the first failure.")
          .withDefault(Duration.ofSeconds(10));

  /** {@code failures}: how many failures open the circuit; 10 by default, 0 for none. */
  public static final Option<Integer> FAILURES =
      count("failures")
          .describedAs("How many of the last calls have to fail for calls to be refused; 0: none.")
          .withDefault(10);

  /** {@code calls}: among how many attempts the failures are counted; 20 by default. */
  public static final Option<Integer> CALLS =
      count("calls")
          .describedAs("Among how many of the last calls, repetitions included, failures count.")
          .withDefault(20);

  /** {@code open}: how long calls are refused before one is let through; 5 seconds by default. */
  public static final Option<Duration> OPEN =
      time("open")
          .describedAs("How long calls are refused before one is let through.")
          .withDefault(Duration.ofSeconds(5));

  /** {@code listener}: who is told of repetitions and of the circuit; nobody by default. */
  public static final Option<ResilienceListener> LISTENER =
      Option.object("listener", ResilienceListener.class)
          .describedAs("Is called for repetitions, and when calls begin to be refused.");

  private final Attempts attempts;

  private ResilientStorage(ResilientStore<V> store, Attempts attempts, List<AutoCloseable> owned) {
    super(store, owned);
    this.attempts = attempts;
  }

  private static Option<Integer> count(String name) {
    return Option.integer(name).where(number -> number >= 0, "not negative");
  }

  private static Option<Duration> time(String name) {
    return Option.duration(name).where(time -> time.compareTo(LONGEST) <= 0, "at most a day");
  }

  /**
   * Begins a storage in front of another one, which stays the caller's to close. By default a call
   * is repeated three times within ten seconds, and 10 failures among 20 calls open the circuit for
   * five seconds.
   *
   * @param storage the other storage
   * @param <V> the type of the values
   * @return the builder
   */
  public static <V> Builder<V> builder(Storage<V> storage) {
    return new Builder<>(Objects.requireNonNull(storage, "storage"));
  }

  /**
   * Makes a storage by options.
   *
   * @param storage the storage behind
   * @param owned whether the storage behind is closed with this one
   * @param options those of {@link #options()} but {@link #STORAGE}
   * @param <V> the type of the values
   * @return the storage
   * @throws InvalidOptionException if an option has a wrong value, or as {@link Builder#build} does
   */
  public static <V> ResilientStorage<V> open(
      Storage<V> storage, boolean owned, StorageOptions options) {
    Attempts attempts =
        new Attempts(Settings.of(options), storage.toString(), options.find(LISTENER).orElse(null));
    List<AutoCloseable> closing = new ArrayList<>();
    closing.add(attempts::close);
    closing.addAll(PolicyStore.owned(storage, owned));
    return new ResilientStorage<>(new ResilientStore<>(storage, attempts), attempts, closing);
  }

  /**
   * Tells whether calls are refused.
   *
   * @return true while the circuit is open
   */
  public boolean isRefusing() {
    return attempts.isOpen();
  }

  /**
   * Counts repetitions.
   *
   * @return how many there were since this object was made
   */
  public long retries() {
    return attempts.retries();
  }

  /**
   * Counts the calls that were refused because the circuit was open.
   *
   * @return how many there were since this object was made
   */
  public long refusals() {
    return attempts.refused();
  }

  /**
   * Returns the options of a storage.
   *
   * @return an unmodifiable set
   */
  public static Set<Option<?>> options() {
    return Set.of(
        STORAGE, RETRIES, PAUSE, LONGEST_PAUSE, RETRY_FOR, FAILURES, CALLS, OPEN, LISTENER);
  }

  /**
   * Collects the options of a storage. Not thread-safe.
   *
   * @param <V> the type of the values
   */
  public static final class Builder<V> extends PolicyBuilder<Builder<V>> {
    private final Storage<V> behind;

    private Builder(Storage<V> behind) {
      this.behind = behind;
    }

    /**
     * Sets how often a call is repeated.
     *
     * @param most the number of repetitions, 0 for none
     * @return this builder
     * @throws InvalidOptionException if {@code most} is negative
     */
    public Builder<V> retries(int most) {
      return set(RETRIES, most);
    }

    /**
     * Sets how long a caller waits before a repetition.
     *
     * @param first the first time; each is twice as long as the one before
     * @param longest the longest time
     * @return this builder
     * @throws InvalidOptionException if one is zero or negative, or longer than a day
     */
    public Builder<V> pauses(Duration first, Duration longest) {
      return set(PAUSE, first).set(LONGEST_PAUSE, longest);
    }

    /**
     * Sets the time after a first failure in which a call is repeated.
     *
     * @param time the time
     * @return this builder
     * @throws InvalidOptionException if {@code time} is zero or negative, or longer than a day
     */
    public Builder<V> retryFor(Duration time) {
      return set(RETRY_FOR, time);
    }

    /**
     * Sets when calls are refused.
     *
     * @param failures how many failures open the circuit; 0 for none
     * @param calls among how many of the last attempts they are counted
     * @param open how long calls are refused before one is let through
     * @return this builder
     * @throws InvalidOptionException if a number is negative, or the time is zero, negative, or
     *     longer than a day
     */
    public Builder<V> breaker(int failures, int calls, Duration open) {
      return set(FAILURES, failures).set(CALLS, calls).set(OPEN, open);
    }

    /**
     * Tells somebody of repetitions and of the circuit.
     *
     * @param listener who is told
     * @return this builder
     */
    public Builder<V> listener(ResilienceListener listener) {
      return set(LISTENER, listener);
    }

    /**
     * Makes the storage.
     *
     * @return a new storage
     * @throws InvalidOptionException if the settings do not go together, or if the other storage
     *     is, or has behind it, a fallback, a refresh or another one of this kind
     */
    public ResilientStorage<V> build() {
      return open(behind, isOwned(), options());
    }
  }
}
