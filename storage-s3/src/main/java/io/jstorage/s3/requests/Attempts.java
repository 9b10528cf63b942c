package io.jstorage.s3.requests;

import io.jstorage.s3.requests.S3Failures.Kind;
import io.jstorage.spi.Backoff;
import io.jstorage.spi.ByteStoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Retries requests: reads whenever that may help, writes only if they certainly changed nothing. A
 * write that is sent twice would undo later changes of others. An interrupt ends no request; the
 * flag is set afterwards. Thread-safe.
 */
public final class Attempts {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(1_600);

  /** The message for an {@link IllegalStateException} of the SDK. */
  private static final String CLIENT_CLOSED = "the client has been closed";

  private final long timeoutNanos;
  private final int retries;
  private final boolean ownClient;

  /**
   * Makes the rules of repetition.
   *
   * @param timeout how long requests are repeated
   * @param retries how often
   * @param ownClient whether requests are sent by an {@link UninterruptedHttpClient}
   */
  public Attempts(Duration timeout, int retries, boolean ownClient) {
    this.timeoutNanos = saturatedNanos(timeout);
    this.retries = retries;
    this.ownClient = ownClient;
  }

  private static long saturatedNanos(Duration duration) {
    // Half of what a long can hold, so that a deadline made of it does not wrap round.
    long most = Long.MAX_VALUE / 2;
    return duration.compareTo(Duration.ofNanos(most)) >= 0 ? most : duration.toNanos();
  }

  /** A request that changes nothing. */
  @FunctionalInterface
  interface Read<T> {
    @Nullable T send() throws IOException;
  }

  /** A request that changes something. */
  @FunctionalInterface
  interface Write<T> {
    /**
     * Sends it.
     *
     * @param repeated whether it was sent before to a server that said that it was too busy, and
     *     may have carried it out anyway
     */
    T send(boolean repeated) throws IOException;
  }

  /** Finds out what became of a write whose reply was lost. */
  @FunctionalInterface
  interface Settle<T> {
    /**
     * Returns what the write would have returned, or null if that cannot be known.
     *
     * @param done whether the server has said that it is done, and only the rest of its reply is
     *     missing
     */
    @Nullable T ask(boolean done) throws IOException;
  }

  /** The attempts of one operation, which end at its deadline. Confined to one thread. */
  public final class Series {
    private final long deadlineNanos = System.nanoTime() + timeoutNanos;
    private final int most;
    private int repeats;
    private @Nullable Backoff backoff;

    private Series(int most) {
      this.most = most;
    }

    /** Pauses before another attempt; false if there is to be none. */
    public boolean again(Kind kind) {
      // A conflict says that another writer succeeded: it counts for the time only.
      int allowed =
          kind == Kind.CONFLICT && most > 0 ? Integer.MAX_VALUE : kind == Kind.SKEWED ? 1 : most;
      if (repeats++ >= allowed) {
        return false;
      }
      if (backoff == null) {
        backoff = Backoff.between(FIRST_PAUSE, LONGEST_PAUSE);
      }
      backoff.pause(deadlineNanos - System.nanoTime());
      return isInTime();
    }

    boolean isInTime() {
      return System.nanoTime() - deadlineNanos < 0;
    }
  }

  /** Begins the attempts of one operation, which may be several requests. */
  Series begin() {
    return new Series(retries);
  }

  /** Begins an operation of a single attempt. */
  Series beginSingle() {
    return new Series(0);
  }

  long timeoutNanos() {
    return timeoutNanos;
  }

  <T> @Nullable T read(Read<T> request) throws IOException {
    Series series = begin();
    RequestProgress progress = RequestProgress.current();
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        progress.start(ownClient);
        try {
          return request.send();
        } catch (SdkException | CancellationException e) {
          SdkException failure = asSdkException(e);
          boolean struck = progress.takeInterrupt();
          interrupted |= struck;
          boolean atOnce = struck && failure instanceof AbortedException && series.isInTime();
          if (!atOnce && !mayRepeat(failure, series)) {
            throw S3Failures.ofRead(failure);
          }
        } catch (IllegalStateException e) {
          throw ByteStoreException.unavailable(CLIENT_CLOSED, e);
        } catch (RuntimeException e) {
          throw ofPayload(e);
        }
      }
    } finally {
      restore(interrupted, progress);
    }
  }

  private static boolean mayRepeat(SdkException failure, Series series) {
    Kind kind = S3Failures.kindOf(failure);
    return switch (kind) {
      case CONFLICT, THROTTLED, UNREACHED, SKEWED, AMBIGUOUS -> series.again(kind);
      case MISSING, CONDITION_FAILED, DENIED, REFUSED -> false;
    };
  }

  <T> T write(Series series, Write<T> request, Settle<T> settle) throws IOException {
    RequestProgress progress = RequestProgress.current();
    boolean interrupted = false;
    boolean repeated = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        progress.start(ownClient);
        try {
          return request.send(repeated);
        } catch (SdkException | CancellationException e) {
          SdkException failure = asSdkException(e);
          Kind kind = S3Failures.kindOf(failure);
          boolean struck = progress.takeInterrupt();
          interrupted |= struck;
          if (kind == Kind.AMBIGUOUS && !progress.hasNeverArrived()) {
            return settled(failure, progress.isAnswered(), settle);
          }
          boolean atOnce = kind == Kind.AMBIGUOUS && struck && series.isInTime();
          if (!atOnce && !mayRepeatWrite(kind, series)) {
            throw progress.hasNeverArrived()
                ? S3Failures.ofRead(failure)
                : S3Failures.ofWrite(failure);
          }
          repeated |= kind == Kind.THROTTLED;
        } catch (IllegalStateException e) {
          throw progress.hasNeverArrived()
              ? ByteStoreException.unavailable(CLIENT_CLOSED, e)
              : ByteStoreException.outcomeUnknown(CLIENT_CLOSED, e);
        } catch (RuntimeException e) {
          throw ofPayload(e);
        }
      }
    } finally {
      restore(interrupted, progress);
    }
  }

  private static boolean mayRepeatWrite(Kind kind, Series series) {
    return switch (kind) {
      case CONFLICT, THROTTLED, UNREACHED, SKEWED -> series.again(kind);
      case AMBIGUOUS -> series.again(Kind.UNREACHED); // It never arrived.
      case MISSING, CONDITION_FAILED, DENIED, REFUSED -> false;
    };
  }

  private static <T> T settled(SdkException e, boolean done, Settle<T> settle) throws IOException {
    IOException unknown = S3Failures.ofWrite(e);
    try {
      T outcome = settle.ask(done);
      if (outcome != null) {
        return outcome;
      }
    } catch (IOException | RuntimeException e2) {
      // Such as that of a client that was closed concurrently.
      unknown.addSuppressed(e2);
    }
    throw unknown;
  }

  /** Makes what the HTTP client throws for an interrupted wait the SDK's own. */
  private static SdkException asSdkException(RuntimeException e) {
    return e instanceof SdkException known ? known : AbortedException.create("interrupted", e);
  }

  /** Returns why the file to be sent cannot be read, so that no request was sent to its end. */
  private static IOException ofPayload(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException unreadable) {
        return unreadable;
      }
    }
    throw e;
  }

  private static void restore(boolean interrupted, RequestProgress progress) {
    boolean struck = progress.takeInterrupt();
    if (struck || interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
