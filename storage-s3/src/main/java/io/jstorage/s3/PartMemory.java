package io.jstorage.s3;

import io.jstorage.s3.requests.PartBuffer;
import io.jstorage.s3.requests.PartSizes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory that the streams of a store have together for parts on their way, beyond the one part
 * that each stream holds anyway. Thread-safe.
 */
final class PartMemory {
  /** Ten parts of the usual length. */
  private static final long MOST_BYTES = 50L << 20;

  private final AtomicLong free;

  /** Makes 50 MiB, or half of the heap if that is less, less the part of one stream. */
  PartMemory() {
    long bytes = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 2);
    this.free = new AtomicLong(Math.max(0, bytes - PartSizes.of(1)));
  }

  private boolean tryTake(int bytes) {
    return free.getAndUpdate(n -> n < bytes ? n : n - bytes) >= bytes;
  }

  /** Begins a stream. */
  Buffers begin() {
    return new Buffers();
  }

  /** The buffers of one stream, which keeps them until it is closed. Confined to one thread. */
  final class Buffers implements AutoCloseable {
    private final Deque<PartBuffer> idle = new ArrayDeque<>();
    private long taken;

    /**
     * Returns the buffer that is always there, and gives up all others, which must not be in use.
     *
     * @param length the length of a part from now on
     */
    PartBuffer first(int length) {
      close();
      return new PartBuffer(length);
    }

    /**
     * Returns a buffer that is in no use, or null if there is none before another is given back.
     *
     * @param length the length of a part, that of the first
     */
    @Nullable PartBuffer poll(int length) {
      PartBuffer buffer = idle.poll();
      if (buffer == null && tryTake(length)) {
        taken += length;
        return new PartBuffer(length);
      }
      return buffer;
    }

    /** Gives a buffer back, for the next part of the stream. */
    void giveBack(PartBuffer buffer) {
      idle.push(buffer);
    }

    @Override
    public void close() {
      idle.clear();
      free.addAndGet(taken);
      taken = 0;
    }
  }
}
