package io.jstorage.jdk;

import io.jstorage.ByteTransform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The transform {@code gzip} into the gzip file format (RFC 1952), which every gunzip reads.
 *
 * <p>Its output depends on the value, the level and the JVM's zlib only: the header has no time and
 * no name. It reads the output of any gzip, also several members one after the other, and verifies
 * their checksums and lengths. Bytes that are cut short, damaged, or followed by anything else are
 * an {@link IOException} that says so.
 *
 * <p>Bytes that would grow beyond the limit of bytes, or beyond both 1 MiB and the limit of the
 * ratio, are refused before an array is made for them. A value larger than the limit of bytes is
 * refused on writing, too; one that compresses better than the limit of the ratio is written with
 * less compression, so that what was written can always be read.
 *
 * <p>Thread-safe. Up to eight idle compressors of about 256 kB are kept for the next values.
 */
public final class GzipTransform implements ByteTransform {
  // Not on java.util.zip's streams: those make and end a native object for each value, which at 100
  // bytes costs more than the work itself, and they know no limits.

  /** The level of compression unless another is named: 6, gzip's own default. */
  public static final int DEFAULT_LEVEL = 6;

  /** The most bytes of a value unless another limit is named: 256 MiB. */
  public static final int DEFAULT_LIMIT = 256 << 20;

  /** The largest ratio of a value to its compressed form unless another is named: 200. */
  public static final int DEFAULT_RATIO = 200;

  /** The smallest ratio that can be demanded: 10, which every value can be held to. */
  public static final int MIN_RATIO = 10;

  /** Magic number, deflate, no flags, no time, no extra flags, unknown system: always the same. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private static final int TRAILER_LENGTH = 8;

  /** 1 MiB, below which no ratio counts: short runs honestly reach 1000:1. */
  private static final int UNRATED_BYTES = 1 << 20;

  /** The largest array that every JVM makes. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private static final Pool<Inflater> INFLATERS =
      new Pool<>(() -> new Inflater(true), Inflater::end);

  private static final GzipTransform DEFAULT = of(DEFAULT_LEVEL, DEFAULT_LIMIT, DEFAULT_RATIO);

  private final Pool<Deflater> deflaters;
  private final int level;
  private final int maxBytes;
  private final int maxRatio;

  private GzipTransform(int level, int maxBytes, int maxRatio) {
    this.deflaters = new Pool<>(() -> new Deflater(level, true), Deflater::end);
    this.level = level;
    this.maxBytes = maxBytes;
    this.maxRatio = maxRatio;
  }

  /**
   * Returns the transform with its default level and limits.
   *
   * @return the transform, the same one each time
   */
  public static GzipTransform of() {
    return DEFAULT;
  }

  /**
   * Makes a transform.
   *
   * @param level from 0 (none) over 1 (fast) to 9 (small)
   * @param maxBytes the most bytes that a value has when it is not compressed, from 1
   * @param maxRatio the most times that the compressed bytes may grow, from {@value #MIN_RATIO};
   *     deflate itself ends at 1032
   * @return the transform
   * @throws IllegalArgumentException if a parameter is out of its range
   */
  public static GzipTransform of(int level, int maxBytes, int maxRatio) {
    if (level < 0 || level > 9) {
      throw new IllegalArgumentException("level is from 0 to 9, not " + level);
    }
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes is at least 1, not " + maxBytes);
    }
    if (maxRatio < MIN_RATIO) {
      throw new IllegalArgumentException(
          "maxRatio is at least %d, not %d".formatted(MIN_RATIO, maxRatio));
    }
    return new GzipTransform(level, maxBytes, maxRatio);
  }

  @Override
  public byte[] apply(String key, byte[] plain) throws IOException {
    if (plain.length > maxBytes) {
      throw new IOException(
          "the value has %d bytes, and the limit is %d (gzip.limit)"
              .formatted(plain.length, maxBytes));
    }
    Deflater deflater = deflaters.take();
    byte[] coded;
    try {
      coded = deflate(deflater, plain);
    } finally {
      deflater.reset();
      deflaters.give(deflater);
    }
    return plain.length <= mostOf(coded.length) ? coded : deflateModestly(plain);
  }

  /** The most bytes that so many compressed ones may become. */
  private int mostOf(int codedLength) {
    return (int) Math.min(maxBytes, Math.max(UNRATED_BYTES, (long) maxRatio * codedLength));
  }

  /** Without matches a byte takes at least one bit: no more than 8:1, which any limit allows. */
  private byte[] deflateModestly(byte[] plain) throws IOException {
    Deflater deflater = new Deflater(level, true);
    try {
      deflater.setStrategy(Deflater.HUFFMAN_ONLY);
      return deflate(deflater, plain);
    } finally {
      deflater.end();
    }
  }

  private static byte[] deflate(Deflater deflater, byte[] plain) throws IOException {
    byte[] coded = new byte[HEADER.length + TRAILER_LENGTH + 64 + plain.length / 2];
    System.arraycopy(HEADER, 0, coded, 0, HEADER.length);
    int length = HEADER.length;
    deflater.setInput(plain);
    deflater.finish();
    while (true) {
      length += deflater.deflate(coded, length, coded.length - TRAILER_LENGTH - length);
      if (deflater.finished()) {
        break;
      }
      if (coded.length == MAX_ARRAY) {
        throw new IOException("the compressed value does not fit into an array");
      }
      coded = Arrays.copyOf(coded, (int) Math.min(MAX_ARRAY, coded.length * 2L));
    }
    CRC32 crc = new CRC32();
    crc.update(plain);
    ByteBuffer.wrap(coded, length, TRAILER_LENGTH)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) crc.getValue())
        .putInt(plain.length);
    return Arrays.copyOf(coded, length + TRAILER_LENGTH);
  }

  @Override
  public byte[] invert(String key, byte[] coded) throws IOException {
    Inflater inflater = INFLATERS.take();
    try {
      return new GzipReader(coded, mostOf(coded.length), inflater).readAll();
    } finally {
      inflater.reset();
      INFLATERS.give(inflater);
    }
  }
}
