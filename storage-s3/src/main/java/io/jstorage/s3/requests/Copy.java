package io.jstorage.s3.requests;

import io.jstorage.spi.Condition;
import java.io.IOException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Copies objects on the server, by one request up to a length and in parts beyond. */
public final class Copy {
  private final Bucket bucket;
  private final long longest;

  private Copy(Bucket bucket, long longest) {
    this.bucket = bucket;
    this.longest = longest;
  }

  /**
   * Makes copies within a bucket.
   *
   * @param longest what is copied by one request, in bytes
   */
  public static Copy of(Bucket bucket, long longest) {
    return new Copy(bucket, longest);
  }

  /** Makes a copy that appears in one step, with a deadline counted from now. */
  public void make(String source, String name, Lifetime lifetime) throws IOException {
    HeadObjectResponse head = bucket.head(source);
    if (head == null || head.contentLength() == null) {
      throw new IOException("the object that was uploaded in parts is gone, or has no length");
    }
    long length = head.contentLength();
    if (length <= longest) {
      bucket.copy(source, name, lifetime);
      return;
    }
    long partLength = PartSizes.ofFile(longest, length);
    try (Upload upload = Upload.start(bucket, name, lifetime)) {
      int number = 1;
      for (long start = 0; start < length; start += partLength) {
        upload.addCopy(number++, source, start, Math.min(partLength, length - start));
      }
      upload.complete(Condition.NONE);
    }
  }
}
