package io.jstorage.s3.server;

import java.io.InputStream;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Makes a slash a character like any other, as it is to S3, and hides uploads in progress. S3Proxy
 * keeps objects in a file system, where nothing can be called {@code a} beside {@code a/b}, and
 * lists the temporary file of an upload, {@code a-} and a UUID.
 */
final class FlatBlobStore extends ForwardingBlobStore {
  private static final char SLASH = '\uf8fe';

  /** Names of temporary files, and not those of the objects that a storage makes for itself. */
  private static final Predicate<String> TEMPORARY =
      Pattern.compile("(?<!%~jstorage-(probe|upload))-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
          .asPredicate();

  FlatBlobStore(BlobStore files) {
    super(files);
  }

  private static @Nullable String flat(@Nullable String key) {
    return key == null ? null : key.replace('/', SLASH);
  }

  private static String deep(String key) {
    return key.replace(SLASH, '/');
  }

  private static MultipartUpload flat(MultipartUpload upload) {
    CreateMultipartUploadRequest request = upload.request();
    return new MultipartUpload(
        upload.id(), request.toBuilder().key(flat(request.key())).build(), upload.response());
  }

  @Override
  public boolean blobExists(String bucket, String key) {
    return super.blobExists(bucket, key.replace('/', SLASH));
  }

  @Override
  public ObjectCannedACL getBlobAccess(String bucket, String key) {
    return super.getBlobAccess(bucket, key.replace('/', SLASH));
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    return super.blobMetadata(request.toBuilder().key(flat(request.key())).build());
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    return super.getBlob(request.toBuilder().key(flat(request.key())).build());
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream bytes) {
    return super.putBlob(request.toBuilder().key(flat(request.key())).build(), bytes);
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    return super.copyBlob(
        request.toBuilder()
            .sourceKey(flat(request.sourceKey()))
            .destinationKey(flat(request.destinationKey()))
            .build());
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    return super.removeBlob(request.toBuilder().key(flat(request.key())).build());
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    ListObjectsV2Response flat =
        super.list(
            request.toBuilder()
                .prefix(flat(request.prefix()))
                .startAfter(flat(request.startAfter()))
                .build());
    return flat.toBuilder()
        .contents(
            flat.contents().stream()
                .filter(object -> !TEMPORARY.test(object.key()))
                .map(object -> object.toBuilder().key(deep(object.key())).build())
                .toList())
        .build();
  }

  @Override
  public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
    MultipartUpload upload =
        super.initiateMultipartUpload(request.toBuilder().key(flat(request.key())).build());
    return new MultipartUpload(upload.id(), request, upload.response());
  }

  @Override
  public void abortMultipartUpload(MultipartUpload upload) {
    super.abortMultipartUpload(flat(upload));
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    return super.completeMultipartUpload(
        flat(upload), request.toBuilder().key(flat(request.key())).build());
  }

  @Override
  public UploadPartResponse uploadMultipartPart(
      MultipartUpload upload, UploadPartRequest request, InputStream bytes) {
    return super.uploadMultipartPart(
        flat(upload), request.toBuilder().key(flat(request.key())).build(), bytes);
  }

  @Override
  public List<Part> listMultipartUpload(MultipartUpload upload) {
    return super.listMultipartUpload(flat(upload));
  }
}
