package io.jstorage.compress;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Zstandard frames, RFC 8878.
 *
 * <p>On the library itself rather than on the streams with which commons-compress wraps it, which
 * hide the limit of the window and know no checksum.
 */
final class ZstdFormat implements Format {
  private static final int BUFFER_BYTES = 16 * 1024;

  /** The largest setting that zstd itself accepts, on 64 bits. */
  private static final int MAX_WINDOW_LOG = 31;

  private final int level;

  ZstdFormat(int level) {
    this.level = level;
  }

  @Override
  public byte[] compress(byte[] plain) {
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      return context.setLevel(level).setChecksum(true).compress(plain);
    }
  }

  @Override
  public void decompress(byte[] coded, long maxMemory, OutputStream plain) throws IOException {
    checkFrames(coded);
    int windowLog = Math.min(MAX_WINDOW_LOG, 63 - Long.numberOfLeadingZeros(maxMemory));
    try (ZstdInputStreamNoFinalizer in =
        new ZstdInputStreamNoFinalizer(
                new ByteArrayInputStream(coded), RecyclingBufferPool.INSTANCE)
            .setLongMax(windowLog)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        plain.write(buffer, 0, n);
      }
    } catch (ZstdIOException e) {
      if (e.getErrorCode() == Zstd.errFrameParameterWindowTooLarge()) {
        throw new LimitException(
            "the zstd data takes a window of more than %d KiB, which is what its limits (zstd.limit, zstd.ratio) allow"
                .formatted((1L << windowLog) / 1024));
      }
      throw e;
    }
  }

  /** The stream takes a second frame that is cut short for the end of the data. */
  private static void checkFrames(byte[] coded) throws IOException {
    int frames = 0;
    int position = 0;
    do {
      if (SkippableFrame.startsAt(coded, position)) {
        position = SkippableFrame.endOf(coded, position);
      } else {
        long length = Zstd.findFrameCompressedSize(coded, position);
        if (Zstd.isError(length)) {
          throw new IOException(
              "%s (from byte %d of %d)"
                  .formatted(Zstd.getErrorName(length), position, coded.length));
        }
        position += (int) length;
        frames++;
      }
    } while (position < coded.length);
    if (frames == 0) {
      throw new IOException("it has no frame");
    }
  }

  @Override
  public byte[] pad(byte[] coded, int length) {
    return SkippableFrame.append(coded, length);
  }
}
