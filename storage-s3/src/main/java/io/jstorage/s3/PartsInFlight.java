package io.jstorage.s3;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one upload that are on their way, each on a thread of the store's {@link Parallel}.
 * After the first failure no more are sent. Confined to one thread.
 */
final class PartsInFlight implements AutoCloseable {
  private final Parallel threads;
  private final BlockingQueue<Sending> ended;
  private int inFlight;
  private @Nullable Throwable failure;

  PartsInFlight(Parallel threads) {
    this.threads = threads;
    // With room for all, so that the end of a part needs no memory.
    this.ended = new ArrayBlockingQueue<>(threads.most());
  }

  /** Sends one part. */
  @FunctionalInterface
  interface Part {
    void send() throws IOException;
  }

  /** A part on its way, or at its end. */
  private static final class Sending {
    private final Part part;

    /** The next step of the thread of the upload. */
    final Runnable then;

    @Nullable Throwable failure;

    Sending(Part part, Runnable then) {
      this.part = part;
      this.then = then;
    }

    void run() {
      try {
        part.send();
      } catch (Throwable e) {
        failure = e;
      }
    }
  }

  /**
   * Sends a part: on a free thread, or on this one if there is none and nothing is on its way, so
   * that no upload waits for other work of the store.
   *
   * @param part sends it
   * @param then what this thread does when it learns that the part has ended
   * @throws IOException the failure of this or an earlier part
   */
  void send(Part part, Runnable then) throws IOException {
    for (Sending one = ended.poll(); one != null; one = ended.poll()) {
      end(one);
    }
    throwIfFailed();
    Sending sending = new Sending(part, then);
    while (!threads.tryRun(sending::run, () -> ended.add(sending))) {
      if (inFlight == 0) {
        inFlight++;
        sending.run();
        end(sending);
        throwIfFailed();
        return;
      }
      awaitOne();
    }
    inFlight++;
  }

  private void end(Sending one) {
    inFlight--;
    one.then.run();
    if (failure == null) {
      failure = one.failure;
    }
  }

  private void throwIfFailed() throws IOException {
    if (failure instanceof IOException io) {
      throw io;
    } else if (failure instanceof RuntimeException defect) {
      throw defect;
    } else if (failure instanceof Error error) {
      throw error;
    } else if (failure != null) {
      // A stream may throw what its signature hides.
      throw new IOException("a part could not be sent", failure);
    }
  }

  /**
   * Waits until one of the parts has ended. An interrupt does not shorten the wait; the flag is set
   * afterwards.
   *
   * @throws IOException the failure of a part
   */
  void awaitOne() throws IOException {
    end(takeUninterruptibly());
    throwIfFailed();
  }

  private Sending takeUninterruptibly() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return ended.take();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Waits until all parts have ended.
   *
   * @throws IOException the first failure
   */
  void awaitAll() throws IOException {
    close();
    throwIfFailed();
  }

  /** Waits until all parts have ended, however they do. */
  @Override
  public void close() {
    while (inFlight > 0) {
      end(takeUninterruptibly());
    }
  }
}
