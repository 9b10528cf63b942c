package io.jstorage.s3.requests;

import java.io.EOFException;
import java.io.IOException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object as a whole, or only what is known of it where it is too long for an array. */
public final class ObjectBytes {
  /** The most bytes of an announced length for which memory is allocated before they arrive. */
  private static final int TRUSTED_BYTES = 1 << 24;

  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private static final byte[] NONE = {};

  private final GetObjectResponse response;
  private final byte[] bytes;
  private final boolean tooLong;

  private ObjectBytes(GetObjectResponse response, byte[] bytes, boolean tooLong) {
    this.response = response;
    this.bytes = bytes;
    this.tooLong = tooLong;
  }

  /** Returns what makes it of a response. */
  public static ResponseTransformer<GetObjectResponse, ObjectBytes> reader() {
    return ObjectBytes::read;
  }

  private static ObjectBytes read(GetObjectResponse response, AbortableInputStream in)
      throws IOException {
    Long length = response.contentLength();
    if (length == null) {
      return new ObjectBytes(response, in.readAllBytes(), false);
    }
    if (length > MAX_BYTES) {
      in.abort();
      return new ObjectBytes(response, NONE, true);
    }
    byte[] bytes;
    int count;
    if (length <= TRUSTED_BYTES) {
      bytes = new byte[length.intValue()];
      count = in.readNBytes(bytes, 0, bytes.length);
    } else {
      bytes = in.readNBytes(length.intValue());
      count = bytes.length;
    }
    // The checksum is compared when the end is met.
    if (count < length || in.read() >= 0) {
      throw new EOFException("the object ended after %d of its %d bytes".formatted(count, length));
    }
    return new ObjectBytes(response, bytes, false);
  }

  /** Returns all that the server said but the bytes. */
  public GetObjectResponse response() {
    return response;
  }

  /**
   * Returns the bytes.
   *
   * @throws IOException if there are too many for an array
   */
  public byte[] bytes() throws IOException {
    if (tooLong) {
      throw new IOException(
          "the object has %d bytes, too many for an array: read it as a stream, by streams()"
              .formatted(response.contentLength()));
    }
    return bytes;
  }
}
