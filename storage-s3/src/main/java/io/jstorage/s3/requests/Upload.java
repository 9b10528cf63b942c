package io.jstorage.s3.requests;

import io.jstorage.spi.Condition;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * One object that is sent in parts and appears when it is completed. Closed without that, it leaves
 * nothing behind. Parts may be added by several threads; all else is for one thread, when they are
 * done.
 */
public final class Upload implements AutoCloseable {
  private final Bucket bucket;
  private final String name;
  private final String writeId;
  private final String id;
  private final Map<Integer, CompletedPart> parts = new ConcurrentSkipListMap<>();
  private boolean over;

  private Upload(Bucket bucket, String name, String writeId, String id) {
    this.bucket = bucket;
    this.name = name;
    this.writeId = writeId;
    this.id = id;
  }

  /** Begins an object. Its deadline is fixed here, as metadata travel with the first request. */
  public static Upload start(Bucket bucket, String name, Lifetime lifetime) throws IOException {
    String writeId = Metadata.newWriteId();
    // Starting twice has no visible effect.
    CreateMultipartUploadResponse started =
        bucket.attempts.read(() -> start(bucket, name, writeId, lifetime));
    if (started == null || started.uploadId() == null) {
      throw new IOException("the server began an upload without an upload ID");
    }
    return new Upload(bucket, name, writeId, started.uploadId());
  }

  private static CreateMultipartUploadResponse start(
      Bucket bucket, String name, String writeId, Lifetime lifetime) {
    Requests requests = bucket.requests;
    boolean checksum = bucket.checksums.isSent();
    try {
      return bucket.client.createMultipartUpload(
          requests.startUpload(name, writeId, lifetime.deadline(), checksum));
    } catch (AwsServiceException e) {
      if (!checksum || !bucket.checksums.mayBeRefusedBy(e)) {
        throw e;
      }
      CreateMultipartUploadResponse started =
          bucket.client.createMultipartUpload(
              requests.startUpload(name, writeId, lifetime.deadline(), false));
      bucket.checksums.saw(false);
      return started;
    }
  }

  /**
   * Sends a part.
   *
   * @param number its place, from 1 on
   * @param part its bytes, at least 5 MiB for all but the last
   */
  public void add(int number, Payload part) throws IOException {
    // The same bytes under the same number, for an upload that only this object knows.
    UploadPartResponse sent = bucket.attempts.read(() -> send(number, part));
    addPart(number, sent == null ? null : sent.eTag(), sent == null ? null : sent.checksumCRC32());
  }

  private UploadPartResponse send(int number, Payload part) {
    boolean checksum = bucket.checksums.isSent();
    try {
      UploadPartResponse sent =
          bucket.client.uploadPart(
              bucket.requests.putPart(name, id, number, part, checksum), part.body());
      bucket.checksums.saw(checksum);
      return sent;
    } catch (AwsServiceException e) {
      if (!checksum || !bucket.checksums.mayBeRefusedBy(e)) {
        throw e;
      }
      UploadPartResponse sent =
          bucket.client.uploadPart(
              bucket.requests.putPart(name, id, number, part, false), part.body());
      bucket.checksums.saw(false);
      return sent;
    }
  }

  /** Lets the server copy a part from an object. */
  void addCopy(int number, String source, long start, long length) throws IOException {
    UploadPartCopyResponse copied =
        bucket.attempts.read(
            () ->
                bucket.client.uploadPartCopy(
                    bucket.requests.copyPart(name, id, number, source, start, length)));
    CopyPartResult part = copied == null ? null : copied.copyPartResult();
    addPart(number, part == null ? null : part.eTag(), part == null ? null : part.checksumCRC32());
  }

  private void addPart(int number, @Nullable String entityTag, @Nullable String crc32)
      throws IOException {
    if (entityTag == null) {
      throw new IOException("the server took a part without giving it an entity tag");
    }
    parts.put(
        number,
        CompletedPart.builder().partNumber(number).eTag(entityTag).checksumCRC32(crc32).build());
  }

  /** Makes the object of the parts; false if the condition did not hold. */
  public boolean complete(Condition condition) throws IOException {
    if (EntityTag.neverHolds(condition)) {
      return false;
    }
    List<CompletedPart> all = List.copyOf(parts.values());
    boolean completed =
        bucket.attempts.write(
            bucket.attempts.begin(),
            repeated -> {
              try {
                bucket.client.completeMultipartUpload(
                    bucket.requests.completeUpload(name, id, all, condition));
                return true;
              } catch (AwsServiceException e) {
                // Sent again after it was done, it names an upload that does not exist any more.
                return (repeated && bucket.wasWrittenBy(name, writeId, e))
                    || bucket.checkCondition(e, name, writeId, condition, false);
              }
            },
            // The status says nothing: an error may follow in the body.
            done -> bucket.isWrittenBy(name, writeId) ? true : null);
    over = completed;
    return completed;
  }

  /** Gives the parts up unless they have become an object. */
  @Override
  public void close() throws IOException {
    if (over) {
      return;
    }
    over = true;
    bucket.attempts.read(
        () -> bucket.client.abortMultipartUpload(bucket.requests.abortUpload(name, id)));
  }
}
