package io.jstorage.s3.requests;

import io.jstorage.s3.requests.S3Failures.Kind;
import io.jstorage.spi.ByteStoreException;
import io.jstorage.spi.Condition;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * The objects of a bucket by name. Each method is one request, retried if that is safe. Its result
 * is true, or an exception says that the outcome is unknown. Thread-safe.
 */
public final class Bucket {
  /** How long the bucket is known to exist after an answer that proved it. */
  private static final long SEEN_NANOS = 10_000_000_000L;

  final S3Client client;
  final Requests requests;
  final Attempts attempts;
  final OptionalHeader checksums;
  final OptionalHeader checksumsOfDeletions = new OptionalHeader(null);
  final OptionalHeader batchDeletions = new OptionalHeader(null);
  private final OptionalHeader deletionConditions;
  private volatile long seenNanos = System.nanoTime() - SEEN_NANOS;

  /**
   * Makes the objects of a bucket.
   *
   * @param client sends the requests
   * @param requests what is sent
   * @param attempts what is repeated
   * @param checksums whether the server takes a checksum in a header; null to find out
   * @param deletionConditions whether it takes {@code If-Match} of DELETE; null to find out
   */
  public Bucket(
      S3Client client,
      Requests requests,
      Attempts attempts,
      @Nullable Boolean checksums,
      @Nullable Boolean deletionConditions) {
    this.client = client;
    this.requests = requests;
    this.attempts = attempts;
    this.checksums = new OptionalHeader(checksums);
    this.deletionConditions = new OptionalHeader(deletionConditions);
  }

  /** Returns the client that sends the requests. */
  public S3Client client() {
    return client;
  }

  /** Returns how long requests are repeated. */
  public Duration timeout() {
    return Duration.ofNanos(attempts.timeoutNanos());
  }

  /** Begins an operation of several requests, each of which may show that it has to begin again. */
  public Attempts.Series begin() {
    return attempts.begin();
  }

  /** Returns what is made of an object, or null if there is none. */
  public <T> @Nullable T get(String name, ResponseTransformer<GetObjectResponse, T> transformer)
      throws IOException {
    return attempts.read(
        () -> {
          try {
            return seen(client.getObject(requests.get(name), transformer));
          } catch (AwsServiceException e) {
            checkMiss(e, S3Failures.codeOf(e).equals("NoSuchKey"));
            return null;
          }
        });
  }

  /** Returns what is known of an object, or null if there is none. */
  public @Nullable HeadObjectResponse head(String name) throws IOException {
    return attempts.read(
        () -> {
          try {
            return seen(client.headObject(requests.head(name)));
          } catch (AwsServiceException e) {
            // Without a body; the code is a guess of the SDK's.
            checkMiss(e, false);
            return null;
          }
        });
  }

  private <T> T seen(T answer) {
    seenNanos = System.nanoTime();
    return answer;
  }

  /**
   * A miss is one only where there is a bucket.
   *
   * @param told whether the server said that it is the object that is missing
   */
  void checkMiss(AwsServiceException e, boolean told) throws IOException {
    if (S3Failures.kindOf(e) != Kind.MISSING) {
      throw e;
    }
    if (told) {
      seen(e);
    } else if (System.nanoTime() - seenNanos >= SEEN_NANOS) {
      checkExists();
    }
  }

  private void checkExists() throws IOException {
    try {
      seen(client.headBucket(requests.headBucket()));
    } catch (AwsServiceException e) {
      if (e.statusCode() == 404) {
        throw new IOException("the bucket does not exist", e);
      }
      if (S3Failures.kindOf(e) != Kind.DENIED) {
        throw e;
      }
      // A user that may not ask for the bucket may still be told that an object is missing.
    }
  }

  /** Writes an object; false if the condition did not hold. */
  public boolean put(String name, Payload payload, Lifetime lifetime, Condition condition)
      throws IOException {
    if (EntityTag.neverHolds(condition)) {
      return false;
    }
    String writeId = Metadata.newWriteId();
    try {
      return attempts.write(
          attempts.begin(),
          repeated -> {
            try {
              return putOnce(name, payload, writeId, lifetime, condition);
            } catch (AwsServiceException e) {
              return checkCondition(e, name, writeId, condition, repeated);
            }
          },
          done -> (done || isWrittenBy(name, writeId)) ? true : null);
    } catch (ByteStoreException e) {
      throw hinted(
          e,
          checksums,
          "if it always does, it may not know checksums in a header: set the option 'checksum' to"
              + " false");
    }
  }

  private boolean putOnce(
      String name, Payload payload, String writeId, Lifetime lifetime, Condition condition) {
    boolean checksum = checksums.isSent();
    try {
      seen(
          client.putObject(
              requests.put(name, payload, writeId, lifetime.deadline(), condition, checksum),
              payload.body()));
      checksums.saw(checksum);
    } catch (AwsServiceException e) {
      if (!checksum || !checksums.mayBeRefusedBy(e)) {
        throw e;
      }
      // It was refused, so nothing was changed, and it may go out again.
      seen(
          client.putObject(
              requests.put(name, payload, writeId, lifetime.deadline(), condition, false),
              payload.body()));
      checksums.saw(false);
    }
    return true;
  }

