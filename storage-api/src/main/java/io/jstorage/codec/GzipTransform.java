package io.jstorage.codec;

import io.jstorage.ByteTransform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The gzip file format, RFC 1952.
 *
 * <p>Written here rather than on {@code java.util.zip}'s streams because those make and end a
 * native object for each value, which at 100 bytes costs more than the work itself, and because
 * they know no limits.
 */
final class GzipTransform implements ByteTransform {
  /** Magic number, deflate, no flags, no time, no extra flags, unknown system: always the same. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private static final int TRAILER_LENGTH = 8;

  /** 1 MiB, below which no ratio counts: short runs honestly reach 1000:1. */
  private static final int UNRATED_BYTES = 1 << 20;

  /** The largest array that every JVM makes. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private static final Pool<Inflater> INFLATERS =
      new Pool<>(() -> new Inflater(true), Inflater::end);

  private final Pool<Deflater> deflaters;
  private final int level;
  private final int maxBytes;
  private final int maxRatio;

  GzipTransform(int level, int maxBytes, int maxRatio) {
    this.deflaters = new Pool<>(() -> new Deflater(level, true), Deflater::end);
    this.level = level;
    this.maxBytes = maxBytes;
    this.maxRatio = maxRatio;
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
