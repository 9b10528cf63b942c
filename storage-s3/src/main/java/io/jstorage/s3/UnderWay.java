package io.jstorage.s3;

import io.jstorage.spi.ByteStoreException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The requests under way, which a closing lets end: writes whose client is closed meanwhile have
 * unknown outcomes, and its pool forgets connections that are just being made. Thread-safe.
 */
final class UnderWay implements AutoCloseable {
  private static final int ALL = Integer.MAX_VALUE;
  private static final long PATIENCE_SECONDS = 2;

  /** Not fair: a request within another must not queue behind the closing. */
  private final Semaphore places = new Semaphore(ALL);

  private volatile boolean closed;

  /** Begins a request; {@link #end} is to follow, unless this throws. */
  void begin() throws ByteStoreException {
    places.acquireUninterruptibly();
    if (closed) {
      places.release();
      throw ByteStoreException.unavailable("the storage has been closed meanwhile", null);
    }
  }

  void end() {
    places.release();
  }

  /** Lets no more requests begin, and waits for the others, but not for long. */
  @Override
  public void close() {
    closed = true;
    try {
      if (places.tryAcquire(ALL, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        places.release(ALL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
