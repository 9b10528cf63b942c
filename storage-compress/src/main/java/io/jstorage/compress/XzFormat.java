package io.jstorage.compress;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

/**
 * The xz file format.
 *
 * <p>On the library itself rather than on the streams with which commons-compress wraps it, which
 * hide its cache of arrays: each block of hostile data could have a dictionary of its own.
 */
final class XzFormat implements Format {
  private final int level;

  XzFormat(int level) {
    this.level = level;
  }

  @Override
  public byte[] compress(byte[] plain) throws IOException {
    LZMA2Options options = new LZMA2Options(level);
    options.setDictSize(
        Math.max(LZMA2Options.DICT_SIZE_MIN, Math.min(options.getDictSize(), plain.length)));
    ByteArrayOutputStream coded = new ByteArrayOutputStream(128 + plain.length / 4);
    try (OutputStream out = new XZOutputStream(coded, options, BasicArrayCache.getInstance())) {
      out.write(plain);
    }
    return coded.toByteArray();
  }

  @Override
  public void decompress(byte[] coded, long maxMemory, OutputStream plain) throws IOException {
    int maxKib = (int) (maxMemory / 1024) + 1024;
    try (InputStream in =
        new XZInputStream(new ByteArrayInputStream(coded), maxKib, BasicArrayCache.getInstance())) {
      in.transferTo(plain);
    } catch (MemoryLimitException e) {
      throw new LimitException(
          "the xz data takes %d KiB of memory to read, and its limits (xz.limit, xz.ratio) allow %d"
              .formatted(e.getMemoryNeeded(), e.getMemoryLimit()));
    } catch (EOFException e) {
      throw new IOException("it has no end", e);
    }
  }

  /** Stream padding is zeros, four or a multiple of it. */
  @Override
  public byte[] pad(byte[] coded, int length) {
    return Arrays.copyOf(coded, Math.addExact(length, 3) & ~3);
  }
}
