package io.jstorage.compress;

import io.jstorage.ByteTransform;
import java.io.IOException;

/** A format held to its limits. */
final class CompressTransform implements ByteTransform {
  /** 4 MiB: the most memory that a bomb costs before it is known to be one. */
  private static final int MAX_KEPT = 4 << 20;

  private static final int MIN_GUESS = 512;

  private final Format format;
  private final Limits limits;

  CompressTransform(Format format, Limits limits) {
    this.format = format;
    this.limits = limits;
  }

  @Override
  public byte[] apply(String key, byte[] plain) throws IOException {
    if (plain.length > limits.bytes()) {
      throw limits.exceeded(plain.length);
    }
    byte[] coded = format.compress(plain);
    int enough = limits.codedLengthFor(plain.length);
    return coded.length < enough ? format.pad(coded, enough) : coded;
  }

  @Override
  public byte[] invert(String key, byte[] coded) throws IOException {
    int guess = (int) Math.min(MAX_KEPT, MIN_GUESS + 4L * coded.length);
    BoundedOutput output = decompress(coded, MAX_KEPT, guess);
    byte[] plain = output.bytes();
    if (plain == null) {
      plain = decompress(coded, output.count(), output.count()).bytes();
    }
    if (plain == null) {
      throw new IllegalStateException("the same bytes became more than before");
    }
    return plain;
  }

  private BoundedOutput decompress(byte[] coded, int maxKept, int guess) throws IOException {
    BoundedOutput plain = new BoundedOutput(limits, coded.length, maxKept, guess);
    try {
      format.decompress(coded, limits.memoryOf(coded.length), plain);
    } catch (LimitException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "the %s data is damaged or cut short: %s".formatted(limits.name(), reason(e)), e);
    }
    return plain;
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