  /** Returns the result of a refused conditional write; otherwise throws the failure. */
  boolean checkCondition(
      AwsServiceException e, String name, String writeId, Condition condition, boolean repeated)
      throws IOException {
    Kind kind = S3Failures.kindOf(e);
    if (kind == Kind.CONDITION_FAILED && !condition.isNone()) {
      return repeated && wasWrittenBy(name, writeId, e);
    }
    if (kind == Kind.MISSING && condition.version() != null) {
      checkMiss(e, S3Failures.codeOf(e).equals("NoSuchKey"));
      return false;
    }
    throw e;
  }

  /** Returns whether an object exists that a write has made. */
  boolean isWrittenBy(String name, String writeId) throws IOException {
    HeadObjectResponse head = head(name);
    return head != null && Metadata.isWrittenBy(writeId, head.metadata());
  }

  /**
   * Returns whether a write that was sent again failed because it had been done the first time, by
   * a server that then said that it was too busy.
   */
  boolean wasWrittenBy(String name, String writeId, AwsServiceException failure)
      throws IOException {
    try {
      return isWrittenBy(name, writeId);
    } catch (IOException e) {
      ByteStoreException unknown =
          ByteStoreException.outcomeUnknown(S3Failures.describe(failure), failure);
      unknown.addSuppressed(e);
      throw unknown;
    }
  }

  /** Copies an object on the server, in one step that takes the place of the other one. */
  void copy(String source, String name, Lifetime lifetime) throws IOException {
    String writeId = Metadata.newWriteId();
    attempts.write(
        attempts.begin(),
        repeated ->
            seen(client.copyObject(requests.copy(source, name, writeId, lifetime.deadline())))
                != null,
        // The status of a copy says nothing: an error may follow in the body.
        done -> isWrittenBy(name, writeId) ? true : null);
  }

  /** The outcome of a conditional deletion. */
  public enum Deletion {
    DONE,
    /** There was no object. */
    MISSING,
    /** There was another object. */
    CHANGED
  }

  /**
   * Deletes the object that was just seen; any object if the server is known not to take
   * conditions, or if it does not give the object a tag that they could name.
   *
   * @param entityTag the tag of what was seen
   * @throws IOException also if the server is said to take conditions, but gives no such tag
   */
  public Deletion deleteSeen(String name, @Nullable String entityTag) throws IOException {
    if (!deletionConditions.isSent()) {
      return delete(name, null);
    }
    if (entityTag == null || !EntityTag.isStrong(entityTag)) {
      if (deletionConditions.isUntried()) {
        return delete(name, null);
      }
      throw noStrongTag(entityTag);
    }
    try {
      Deletion deletion = delete(name, entityTag);
      deletionConditions.saw(true);
      return deletion;
    } catch (ByteStoreException e) {
      throw hinted(
          e,
          deletionConditions,
          "if it always does, it may not know conditional deletions: set the option 'conditional'"
              + " to deny");
    } catch (IOException e) {
      if (!(e.getCause() instanceof AwsServiceException answer)
          || !deletionConditions.mayBeRefusedBy(answer)) {
        throw e;
      }
      Deletion deletion = delete(name, null);
      deletionConditions.saw(false);
      return deletion;
    }
  }

  /** Makes the exception for an object that no condition can name. */
  public static IOException noStrongTag(@Nullable String entityTag) {
    return new IOException(
        "the server, or a proxy in front of it, answers %s entity tag%s, by which nothing can be "
                .formatted(
                    entityTag == null ? "no" : "a weak", entityTag == null ? "" : " " + entityTag)
            + "changed conditionally: set the option 'conditional' to deny");
  }

  /** Adds advice to a failure on the server's side of a request whose header was never taken. */
  private static ByteStoreException hinted(
      ByteStoreException e, OptionalHeader header, String hint) {
    return header.isUntried()
            && e.getCause() instanceof AwsServiceException answer
            && answer.statusCode() == 500
        ? ByteStoreException.outcomeUnknown(e.getMessage() + "; " + hint, answer)
        : e;
  }

  /**
   * Deletes an object.
   *
   * @param entityTag the tag that it must have; null for any
   */
  public Deletion delete(String name, @Nullable String entityTag) throws IOException {
    return delete(attempts.begin(), name, entityTag);
  }

  /** Deletes an object by a single attempt, so that no thread waits for long. */
  public Deletion deleteOnce(String name, String entityTag) throws IOException {
    return delete(attempts.beginSingle(), name, entityTag);
  }

  private Deletion delete(Attempts.Series series, String name, @Nullable String entityTag)
      throws IOException {
    DeleteObjectRequest request = requests.delete(name, entityTag);
    return attempts.write(
        series,
        repeated -> {
          try {
            seen(client.deleteObject(request));
            return Deletion.DONE;
          } catch (AwsServiceException e) {
            Kind kind = S3Failures.kindOf(e);
            if (kind != Kind.CONDITION_FAILED) {
              checkMiss(e, S3Failures.codeOf(e).equals("NoSuchKey"));
            }
            if (repeated) {
              throw ByteStoreException.outcomeUnknown(
                  "the server was too busy, and then the object was gone, which may have been by"
                      + " this deletion",
                  e);
            }
            return kind == Kind.MISSING ? Deletion.MISSING : Deletion.CHANGED;
          }
        },
        // That it is gone does not show who deleted it.
        done -> done ? Deletion.DONE : null);
  }

  /** Returns one page of a listing. */
  ListObjectsV2Response list(String prefix, @Nullable String token) throws IOException {
    ListObjectsV2Response page =
        attempts.read(() -> seen(client.listObjectsV2(requests.list(prefix, token))));
    if (page == null) {
      throw new IOException("the server answered nothing");
    }
    return page;
  }
}
