package io.jstorage.compress;

import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes that a compressed value becomes, up to its limits, and keeps them as long as
 * they are few.
 */
final class BoundedOutput extends OutputStream {
  private final Limits limits;
  private final int codedLength;
  private final int maxBytes;
  private final int maxKept;
  private byte @Nullable [] kept;
  private int count;

  BoundedOutput(Limits limits, int codedLength, int maxKept, int firstGuess) {
    this.limits = limits;
    this.codedLength = codedLength;
    this.maxBytes = limits.outputOf(codedLength);
    this.maxKept = maxKept;
    this.kept = new byte[firstGuess];
  }

  @Override
  public void write(int b) throws LimitException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] b, int off, int len) throws LimitException {
    if (len > maxBytes - count) {
      throw limits.exceededBy(codedLength);
    }
    if (len > maxKept - count) {
      kept = null;
    }
    if (kept != null) {
      if (len > kept.length - count) {
        kept = Arrays.copyOf(kept, Math.min(maxKept, Math.max(count + len, kept.length * 2)));
      }
      System.arraycopy(b, off, kept, count, len);
    }
    count += len;
  }

  int count() {
    return count;
  }

  /** Returns all bytes, or null if there were too many to keep. */
  byte @Nullable [] bytes() {
    return kept == null || kept.length == count ? kept : Arrays.copyOf(kept, count);
  }
}
