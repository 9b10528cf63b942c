package io.jstorage.compress;

import io.jstorage.ByteTransform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** The transforms, each with what it takes to test it. */
enum Kind {
  LZ4(CompressorStreamFactory.LZ4_FRAMED),
  SNAPPY(CompressorStreamFactory.SNAPPY_FRAMED),
  XZ(CompressorStreamFactory.XZ),
  ZSTD(CompressorStreamFactory.ZSTANDARD);

  private final String stockName;

  Kind(String stockName) {
    this.stockName = stockName;
  }

  /** The format behind the transform, without its limits. */
  Format format() {
    return switch (this) {
      case LZ4 -> new Lz4Format();
      case SNAPPY -> new SnappyFormat();
      case XZ -> new XzFormat(CompressTransforms.DEFAULT_XZ_LEVEL);
      case ZSTD -> new ZstdFormat(CompressTransforms.DEFAULT_ZSTD_LEVEL);
    };
  }

  String transformName() {
    return name().toLowerCase(Locale.ROOT);
  }

  ByteTransform transform() {
    return transform(CompressTransforms.DEFAULT_LIMIT, CompressTransforms.DEFAULT_RATIO);
  }

  ByteTransform transform(int limit, int ratio) {
    return switch (this) {
      case LZ4 -> CompressTransforms.lz4(limit, ratio);
      case SNAPPY -> CompressTransforms.snappy(limit, ratio);
      case XZ -> CompressTransforms.xz(CompressTransforms.DEFAULT_XZ_LEVEL, limit, ratio);
      case ZSTD -> CompressTransforms.zstd(CompressTransforms.DEFAULT_ZSTD_LEVEL, limit, ratio);
    };
  }

  /** Compresses with the stream of commons-compress. */
  byte[] stockCompress(byte[] plain) throws IOException {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (OutputStream out =
        CompressorStreamFactory.getSingleton().createCompressorOutputStream(stockName, coded)) {
      out.write(plain);
    } catch (CompressorException e) {
      throw new IOException(e);
    }
    return coded.toByteArray();
  }

  /** Decompresses with the stream of commons-compress. */
  byte[] stockDecompress(byte[] coded) throws IOException {
    try (InputStream in =
        new CompressorStreamFactory(true)
            .createCompressorInputStream(stockName, new ByteArrayInputStream(coded))) {
      return in.readAllBytes();
    } catch (CompressorException e) {
      throw new IOException(e);
    }
  }
}
