package io.jstorage.s3.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

class FlatBlobStoreTest {
  private static final String BUCKET = "bucket";

  private final BlobStore files = new TransientNio2BlobStore();
  private final BlobStore flat = new FlatBlobStore(files);

  private static List<String> keys(BlobStore blobs) {
    return blobs.list(ListObjectsV2Request.builder().bucket(BUCKET).build()).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  private void put(String key, InputStream bytes) {
    flat.putBlob(
        PutObjectRequest.builder().bucket(BUCKET).key(key).contentLength(0L).build(), bytes);
  }

  @Test
  void aKeyMayContinueAnotherAfterASlash() {
    flat.createContainer(BUCKET);
    put("a", InputStream.nullInputStream());
    put("a/b", InputStream.nullInputStream());
    assertThat(keys(flat)).containsExactly("a", "a/b");
  }

  @Test
  void anObjectThatAStorageMadeForItselfIsListed() {
    String probe = "%~jstorage-probe-" + UUID.randomUUID();
    flat.createContainer(BUCKET);
    put(probe, InputStream.nullInputStream());
    assertThat(keys(flat)).containsExactly(probe);
  }

  @Test
  void anUploadInProgressIsNotListed() {
    flat.createContainer(BUCKET);
    List<String> inFiles = new ArrayList<>();
    List<String> listed = new ArrayList<>();
    put(
        "a",
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            inFiles.addAll(keys(files));
            listed.addAll(keys(flat));
            return super.read(bytes, offset, length);
          }
        });
    assertThat(inFiles).as("keys of the server itself").isNotEmpty();
    assertThat(listed).isEmpty();
    assertThat(keys(flat)).containsExactly("a");
  }
}
