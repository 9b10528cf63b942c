package io.jstorage.spi;

import io.jstorage.Streams;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The streams of a store, checked and kept from overlapping the closing like all calls. */
final class GuardedStreams implements Streams {
  private final ByteStreams bytes;
  private final AbstractStorage<?> storage;
  private final Gate gate;

  GuardedStreams(ByteStreams bytes, AbstractStorage<?> storage, Gate gate) {
    this.bytes = bytes;
    this.storage = storage;
    this.gate = gate;
  }

  interface Read<T> {
    T run() throws IOException;
  }

  interface Write {
    boolean run(WriteOptions options) throws IOException;
  }

  @Override
  public Optional<InputStream> read(String key) {
    return storage.readStream(
        key,
        () -> {
          InputStream stream = bytes.readStream(key);
          return stream == null ? Optional.empty() : Optional.of(new Opened(stream, gate));
        });
  }

  @Override
  public void write(String key, InputStream source) {
    write(key, source, WriteOptions.NONE);
  }

  @Override
  public void write(String key, InputStream source, Duration ttl) {
    write(key, source, WriteOptions.NONE.expiringAfter(ttl));
  }

  private void write(String key, InputStream source, WriteOptions options) {
    Source watched = new Source(source);
    storage.writeStream(
        key,
        options,
        checked -> {
          try {
            return bytes.writeStream(key, watched, checked);
          } catch (IOException e) {
            IOException ofSource = watched.failure;
            throw ofSource == null
                ? e
                : ByteStoreException.unavailable("the given stream failed: " + ofSource, ofSource);
          }
        });
  }

  @Override
  public boolean readFile(String key, Path target) {
    return storage.readStream(key, () -> bytes.readFile(key, target));
  }

  @Override
  public void writeFile(String key, Path source) {
    storage.writeStream(key, WriteOptions.NONE, checked -> bytes.writeFile(key, source, checked));
  }

  @Override
  public void writeFile(String key, Path source, Duration ttl) {
    storage.writeStream(
        key,
        WriteOptions.NONE.expiringAfter(ttl),
        checked -> bytes.writeFile(key, source, checked));
  }

  /** The caller's stream, whose own failure is distinguished from that of the store. */
  private static final class Source extends FilterInputStream {
    @Nullable IOException failure;

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
      try {
        return super.read(target, start, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }

  /** A stream of the store; each read is a call, which is refused after closing. */
  private static final class Opened extends InputStream implements Gate.Listing {
    private final InputStream in;
    private final Gate gate;
    private final AtomicBoolean ended = new AtomicBoolean();

    Opened(InputStream in, Gate gate) {
      this.in = in;
      this.gate = gate;
      gate.register(this);
    }

    @Override
    public int read() throws IOException {
      int pass = enter();
      try {
        return in.read();
      } finally {
        gate.leave(pass);
      }
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
      int pass = enter();
      try {
        return in.read(target, start, length);
      } finally {
        gate.leave(pass);
      }
    }

    private int enter() throws IOException {
      try {
        return gate.enter();
      } catch (IllegalStateException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }

    @Override
    public void close() throws IOException {
      gate.end(this);
    }

    @Override
    public void breakOff() throws IOException {
      if (ended.compareAndSet(false, true)) {
        in.close();
      }
    }
  }
}
