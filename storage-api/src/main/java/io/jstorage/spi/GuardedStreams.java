package io.jstorage.spi;

import io.jstorage.Streams;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
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

  @Override
  public Optional<InputStream> read(String key) {
    return read(
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
    write(
        key,
        options,
        () -> {
          try {
            return bytes.writeStream(key, watched, options);
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
    return read(key, () -> bytes.readFile(key, target));
  }

  @Override
  public void writeFile(String key, Path source) {
    writeFile(key, source, WriteOptions.NONE);
  }

  @Override
  public void writeFile(String key, Path source, Duration ttl) {
    writeFile(key, source, WriteOptions.NONE.expiringAfter(ttl));
  }

  private void writeFile(String key, Path source, WriteOptions options) {
    write(key, options, () -> bytes.writeFile(key, source, options));
  }

  private <T> T read(String key, Callable<T> call) {
    storage.checkKey(key);
    return storage.call("read a stream of " + placeOf(key), false, call);
  }

  private void write(String key, WriteOptions options, Callable<Boolean> call) {
    storage.checkKey(key);
    storage.check("write a stream", options);
    storage.whileChanging(
        key, () -> storage.call("write a stream under " + placeOf(key), true, call));
  }

  private String placeOf(String key) {
    return "%s in %s".formatted(Keys.display(key), storage);
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
  private static final class Opened extends InputStream {
    private final InputStream in;
    private final Gate gate;

    Opened(InputStream in, Gate gate) {
      this.in = in;
      this.gate = gate;
      gate.register(in);
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
      gate.end(in);
    }
  }
}
