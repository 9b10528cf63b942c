package io.jstorage.s3;

import io.jstorage.s3.S3Failures.Kind;
import io.jstorage.spi.ByteStoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The objects of a bucket by name: one method a request, repeated where that is right, with an
 * outcome that is true or an exception that says what is not known.
 */
final class Bucket {
  /** How long the bucket is known to be there after an answer that proved it. */
  private static final long SEEN_NANOS = 10_000_000_000L;

  final S3Client client;
  final Requests requests;
  final Attempts attempts;
  private volatile long seenNanos = System.nanoTime() - SEEN_NANOS;

  Bucket(S3Client client, Requests requests, Attempts attempts) {
    this.client = client;
    this.requests = requests;
    this.attempts = attempts;
  }

  /** Returns what is made of an object, or null if there is none. */
  <T> @Nullable T get(String name, ResponseTransformer<GetObjectResponse, T> transformer)
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
  @Nullable HeadObjectResponse head(String name) throws IOException {
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
  private void checkMiss(AwsServiceException e, boolean told) throws IOException {
    if (S3Failures.kindOf(e) != Kind.MISSING) {
      throw e;
    }
    if (told) {
      seen(e);
    } else if (System.nanoTime() - seenNanos >= SEEN_NANOS) {
      checkThere();
    }
  }

  private void checkThere() throws IOException {
    try {
      seen(client.headBucket(requests.headBucket()));
    } catch (AwsServiceException e) {
      if (e.statusCode() == 404) {
        throw new IOException("the bucket does not exist", e);
      }
      if (S3Failures.kindOf(e) != Kind.DENIED) {
        throw e;
      }
      // Who may not ask for the bucket may still be told that an object is missing.
    }
  }

  /** Writes an object, whatever is there. */
  void put(String name, Payload payload, @Nullable Instant deadline) throws IOException {
    put(name, payload, deadline, request -> {});
  }

  /** Writes an object if there is none; false if there is one. */
  boolean create(String name, Payload payload, @Nullable Instant deadline) throws IOException {
    return put(name, payload, deadline, request -> request.ifNoneMatch("*"));
  }

  /** Writes an object if the one that is there has an entity tag; false if it has not. */
  boolean replace(String name, Payload payload, String entityTag, @Nullable Instant deadline)
      throws IOException {
    return put(name, payload, deadline, request -> request.ifMatch(entityTag));
  }

  private boolean put(
      String name,
      Payload payload,
      @Nullable Instant deadline,
      Consumer<PutObjectRequest.Builder> condition)
      throws IOException {
    String writeId = WriteId.next();
    PutObjectRequest request = requests.put(name, payload, writeId, deadline, condition);
    boolean conditional = request.ifMatch() != null || request.ifNoneMatch() != null;
    return attempts.write(
        repeated -> {
          try {
            seen(client.putObject(request, payload.body()));
            return true;
          } catch (AwsServiceException e) {
            Kind kind = S3Failures.kindOf(e);
            if (conditional && kind == Kind.CONDITION_FAILED) {
              return repeated && wasWrittenBy(name, writeId, e);
            }
            if (request.ifMatch() != null && kind == Kind.MISSING) {
              checkMiss(e, S3Failures.codeOf(e).equals("NoSuchKey"));
              return false;
            }
            throw e;
          }
        },
        () -> isWrittenBy(name, writeId) ? true : null);
  }

  /** Tells whether an object is there that a write has made. */
  boolean isWrittenBy(String name, String writeId) throws IOException {
    HeadObjectResponse head = head(name);
    return head != null && WriteId.isOf(writeId, head.metadata());
  }

  /**
   * Tells whether a write that was sent again failed because it had been done the first time, by a
   * server that then said that it was too busy.
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

  /** What became of a conditional deletion. */
  enum Deletion {
    DONE,
    /** There was no object. */
    MISSING,
    /** There was another object. */
    CHANGED
  }

  /**
   * Deletes an object.
   *
   * @param entityTag the tag that it must have; null for any
   */
  Deletion delete(String name, @Nullable String entityTag) throws IOException {
    DeleteObjectRequest request = requests.delete(name, entityTag);
    return attempts.write(
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
                  "the server was too busy, and then the object was gone, which may have been by this deletion",
                  e);
            }
            return kind == Kind.MISSING ? Deletion.MISSING : Deletion.CHANGED;
          }
        },
        // That it is gone does not tell who deleted it.
        () -> null);
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
