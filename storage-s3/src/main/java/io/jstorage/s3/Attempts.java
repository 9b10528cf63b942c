package io.jstorage.s3;

import io.jstorage.s3.S3Failures.Kind;
import io.jstorage.spi.ByteStoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Repeats requests: reads whenever that may help, writes only if it is certain that they did
 * nothing. A write that is sent twice would undo what others did in between. Thread-safe.
 */
final class Attempts implements AutoCloseable {
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final int DOUBLINGS = 5;

  /** What an {@link IllegalStateException} of the SDK says. */
  private static final String CLIENT_CLOSED = "the client has been closed meanwhile";

  private final long timeoutNanos;
  private final int retries;
  private final UnderWay underWay = new UnderWay();

  Attempts(Duration timeout, int retries) {
    this.timeoutNanos = saturatedNanos(timeout);
    this.retries = retries;
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
     *     may have done it all the same
     */
    T send(boolean repeated) throws IOException;
  }

  /** Finds out what became of a write. */
  @FunctionalInterface
  interface Settle<T> {
    /** Returns what the write would have returned, or null if it cannot be told. */
    @Nullable T ask() throws IOException;
  }

  /** The end of patience of one operation. */
  final class Patience {
    private final long deadlineNanos = System.nanoTime() + timeoutNanos;
    private int repeats;

    /** Pauses before another attempt; false if there is to be none. */
    boolean lasts(Kind kind) {
      // A conflict says that somebody else succeeded: it counts for the time only.
      int allowed = kind == Kind.CONFLICT ? Integer.MAX_VALUE : kind == Kind.SKEWED ? 1 : retries;
      if (repeats >= allowed) {
        return false;
      }
      long most = FIRST_PAUSE_MILLIS << Math.min(repeats++, DOUBLINGS);
      long millis = ThreadLocalRandom.current().nextLong(most / 4, most);
      if (System.nanoTime() + millis * 1_000_000 > deadlineNanos) {
        return false;
      }
      try {
        Thread.sleep(millis);
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  /** Begins an operation of several requests. */
  Patience patience() {
    return new Patience();
  }

  <T> @Nullable T read(Read<T> request) throws IOException {
    Patience patience = patience();
    while (true) {
      try {
        return send(request);
      } catch (SdkException e) {
        Kind kind = S3Failures.kindOf(e);
        boolean repeatable =
            switch (kind) {
              case CONFLICT, THROTTLED, UNREACHED, SKEWED, AMBIGUOUS -> true;
              case MISSING, CONDITION_FAILED, DENIED, REFUSED -> false;
            };
        if (!repeatable || !patience.lasts(kind)) {
          throw S3Failures.ofRead(e);
        }
      }
    }
  }

  <T> T write(Write<T> request, Settle<T> settle) throws IOException {
    Patience patience = patience();
    boolean repeated = false;
    while (true) {
      if (Thread.currentThread().isInterrupted()) {
        throw ByteStoreException.unavailable("interrupted before it was sent", null);
      }
      try {
        return send(request, repeated);
      } catch (SdkException e) {
        Kind kind = S3Failures.kindOf(e);
        switch (kind) {
          case CONFLICT, THROTTLED, UNREACHED, SKEWED -> {
            if (!patience.lasts(kind)) {
              throw S3Failures.ofWrite(e);
            }
            repeated |= kind == Kind.THROTTLED;
          }
          case AMBIGUOUS -> {
            return settled(e, settle);
          }
          case MISSING, CONDITION_FAILED, DENIED, REFUSED -> throw S3Failures.ofWrite(e);
        }
      }
    }
  }

  private <T> @Nullable T send(Read<T> request) throws IOException {
    underWay.begin();
    try {
      return request.send();
    } catch (CancellationException e) {
      throw interrupted(e);
    } catch (UncheckedIOException e) {
      throw e.getCause(); // What is to be sent cannot be read.
    } catch (IllegalStateException e) {
      throw ByteStoreException.unavailable(CLIENT_CLOSED, e);
    } finally {
      underWay.end();
    }
  }

  private <T> T send(Write<T> request, boolean repeated) throws IOException {
    underWay.begin();
    try {
      return request.send(repeated);
    } catch (CancellationException e) {
      throw interrupted(e);
    } catch (UncheckedIOException e) {
      throw e.getCause(); // As above; nothing was sent.
    } catch (IllegalStateException e) {
      throw ByteStoreException.outcomeUnknown(CLIENT_CLOSED, e);
    } finally {
      underWay.end();
    }
  }

  /** What the HTTP client makes of an interrupt while it waits for a connection. */
  private static SdkException interrupted(CancellationException e) {
    Thread.currentThread().interrupt();
    return AbortedException.create("interrupted", e);
  }

  /** Also for a thread that is interrupted: it was probably that which made the write ambiguous. */
  private static <T> T settled(SdkException e, Settle<T> settle) throws IOException {
    IOException unknown = S3Failures.ofWrite(e);
    boolean interrupted = Thread.interrupted();
    try {
      T outcome = settle.ask();
      if (outcome != null) {
        return outcome;
      }
    } catch (IOException | RuntimeException e2) {
      // Such as that of a client that was closed meanwhile.
      unknown.addSuppressed(e2);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    throw unknown;
  }

  /** Lets the requests under way end, and sends no more. */
  @Override
  public void close() {
    underWay.close();
  }
}
