package io.jstorage.s3;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** The requests to one bucket. */
final class Requests {
  /** The most keys of one listing or one deletion; S3's own limit. */
  static final int PAGE = 1_000;

  private final String bucket;
  private final @Nullable String sse;
  private final String contentType;
  private final @Nullable AwsRequestOverrideConfiguration once;

  /**
   * Makes the requests to a bucket.
   *
   * @param borrowed whether the client repeats requests by itself
   */
  Requests(String bucket, @Nullable String sse, String contentType, boolean borrowed) {
    this.bucket = bucket;
    this.sse = sse;
    this.contentType = contentType;
    this.once =
        borrowed
            ? AwsRequestOverrideConfiguration.builder().addPlugin(new NoRetries()).build()
            : null;
  }

  /** Keeps the client from sending a write twice. */
  private <B extends S3Request.Builder> B once(B builder) {
    if (once != null) {
      builder.overrideConfiguration(once);
    }
    return builder;
  }

  GetObjectRequest get(String name) {
    return GetObjectRequest.builder()
        .bucket(bucket)
        .key(name)
        .checksumMode(ChecksumMode.ENABLED)
        .build();
  }

  HeadObjectRequest head(String name) {
    return HeadObjectRequest.builder().bucket(bucket).key(name).build();
  }

  HeadBucketRequest headBucket() {
    return HeadBucketRequest.builder().bucket(bucket).build();
  }

  ListObjectsV2Request list(String prefix, @Nullable String token) {
    return ListObjectsV2Request.builder()
        .bucket(bucket)
        .prefix(prefix)
        .maxKeys(PAGE)
        .continuationToken(token)
        .build();
  }

  PutObjectRequest put(
      String name,
      Payload payload,
      String writeId,
      @Nullable Instant deadline,
      Consumer<PutObjectRequest.Builder> condition) {
    PutObjectRequest.Builder builder =
        once(PutObjectRequest.builder())
            .bucket(bucket)
            .key(name)
            .contentType(contentType)
            .contentLength(payload.length())
            .checksumCRC32(payload.crc32())
            .serverSideEncryption(sse)
            .metadata(metadata(writeId, deadline));
    condition.accept(builder);
    return builder.build();
  }

  private static Map<String, String> metadata(String writeId, @Nullable Instant deadline) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put(WriteId.METADATA, writeId);
    if (deadline != null) {
      metadata.put(Deadline.METADATA, deadline.toString());
    }
    return metadata;
  }

  DeleteObjectRequest delete(String name, @Nullable String entityTag) {
    return once(DeleteObjectRequest.builder()).bucket(bucket).key(name).ifMatch(entityTag).build();
  }

  DeleteObjectsRequest deleteAll(List<String> names) {
    List<ObjectIdentifier> objects =
        names.stream().map(name -> ObjectIdentifier.builder().key(name).build()).toList();
    return once(DeleteObjectsRequest.builder())
        .bucket(bucket)
        .delete(delete -> delete.objects(objects).quiet(true))
        .build();
  }

  CreateMultipartUploadRequest startUpload(
      String name, String writeId, @Nullable Instant deadline) {
    return CreateMultipartUploadRequest.builder()
        .bucket(bucket)
        .key(name)
        .contentType(contentType)
        .checksumAlgorithm(ChecksumAlgorithm.CRC32)
        .serverSideEncryption(sse)
        .metadata(metadata(writeId, deadline))
        .build();
  }

  UploadPartRequest putPart(String name, String upload, int number, Payload payload) {
    return UploadPartRequest.builder()
        .bucket(bucket)
        .key(name)
        .uploadId(upload)
        .partNumber(number)
        .contentLength(payload.length())
        .checksumCRC32(payload.crc32())
        .build();
  }

  CompleteMultipartUploadRequest completeUpload(
      String name, String upload, List<CompletedPart> parts) {
    return once(CompleteMultipartUploadRequest.builder())
        .bucket(bucket)
        .key(name)
        .uploadId(upload)
        .multipartUpload(completed -> completed.parts(parts))
        .build();
  }

  AbortMultipartUploadRequest abortUpload(String name, String upload) {
    return AbortMultipartUploadRequest.builder().bucket(bucket).key(name).uploadId(upload).build();
  }
}
