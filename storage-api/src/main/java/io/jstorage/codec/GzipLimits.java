package io.jstorage.codec;

import java.io.IOException;

/**
 * How much a compressed value may grow: to so many bytes, and beyond {@link #FREE_BYTES} to so many
 * times its own size. Both hold for the sum of all members.
 */
record GzipLimits(int bytes, int ratio) {
  /** 1 MiB, below which no ratio counts: short runs honestly reach 1000:1. */
  static final int FREE_BYTES = 1 << 20;

  /** The most bytes that a compressed value of a given length may become. */
  int outputOf(int codedLength) {
    return (int) Math.min(bytes, Math.max(FREE_BYTES, (long) ratio * codedLength));
  }

  IOException exceeded(long length) {
    return new IOException(
        "the value has %d bytes, and the limit is %d (gzip.limit)".formatted(length, bytes));
  }

  IOException exceededBy(int codedLength) {
    return new IOException(
        "%d compressed bytes become more than %d, and the limits are %d bytes (gzip.limit) and, above %d, %d times the compressed size (gzip.ratio)"
            .formatted(codedLength, outputOf(codedLength), bytes, FREE_BYTES, ratio));
  }
}
