package io.jstorage.codec;

import io.jstorage.ByteTransform;

/** Makes the transforms of this module. */
public final class Transforms {
  /** The level of compression unless another is named: 6, gzip's own default. */
  public static final int DEFAULT_GZIP_LEVEL = 6;

  /** The most bytes of a value unless another limit is named: 256 MiB. */
  public static final int DEFAULT_GZIP_LIMIT = 256 << 20;

  /** The largest ratio of a value to its compressed form unless another is named: 200. */
  public static final int DEFAULT_GZIP_RATIO = 200;

  /** The smallest ratio that can be demanded: 10, which every value can be held to. */
  public static final int MIN_GZIP_RATIO = 10;

  private static final ByteTransform GZIP =
      gzip(DEFAULT_GZIP_LEVEL, DEFAULT_GZIP_LIMIT, DEFAULT_GZIP_RATIO);

  private Transforms() {}

  /**
   * Returns the transform {@code gzip} with its default level and limits.
   *
   * @return the transform that {@link #gzip(int, int, int)} describes
   */
  public static ByteTransform gzip() {
    return GZIP;
  }

  /**
   * Makes a transform into the gzip file format (RFC 1952), which every gunzip reads.
   *
   * <p>Its output depends on the value, the level and the JVM's zlib only: the header has no time
   * and no name. It reads the output of any gzip, also several members one after the other, and
   * verifies their checksums and lengths. Bytes that are cut short, damaged, or followed by
   * anything else are an {@link java.io.IOException} that says so.
   *
   * <p>Bytes that would grow beyond {@code maxBytes}, or beyond both 1 MiB and {@code maxRatio}
   * times their own number, are refused before an array is made for them. A value larger than
   * {@code maxBytes} is refused on writing, too; one that compresses better than {@code maxRatio}
   * is written with less compression, so that what was written can always be read.
   *
   * <p>Thread-safe. Up to eight idle compressors of about 256 kB are kept for the next values.
   *
   * @param level from 0 (none) over 1 (fast) to 9 (small)
   * @param maxBytes the most bytes that a value has when it is not compressed, from 1
   * @param maxRatio the most times that the compressed bytes may grow, from {@value
   *     #MIN_GZIP_RATIO}; deflate itself ends at 1032
   * @return the transform
   * @throws IllegalArgumentException if a parameter is out of its range
   */
  public static ByteTransform gzip(int level, int maxBytes, int maxRatio) {
    if (level < 0 || level > 9) {
      throw new IllegalArgumentException("level is from 0 to 9, not " + level);
    }
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes is at least 1, not " + maxBytes);
    }
    if (maxRatio < MIN_GZIP_RATIO) {
      throw new IllegalArgumentException(
          "maxRatio is at least %d, not %d".formatted(MIN_GZIP_RATIO, maxRatio));
    }
    return new GzipTransform(level, maxBytes, maxRatio);
  }
}
