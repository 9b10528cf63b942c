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
 * Writes streams and files: by one request up to a length, and beyond in parts, of which several
 * are sent at once. Thread-safe.
 *
 * <p>The deadline of an object is among its metadata, which S3 takes at the beginning of an upload,
 * and a time to live begins at its end. A value that expires and is sent in parts goes to a
 * reserved name first, and the server copies it from there with the deadline.
 */
final class StreamUploads {
  private final Bucket bucket;
  private final ObjectNames names;
  private final Lengths lengths;
  private final Parallel threads;
  private final PartMemory memory = new PartMemory();
  private final WriteWatch watch;

  /**
   * The most that is sent by one request, in bytes.
   *
   * @param file the longest file, and the length of the parts of a longer one
   * @param copy the longest copy, and the length of the parts of a longer one
   */
  record Lengths(long file, long copy) {
    /** S3 copies up to 5 GiB at once. */
    static final Lengths USUAL = new Lengths(8L << 20, 5L << 30);
  }

  /** Begins the step of a write by which an object appears. */
  @FunctionalInterface
  interface WriteWatch {
    WritesInFlight.Write begin(String name) throws IOException;
  }

  StreamUploads(
      Bucket bucket, ObjectNames names, Lengths lengths, Parallel threads, WriteWatch watch) {
    this.bucket = bucket;
    this.names = names;
    this.lengths = lengths;
    this.threads = threads;
    this.watch = watch;
  }

  /** Sends the parts of an upload. */
  @FunctionalInterface
  private interface Parts {
    void send(Upload upload) throws IOException;
  }

  boolean write(String name, InputStream bytes, Lifetime lifetime, Condition condition)
      throws IOException {
    try (PartMemory.Buffers buffers = memory.begin()) {
      PartBuffer first = buffers.first(PartSizes.of(1));
      first.fill(bytes);
      return first.isFull()
          ? writeParts(name, lifetime, condition, upload -> send(upload, bytes, first, buffers))
          : put(name, first.payload(), lifetime, condition);
    }
  }

  /** Sends a stream, which is read by this thread only, while earlier parts are on their way. */
  private void send(Upload upload, InputStream bytes, PartBuffer first, PartMemory.Buffers buffers)
      throws IOException {
    try (PartsInFlight parts = new PartsInFlight(threads)) {
      PartBuffer buffer = first;
      for (int i = 1; !buffer.isEmpty(); i++) {
        int number = i;
        PartBuffer filled = buffer;
        boolean last = !filled.isFull();
        parts.send(() -> upload.add(number, filled.payload()), () -> buffers.giveBack(filled));
        if (last) {
          break;
        }
        buffer = next(PartSizes.of(number + 1), filled.length(), buffers, parts);
        buffer.fill(bytes);
      }
      parts.awaitAll();
    }
  }

  private static PartBuffer next(
      int length, int lengthBefore, PartMemory.Buffers buffers, PartsInFlight parts)
      throws IOException {
    if (length != lengthBefore) {
      parts.awaitAll();
      return buffers.first(length);
    }
    while (true) {
      PartBuffer buffer = buffers.poll(length);
      if (buffer != null) {
        return buffer;
      }
      parts.awaitOne();
    }
  }

  boolean writeFile(String name, Path source, Lifetime lifetime, Condition condition)
      throws IOException {
    long length = Files.size(source);
    if (length <= lengths.file()) {
      return put(name, Payload.of(source, 0, length), lifetime, condition);
    }
    return writeParts(name, lifetime, condition, upload -> sendFile(upload, source, length));
  }

  private void sendFile(Upload upload, Path source, long length) throws IOException {
    long partLength = PartSizes.ofFile(lengths.file(), length);
    try (PartsInFlight parts = new PartsInFlight(threads)) {
      int number = 1;
      for (long i = 0; i < length; i += partLength) {
        int part = number++;
        long start = i;
        parts.send(
            () -> {
              long left = Math.min(partLength, length - start);
              upload.add(part, Payload.of(source, start, left));
            },
            () -> {});
      }
      parts.awaitAll();
    }
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
