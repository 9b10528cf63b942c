package io.jstorage.s3.requests;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of an object as they arrive. It ends when all have arrived, or with an exception if
 * some are missing. Closing it before its end closes the connection instead of reading the rest.
 * For one thread.
 */
public final class ObjectStream extends FilterInputStream {
  private final ResponseInputStream<GetObjectResponse> response;
  private final @Nullable Long length;
  private long count;
  private boolean ended;
  private boolean closed;

  /** Makes the stream of a response. */
  public ObjectStream(ResponseInputStream<GetObjectResponse> response) {
    super(response);
    this.response = response;
    this.length = response.response().contentLength();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int wanted) throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
    int got = uninterrupted(() -> response.read(bytes, offset, wanted));
    if (got >= 0) {
      count += got;
      return got;
    }
    if (length != null && count != length) {
      throw new EOFException("the object ended after %d of its %d bytes".formatted(count, length));
    }
    ended = true;
    return -1;
  }

  /** Something done with the response. */
  @FunctionalInterface
  private interface Step {
    int run() throws IOException;
  }

  /** The SDK breaks off where it sees the flag of an interrupt. */
  private static int uninterrupted(Step step) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return step.run();
    } catch (SdkException e) {
      throw S3Failures.ofRead(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public int available() throws IOException {
    return closed ? 0 : uninterrupted(response::available);
  }

  @Override
  public long skip(long wanted) throws IOException {
    // Only what is read counts, for the length and for the checksum.
    byte[] skipped = new byte[(int) Math.min(1 << 14, Math.max(0, wanted))];
    int got = skipped.length == 0 ? 0 : read(skipped, 0, skipped.length);
    return Math.max(0, got);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (ended) {
      response.close();
    } else {
      response.abort();
    }
  }
}
