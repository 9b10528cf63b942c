package io.jstorage.file;

import io.jstorage.spi.WriteOptions;
import java.io.InputStream;
import java.nio.file.Path;

/** Streams a value of twice its heap into a store and back. */
final class StreamWorker {
  private static final long LENGTH = 256L << 20;

  private StreamWorker() {}

  public static void main(String[] args) throws Exception {
    try (FileStore store = FileStore.at(Path.of(args[0])).durability(Durability.NONE).open()) {
      store.writeStream("k", new Counted(), WriteOptions.NONE);
      long length = 0;
      try (InputStream stream = store.readStream("k")) {
        byte[] buffer = new byte[1 << 16];
        for (int n = 0; stream != null && n >= 0; n = stream.read(buffer)) {
          length += n;
        }
      }
      System.out.println(length + " bytes came back");
    }
  }

  private static final class Counted extends InputStream {
    private long left = LENGTH;

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int n = (int) Math.min(length, left);
      left -= n;
      return n == 0 && length > 0 ? -1 : n;
    }
  }
}
