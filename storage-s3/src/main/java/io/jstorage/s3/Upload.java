package io.jstorage.s3;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * One object that is sent in parts and appears when it is completed. Closed without that, it leaves
 * nothing behind.
 */
final class Upload implements AutoCloseable {
  private final Bucket bucket;
  private final String name;
  private final String writeId;
  private final String id;
  private final List<CompletedPart> parts = new ArrayList<>();
  private boolean over;

  private Upload(Bucket bucket, String name, String writeId, String id) {
    this.bucket = bucket;
    this.name = name;
    this.writeId = writeId;
    this.id = id;
  }

  static Upload start(Bucket bucket, String name, @Nullable Instant deadline) throws IOException {
    String writeId = WriteId.next();
    // To begin twice changes nothing that anybody sees.
    CreateMultipartUploadResponse started =
        bucket.attempts.read(
            () ->
                bucket.client.createMultipartUpload(
                    bucket.requests.startUpload(name, writeId, deadline)));
    if (started == null || started.uploadId() == null) {
      throw new IOException("the server began an upload without a name");
    }
    return new Upload(bucket, name, writeId, started.uploadId());
  }

  /** Sends one more part. All but the last have at least 5 MiB. */
  void add(Payload part) throws IOException {
    int number = parts.size() + 1;
    // The same bytes under the same number, for an upload that only this object knows.
    UploadPartResponse sent =
        bucket.attempts.read(
            () ->
                bucket.client.uploadPart(
                    bucket.requests.putPart(name, id, number, part), part.body()));
    if (sent == null || sent.eTag() == null) {
      throw new IOException("the server took a part without giving it an entity tag");
    }
    parts.add(
        CompletedPart.builder()
            .partNumber(number)
            .eTag(sent.eTag())
            .checksumCRC32(sent.checksumCRC32())
            .build());
  }

  /** Makes the object of the parts. */
  void complete() throws IOException {
    bucket.attempts.write(
        repeated -> {
          try {
            return bucket.client.completeMultipartUpload(
                bucket.requests.completeUpload(name, id, parts));
          } catch (AwsServiceException e) {
            if (repeated && bucket.wasWrittenBy(name, writeId, e)) {
              return CompleteMultipartUploadResponse.builder().build();
            }
            throw e;
          }
        },
        () ->
            bucket.isWrittenBy(name, writeId)
                ? CompleteMultipartUploadResponse.builder().build()
                : null);
    over = true;
  }

  /** Gives the parts up unless they have become an object. */
  @Override
  public void close() throws IOException {
    if (over) {
      return;
    }
    over = true;
    boolean interrupted = Thread.interrupted();
    try {
      bucket.attempts.read(
          () -> bucket.client.abortMultipartUpload(bucket.requests.abortUpload(name, id)));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
