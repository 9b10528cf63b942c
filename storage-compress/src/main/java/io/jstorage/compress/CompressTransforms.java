package io.jstorage.compress;

import io.jstorage.ByteTransform;
import io.jstorage.InvalidOptionException;

/**
 * Makes the transforms of this module.
 *
 * <p>Each reads and writes the file format of the command of its name, so that stored values can be
 * unpacked without this library. All of them have these properties:
 *
 * <ul>
 *   <li>Concatenated frames or streams are read as one value, with padding and skippable frames
 *       between them.
 *   <li>Bytes that are cut short, damaged, or followed by anything else are an {@link
 *       java.io.IOException}. The output of these transforms carries its length or end and a
 *       checksum.
 *   <li>Bytes that would grow beyond {@code maxBytes}, or beyond both 1 MiB and {@code maxRatio}
 *       times their own number, are refused, before an array is made for them. A value of more than
 *       {@code maxBytes} is refused on writing, too; one that compresses better than {@code
 *       maxRatio} is padded as its format provides, so that what was written can always be read.
 *   <li>Reading takes no more memory for a dictionary or window than 8 MiB or twice the largest
 *       size that the value may have; data that demands more is refused.
 *   <li>Values above 4 MiB are decompressed twice, to be counted before an array is made.
 *   <li>They are thread-safe, and share nothing but caches of buffers that the memory can take
 *       back.
 * </ul>
 */
public final class CompressTransforms {
  /** The most bytes of a value unless another limit is named: 256 MiB, as of gzip. */
  public static final int DEFAULT_LIMIT = 256 << 20;

  /** The largest ratio of a value to its compressed form unless another is named: 200. */
  public static final int DEFAULT_RATIO = 200;

  /** The smallest ratio that can be demanded: 10, as of gzip. */
  public static final int MIN_RATIO = 10;

  /** The level of xz unless another is named: 6, the command's own default. */
  public static final int DEFAULT_XZ_LEVEL = 6;

  /** The level of zstd unless another is named: 3, the command's own default. */
  public static final int DEFAULT_ZSTD_LEVEL = 3;

  private CompressTransforms() {}

  /**
   * Makes the transform {@code lz4} with its default limits.
   *
   * @return the transform that {@link #lz4(int, int)} describes
   */
  public static ByteTransform lz4() {
    return lz4(DEFAULT_LIMIT, DEFAULT_RATIO);
  }

  /**
   * Makes a transform into the LZ4 frame format, with a checksum of the content. The format ends at
   * a ratio of about 250.
   *
   * @param maxBytes the most bytes that a value has when it is not compressed, from 1
   * @param maxRatio the most times that the compressed bytes may grow, from {@value #MIN_RATIO}
   * @return the transform
   * @throws IllegalArgumentException if a parameter is out of its range
   */
  public static ByteTransform lz4(int maxBytes, int maxRatio) {
    return transform("lz4", new Lz4Format(), maxBytes, maxRatio);
  }

  /**
   * Makes the transform {@code snappy} with its default limits.
   *
   * @return the transform that {@link #snappy(int, int)} describes
   */
  public static ByteTransform snappy() {
    return snappy(DEFAULT_LIMIT, DEFAULT_RATIO);
  }

  /**
   * Makes a transform into the Snappy framing format. The format ends at a ratio of about 21.
   *
   * <p>The format has no mark of its end, so the output starts with a chunk that holds its length
   * and that other readers skip. Streams of other writers have none: one that is cut between two of
   * its chunks, each of 64 KiB, reads as a shorter value, unless nothing but its header is left.
   *
   * @param maxBytes the most bytes that a value has when it is not compressed, from 1
   * @param maxRatio the most times that the compressed bytes may grow, from {@value #MIN_RATIO}
   * @return the transform
   * @throws IllegalArgumentException if a parameter is out of its range
   */
  public static ByteTransform snappy(int maxBytes, int maxRatio) {
    return transform("snappy", new SnappyFormat(), maxBytes, maxRatio);
  }

  /**
   * Makes the transform {@code xz} with its default level and limits.
   *
   * @return the transform that {@link #xz(int, int, int)} describes
   * @throws InvalidOptionException if the library {@code org.tukaani:xz} is not there
   */
  public static ByteTransform xz() {
    return xz(DEFAULT_XZ_LEVEL, DEFAULT_LIMIT, DEFAULT_RATIO);
  }

  /**
   * Makes a transform into the xz file format, with a CRC-64 of the content. Its dictionary is no
   * larger than the value.
   *
   * @param level from 0 (fast) to 9 (small)
   * @param maxBytes the most bytes that a value has when it is not compressed, from 1
   * @param maxRatio the most times that the compressed bytes may grow, from {@value #MIN_RATIO};
   *     the format reaches about 7000
   * @return the transform
   * @throws IllegalArgumentException if a parameter is out of its range
   * @throws InvalidOptionException if the library {@code org.tukaani:xz} is not there
   */
  public static ByteTransform xz(int level, int maxBytes, int maxRatio) {
    if (level < 0 || level > 9) {
      throw new IllegalArgumentException("level is from 0 to 9, not " + level);
    }
    Library.XZ.require();
    return transform("xz", new XzFormat(level), maxBytes, maxRatio);
  }

  /**
   * Makes the transform {@code zstd} with its default level and limits.
   *
   * @return the transform that {@link #zstd(int, int, int)} describes
   * @throws InvalidOptionException if the library {@code com.github.luben:zstd-jni} is not there,
   *     or its native part cannot be loaded
   */
  public static ByteTransform zstd() {
    return zstd(DEFAULT_ZSTD_LEVEL, DEFAULT_LIMIT, DEFAULT_RATIO);
  }

  /**
   * Makes a transform into the Zstandard format (RFC 8878), with a checksum and the length of the
   * content. It works in native code, which keeps a virtual thread on its carrier during a call.
   * Java 24 and later warn of that, and can be told to refuse it, unless they are started with
   * {@code --enable-native-access=ALL-UNNAMED}, or, where the library is a module, {@code
   * --enable-native-access=com.github.luben.zstd_jni}.
   *
   * @param level from 1 (fast) to 22 (small)
   * @param maxBytes the most bytes that a value has when it is not compressed, from 1
   * @param maxRatio the most times that the compressed bytes may grow, from {@value #MIN_RATIO};
   *     the format reaches tens of thousands
   * @return the transform
   * @throws IllegalArgumentException if a parameter is out of its range
   * @throws InvalidOptionException if the library {@code com.github.luben:zstd-jni} is not there,
   *     or its native part cannot be loaded
   */
  public static ByteTransform zstd(int level, int maxBytes, int maxRatio) {
    if (level < 1 || level > 22) {
      throw new IllegalArgumentException("level is from 1 to 22, not " + level);
    }
    Library.ZSTD.require();
    return transform("zstd", new ZstdFormat(level), maxBytes, maxRatio);
  }

  private static ByteTransform transform(String name, Format format, int maxBytes, int maxRatio) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes is at least 1, not " + maxBytes);
    }
    if (maxRatio < MIN_RATIO) {
      throw new IllegalArgumentException(
          "maxRatio is at least %d, not %d".formatted(MIN_RATIO, maxRatio));
    }
    return new CompressTransform(format, new Limits(name, maxBytes, maxRatio));
  }
}
