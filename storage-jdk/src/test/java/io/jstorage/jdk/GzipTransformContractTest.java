package io.jstorage.jdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jstorage.ByteTransform;
import io.jstorage.testkit.ByteTransformContract;
import io.jstorage.testkit.Detects;
import java.io.IOException;
import java.util.List;
import java.util.Set;

class GzipTransformContractTest extends ByteTransformContract {
  private static final int LIMIT = 1 << 20;

  @Override
  protected ByteTransform transform() {
    return GzipTransform.of(6, LIMIT, GzipTransform.DEFAULT_RATIO);
  }

  @Override
  protected Set<Detects> detects() {
    return Set.of(Detects.TRUNCATION, Detects.TRAILING_BYTES, Detects.FLIPPED_BITS);
  }

  @Override
  protected List<byte[]> refusedBytes() {
    return List.of(new byte[LIMIT + 1]);
  }

  @Override
  protected List<byte[]> refusedCoded() {
    return List.of(new byte[0], "no gzip".getBytes(UTF_8), Gzip.zipOfZeros(64));
  }

  @Override
  protected Set<Class<? extends Exception>> failures() {
    return Set.of(IOException.class);
  }

  @Override
  protected long mostMemory() {
    return 3 << 20;
  }
}
