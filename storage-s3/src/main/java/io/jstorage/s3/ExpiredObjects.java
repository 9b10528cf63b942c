package io.jstorage.s3;

import io.jstorage.s3.requests.Bucket;
import io.jstorage.s3.requests.Bucket.Deletion;
import io.jstorage.s3.requests.EntityTag;
import io.jstorage.s3.requests.Metadata;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Detects and deletes the expired objects of a store. Thread-safe. */
final class ExpiredObjects {
  /**
   * Longer than any upload takes; S3 dates an object of several parts at the beginning of its
   * upload.
   */
  private static final Duration ABANDONED = Duration.ofDays(7);

  private final Bucket bucket;
  private final ObjectNames names;
  private final InstantSource clock;
  private final @Nullable Duration expiration;

  ExpiredObjects(
      Bucket bucket, ObjectNames names, InstantSource clock, @Nullable Duration expiration) {
    this.bucket = bucket;
    this.names = names;
    this.clock = clock;
    this.expiration = expiration;
  }

  /** Returns whether the entry of an object with some metadata has expired. */
  boolean contains(Map<String, String> metadata) throws IOException {
    if (expiration == null) {
      return false;
    }
    Instant deadline = Metadata.deadline(metadata);
    return deadline != null && !clock.instant().isBefore(deadline);
  }

  /**
   * Deletes an object if it has expired and is not being written.
   *
   * @param writes the writes that this purge must not undo
   * @return whether it was deleted
   * @throws IOException also if the object has no entity tag to delete it by
   */
  boolean purge(String name, WritesInFlight writes) throws IOException {
    if (!writes.beginPurge(name)) {
      return false;
    }
    try {
      HeadObjectResponse head = bucket.head(name);
      if (head == null || !contains(head.metadata())) {
        return false;
      }
      String tag = head.eTag();
      if (tag == null || !EntityTag.isStrong(tag)) {
        throw Bucket.noStrongTag(tag);
      }
      return writes.beginDeletion(name) && bucket.deleteOnce(name, tag) == Deletion.DONE;
    } finally {
      writes.endPurge(name);
    }
  }

  /** Returns whether an object is left of an upload or a probe of a process that was killed. */
  boolean isAbandoned(S3Object object) {
    Instant modified = object.lastModified();
    return names.isReserved(object.key())
        && modified != null
        && modified.plus(ABANDONED).isBefore(Instant.now());
  }
}
