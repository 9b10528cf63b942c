package io.jstorage.compress;

/**
 * How much a compressed value may grow: to so many bytes, and beyond {@link #FREE_BYTES} to so many
 * times its own size. The same as of the API's gzip.
 */
record Limits(String name, int bytes, int ratio) {
  /** 1 MiB, below which no ratio counts: short runs honestly reach 1000:1. */
  static final int FREE_BYTES = 1 << 20;

  /** 8 MiB: the dictionary of xz -6 and the window of zstd -19, which they claim for any value. */
  static final int FREE_MEMORY = 8 << 20;

  /** The most bytes that a compressed value of a given length may become. */
  int outputOf(int codedLength) {
    return (int) Math.min(bytes, Math.max(FREE_BYTES, (long) ratio * codedLength));
  }

  /** The shortest compressed value that may become so many bytes. */
  int codedLengthFor(int plainLength) {
    return plainLength <= FREE_BYTES ? 0 : (plainLength - 1) / ratio + 1;
  }

  /** Twice the value, as the formats round the size of a dictionary or window up. */
  long memoryOf(int codedLength) {
    return Math.max(FREE_MEMORY, 2L * outputOf(codedLength));
  }

  LimitException exceeded(long length) {
    return new LimitException(
        "the value has %d bytes, and the limit is %d (%s.limit)".formatted(length, bytes, name));
  }

  LimitException exceededBy(int codedLength) {
    return new LimitException(
        "%d compressed bytes become more than %d, and the limits are %d bytes (%s.limit) and, above %d, %d times the compressed size (%s.ratio)"
            .formatted(codedLength, outputOf(codedLength), bytes, name, FREE_BYTES, ratio, name));
  }
}
