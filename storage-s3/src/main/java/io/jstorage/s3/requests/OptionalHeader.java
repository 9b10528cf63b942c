package io.jstorage.s3.requests;

import io.jstorage.s3.requests.S3Failures.Kind;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * A header, or a kind of request, that some servers refuse: sent until the server refuses it, and
 * left out from then on. A header that was accepted once is always sent. Thread-safe.
 */
final class OptionalHeader {
  /** Codes of refusals that are about something else. */
  private static final Set<String> OTHER_CODES =
      Set.of(
          "BadDigest",
          "EntityTooLarge",
          "EntityTooSmall",
          "IncompleteBody",
          "InvalidBucketName",
          "InvalidDigest",
          "InvalidPart",
          "InvalidPartOrder",
          "KeyTooLongError",
          "MetadataTooLarge",
          "XAmzContentSHA256Mismatch");

  /** Null while it is unknown. */
  private final AtomicReference<@Nullable Boolean> taken;

  /**
   * Makes the knowledge of a header.
   *
   * @param taken whether the server takes it; null to find out
   */
  OptionalHeader(@Nullable Boolean taken) {
    this.taken = new AtomicReference<>(taken);
  }

  /** Returns whether the header is to be sent. */
  boolean isSent() {
    return !Boolean.FALSE.equals(taken.get());
  }

  /** Returns whether the server has not shown yet whether it takes the header. */
  boolean isUntried() {
    return taken.get() == null;
  }

  /**
   * Returns whether an answer to a request with the header may be a refusal of it. Requests that
   * are sent concurrently may be refused after another request has shown that it is not taken.
   */
  boolean mayBeRefusedBy(AwsServiceException e) {
    return !Boolean.TRUE.equals(taken.get()) && isRefusal(e);
  }

  /** Remembers what the server did with it; only the first answer counts. */
  void saw(boolean taken) {
    this.taken.compareAndSet(null, taken);
  }

  /** Returns whether an answer may say that some header of the request is not known. */
  static boolean isRefusal(AwsServiceException e) {
    int status = e.statusCode();
    return (status == 400 || status == 405 || status == 501)
        && S3Failures.kindOf(e) == Kind.REFUSED
        && !OTHER_CODES.contains(S3Failures.codeOf(e));
  }
}
