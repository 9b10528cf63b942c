package io.jstorage.s3.requests;

import io.jstorage.spi.Condition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** The requests to one bucket. */
public final class Requests {
  /** The most keys of one listing or one deletion; S3's own limit. */
  public static final int PAGE = 1_000;

  private final String bucket;
  private final @Nullable String sse;
  private final String contentType;
  private final @Nullable AwsRequestOverrideConfiguration ofWrites;
  private final AwsRequestOverrideConfiguration ofMd5Writes;

  /**
   * Makes the requests to a bucket.
   *
   * @param bucket the bucket
   * @param sse the server-side encryption that writes ask for, or null for the bucket's own
   * @param contentType the media type of the objects
   * @param borrowed whether the client is the user's, with habits of its own
   */
  public Requests(String bucket, @Nullable String sse, String contentType, boolean borrowed) {
    this.bucket = bucket;
    this.sse = sse;
    this.contentType = contentType;
    List<SdkPlugin> plugins = BorrowedClientPlugin.of(borrowed);
    this.ofWrites = plugins.isEmpty() ? null : with(plugins).build();
    this.ofMd5Writes = with(plugins).addPlugin(LegacyMd5Plugin.create()).build();
  }

  private static AwsRequestOverrideConfiguration.Builder with(List<SdkPlugin> plugins) {
    AwsRequestOverrideConfiguration.Builder builder = AwsRequestOverrideConfiguration.builder();
    plugins.forEach(builder::addPlugin);
    return builder;
  }

  private <B extends S3Request.Builder> B write(B builder) {
    if (ofWrites != null) {
      builder.overrideConfiguration(ofWrites);
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
      Condition condition,
      boolean checksum) {
    return write(PutObjectRequest.builder())
        .bucket(bucket)
        .key(name)
        .contentType(contentType)
        .contentLength(payload.length())
        .checksumCRC32(checksum ? payload.crc32() : null)
        .serverSideEncryption(sse)
        .metadata(Metadata.of(writeId, deadline))
        .ifNoneMatch(condition.isAbsent() ? "*" : null)
        .ifMatch(EntityTag.of(condition))
        .build();
  }

  CopyObjectRequest copy(String source, String name, String writeId, @Nullable Instant deadline) {
    return write(CopyObjectRequest.builder())
        .sourceBucket(bucket)
        .sourceKey(source)
        .destinationBucket(bucket)
        .destinationKey(name)
        .contentType(contentType)
        .serverSideEncryption(sse)
        .metadataDirective(MetadataDirective.REPLACE)
        .metadata(Metadata.of(writeId, deadline))
        .build();
  }

  DeleteObjectRequest delete(String name, @Nullable String entityTag) {
    return write(DeleteObjectRequest.builder()).bucket(bucket).key(name).ifMatch(entityTag).build();
  }

  /**
   * Deletes many objects.
   *
   * @param md5 whether the body is sent with an MD5, as old servers want it, and not a CRC-32
   */
  DeleteObjectsRequest deleteAll(List<String> names, boolean md5) {
    List<ObjectIdentifier> objects =
        names.stream().map(name -> ObjectIdentifier.builder().key(name).build()).toList();
    DeleteObjectsRequest.Builder builder = write(DeleteObjectsRequest.builder());
    if (md5) {
      builder.overrideConfiguration(ofMd5Writes);
    }
    return builder.bucket(bucket).delete(delete -> delete.objects(objects).quiet(true)).build();
  }

  CreateMultipartUploadRequest startUpload(
      String name, String writeId, @Nullable Instant deadline, boolean checksum) {
    return CreateMultipartUploadRequest.builder()
        .bucket(bucket)
        .key(name)
        .contentType(contentType)
        .checksumAlgorithm(checksum ? ChecksumAlgorithm.CRC32 : null)
        .serverSideEncryption(sse)
        .metadata(Metadata.of(writeId, deadline))
        .build();
  }

  UploadPartRequest putPart(
      String name, String upload, int number, Payload payload, boolean checksum) {
    return write(UploadPartRequest.builder())
        .bucket(bucket)
        .key(name)
        .uploadId(upload)
        .partNumber(number)
        .contentLength(payload.length())
        .checksumCRC32(checksum ? payload.crc32() : null)
        .build();
  }

  UploadPartCopyRequest copyPart(
      String name, String upload, int number, String source, long start, long length) {
    return UploadPartCopyRequest.builder()
        .sourceBucket(bucket)
        .sourceKey(source)
        .copySourceRange("bytes=%d-%d".formatted(start, start + length - 1))
        .destinationBucket(bucket)
        .destinationKey(name)
        .uploadId(upload)
        .partNumber(number)
        .build();
  }

  CompleteMultipartUploadRequest completeUpload(
      String name, String upload, List<CompletedPart> parts, Condition condition) {
    return write(CompleteMultipartUploadRequest.builder())
        .bucket(bucket)
        .key(name)
        .uploadId(upload)
        .multipartUpload(completed -> completed.parts(parts))
        .ifNoneMatch(condition.isAbsent() ? "*" : null)
        .ifMatch(EntityTag.of(condition))
        .build();
  }

  AbortMultipartUploadRequest abortUpload(String name, String upload) {
    return AbortMultipartUploadRequest.builder().bucket(bucket).key(name).uploadId(upload).build();
  }
}
