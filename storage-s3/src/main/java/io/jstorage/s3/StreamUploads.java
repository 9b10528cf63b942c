package io.jstorage.s3;

import io.jstorage.s3.requests.Bucket;
import io.jstorage.s3.requests.Copy;
import io.jstorage.s3.requests.Lifetime;
import io.jstorage.s3.requests.PartBuffer;
import io.jstorage.s3.requests.PartSizes;
import io.jstorage.s3.requests.Payload;
import io.jstorage.s3.requests.Upload;
import io.jstorage.spi.Condition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes streams and files: by one request up to a length, and in parts beyond. Thread-safe.
 *
 * <p>The deadline of an object is among its metadata, which S3 takes at the beginning of an upload,
 * and a time to live begins at its end. A value that expires and is sent in parts goes to a
 * reserved name first, and the server copies it from there with the deadline.
 */
final class StreamUploads {
  private final Bucket bucket;
  private final ObjectNames names;
  private final Lengths lengths;
  private final WriteWatch watch;

  /**
   * The most that is sent by one request, in bytes.
   *
   * @param file the longest file, and the length of the parts of a longer one
   * @param copy the longest copy, and the length of the parts of a longer one
   */
  record Lengths(long file, long copy) {
    /** A file is sent again from its beginning after a failure; S3 copies up to 5 GiB at once. */
    static final Lengths USUAL = new Lengths(64L << 20, 5L << 30);
  }

  /** Begins the step of a write by which an object appears. */
  @FunctionalInterface
  interface WriteWatch {
    WritesInFlight.Write begin(String name) throws IOException;
  }

  StreamUploads(Bucket bucket, ObjectNames names, Lengths lengths, WriteWatch watch) {
    this.bucket = bucket;
    this.names = names;
    this.lengths = lengths;
    this.watch = watch;
  }

  /** Sends the parts of an upload. */
  @FunctionalInterface
  private interface Parts {
    void send(Upload upload) throws IOException;
  }

  boolean write(String name, InputStream bytes, Lifetime lifetime, Condition condition)
      throws IOException {
    PartBuffer buffer = new PartBuffer();
    buffer.fill(bytes, PartSizes.of(1));
    if (!buffer.isFull()) {
      return put(name, buffer.payload(), lifetime, condition);
    }
    return writeParts(
        name,
        lifetime,
        condition,
        upload -> {
          for (int number = 2; !buffer.isEmpty(); number++) {
            upload.add(buffer.payload());
            buffer.fill(bytes, PartSizes.of(number));
          }
        });
  }

  boolean writeFile(String name, Path source, Lifetime lifetime, Condition condition)
      throws IOException {
    long length = Files.size(source);
    if (length <= lengths.file()) {
      return put(name, Payload.of(source, 0, length), lifetime, condition);
    }
    long partLength = PartSizes.ofFile(lengths.file(), length);
    return writeParts(
        name,
        lifetime,
        condition,
        upload -> {
          for (long start = 0; start < length; start += partLength) {
            upload.add(Payload.of(source, start, Math.min(partLength, length - start)));
          }
        });
  }

  private boolean put(String name, Payload payload, Lifetime lifetime, Condition condition)
      throws IOException {
    WritesInFlight.Write write = watch.begin(name);
    try {
      return bucket.put(name, payload, lifetime, condition);
    } finally {
      write.end();
    }
  }

  private boolean writeParts(String name, Lifetime lifetime, Condition condition, Parts parts)
      throws IOException {
    if (lifetime.ttl() != null) {
      copyParts(name, lifetime, parts);
      return true;
    }
    try (Upload upload = Upload.start(bucket, name, lifetime)) {
      parts.send(upload);
      WritesInFlight.Write write = watch.begin(name);
      try {
        return upload.complete(condition);
      } finally {
        write.end();
      }
    }
  }

  private void copyParts(String name, Lifetime lifetime, Parts parts) throws IOException {
    String staged = names.newReservedName("upload");
    try (Upload upload = Upload.start(bucket, staged, Lifetime.UNLIMITED)) {
      parts.send(upload);
      upload.complete(Condition.NONE);
    }
    try {
      copy(staged, name, lifetime);
    } catch (IOException e) {
      deleteAfter(e, staged);
      throw e;
    }
    try {
      bucket.delete(staged, null);
    } catch (IOException e) {
      // The value has been written. A later purge deletes the object under the reserved name.
      return;
    }
  }

  private void copy(String staged, String name, Lifetime lifetime) throws IOException {
    WritesInFlight.Write write = watch.begin(name);
    try {
      Copy.of(bucket, lengths.copy()).make(staged, name, lifetime);
    } finally {
      write.end();
    }
  }

  private void deleteAfter(IOException failure, String staged) {
    try {
      bucket.delete(staged, null);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
