package io.jstorage.compress;

import io.jstorage.ByteTransform;
import io.jstorage.testkit.ByteTransformContract;
import io.jstorage.testkit.Detects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** The contract of all transforms; the formats have tests of their own. */
class CompressContractTest {
  private static final int LIMIT = 1 << 20;

  abstract static class Contract extends ByteTransformContract {
    private final Kind kind;

    Contract(Kind kind) {
      this.kind = kind;
    }

    @Override
    protected ByteTransform transform() {
      return kind.transform(LIMIT, 200);
    }

    @Override
    protected Set<Detects> detects() {
      return EnumSet.of(Detects.TRUNCATION, Detects.TRAILING_BYTES, Detects.FLIPPED_BITS);
    }

    @Override
    protected List<byte[]> samples() {
      return List.of(new byte[0], Samples.text(400), Samples.random(100));
    }

    @Override
    protected List<byte[]> refusedBytes() {
      return List.of(new byte[LIMIT + 1], Samples.random(2 * LIMIT));
    }

    @Override
    protected List<byte[]> refusedCoded() {
      try {
        return List.of(
            new byte[0],
            Samples.text(20),
            kind.format().compress(new byte[LIMIT + 1]),
            kind.format().compress(new byte[16 * LIMIT]));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    protected Set<Class<? extends Exception>> failures() {
      return Set.of(IOException.class);
    }

    /** A window of 8 MiB, the value twice, and what the libraries need besides. */
    @Override
    protected long mostMemory() {
      return 16L << 20;
    }
  }

  @Nested
  class Lz4 extends Contract {
    Lz4() {
      super(Kind.LZ4);
    }
  }

  @Nested
  class Snappy extends Contract {
    Snappy() {
      super(Kind.SNAPPY);
    }
  }

  @Nested
  class Xz extends Contract {
    Xz() {
      super(Kind.XZ);
    }
  }

  @Nested
  class Zstd extends Contract {
    Zstd() {
      super(Kind.ZSTD);
    }
  }
}
