package io.jstorage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jstorage.s3.Bucket.Deletion;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Whether a server decides conditional writes: taken for granted, denied, or tried out once. What
 * cannot be tried out is whether it decides them in one step. Thread-safe.
 */
final class Conditions {
  private final Bucket bucket;
  private final String prefix;
  private final ReentrantLock trying = new ReentrantLock();
  private volatile @Nullable Boolean decided;

  /**
   * Makes the answer, or the way to find it.
   *
   * @param prefix what the names of the objects start with that are written to find out
   * @param decided the answer, if it is known
   */
  Conditions(Bucket bucket, String prefix, @Nullable Boolean decided) {
    this.bucket = bucket;
    this.prefix = prefix;
    this.decided = decided;
  }

  /**
   * Tells whether conditional writes are decided by the server; the first time by a dozen requests.
   */
  boolean areDecided() throws IOException {
    Boolean known = decided;
    if (known != null) {
      return known;
    }
    trying.lock();
    try {
      known = decided;
      if (known == null) {
        known = tryOut();
        decided = known;
      }
      return known;
    } finally {
      trying.unlock();
    }
  }

  private boolean tryOut() throws IOException {
    // No key's name, as a percent sign is followed by two digits there.
    String name = prefix + "%~jstorage-" + UUID.randomUUID();
    boolean decides;
    try {
      decides = isDecidedFor(name);
    } catch (IOException e) {
      if (!S3Failures.isNotImplemented(e)) {
        deleteAfter(e, name);
        throw e;
      }
      decides = false;
    }
    bucket.delete(name, null);
    return decides;
  }

  private void deleteAfter(IOException failure, String name) {
    try {
      bucket.delete(name, null);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private boolean isDecidedFor(String name) throws IOException {
    Payload first = Payload.of("first".getBytes(UTF_8));
    Payload second = Payload.of("second".getBytes(UTF_8));
    if (!bucket.create(name, first, null) || bucket.create(name, second, null)) {
      return false;
    }
    HeadObjectResponse head = bucket.head(name);
    if (head == null || head.eTag() == null) {
      return false;
    }
    String other = "\"00000000000000000000000000000000\"";
    return !bucket.replace(name, second, other, null)
        && bucket.delete(name, other) == Deletion.CHANGED
        && bucket.replace(name, second, head.eTag(), null)
        && bucket.delete(name, head.eTag()) == Deletion.CHANGED
        && isDeletedOnce(name);
  }

  private boolean isDeletedOnce(String name) throws IOException {
    HeadObjectResponse head = bucket.head(name);
    return head != null
        && bucket.delete(name, head.eTag()) == Deletion.DONE
        && bucket.delete(name, head.eTag()) != Deletion.DONE
        && !bucket.replace(name, Payload.of(new byte[0]), head.eTag(), null);
  }
}
