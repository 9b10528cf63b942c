package io.jstorage.s3.requests;

import io.jstorage.s3.requests.S3Failures.Kind;
import io.jstorage.spi.ByteStoreException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * Deletes up to a thousand objects by one request, without a condition; one by one if the server
 * refuses such requests.
 */
public final class BatchDeletion {
  private static final Set<String> BUSY =
      Set.of("SlowDown", "ServiceUnavailable", "OperationAborted");

  private final Bucket bucket;

  /** Makes deletions from a bucket. */
  public BatchDeletion(Bucket bucket) {
    this.bucket = bucket;
  }

  /** Returns the failures by name. An absent object is none. */
  public Map<String, IOException> delete(List<String> names) {
    if (!bucket.batchDeletions.isSent()) {
      return deleteEach(names);
    }
    Map<String, IOException> failures = new HashMap<>();
    Attempts.Series series = bucket.attempts.begin();
    List<String> left = names;
    while (!left.isEmpty()) {
      List<S3Error> errors;
      try {
        errors = send(left);
        bucket.batchDeletions.saw(true);
      } catch (IOException e) {
        if (e.getCause() instanceof AwsServiceException answer
            && bucket.batchDeletions.mayBeRefusedBy(answer)) {
          failures.putAll(deleteEach(left));
        } else {
          left.forEach(name -> failures.put(name, e));
        }
        return failures;
      }
      Set<String> asked = Set.copyOf(left);
      List<String> busy =
          errors.stream()
              .filter(e -> isBusy(e) && isAbout(e, asked))
              .map(S3Error::key)
              .distinct()
              .toList();
      boolean again = !busy.isEmpty() && series.again(Kind.THROTTLED);
      for (S3Error error : errors) {
        if (!isAbout(error, asked)) {
          left.forEach(name -> failures.putIfAbsent(name, strange(error)));
        } else if (!(again && isBusy(error))) {
          failures.put(error.key(), failure(error));
        }
      }
      left = again ? busy : List.of();
    }
    return failures;
  }

  private Map<String, IOException> deleteEach(List<String> names) {
    Map<String, IOException> failures = new HashMap<>();
    for (String name : names) {
      try {
        bucket.delete(name, null);
        bucket.batchDeletions.saw(false);
      } catch (IOException e) {
        failures.put(name, e);
      }
    }
    return failures;
  }

  private List<S3Error> send(List<String> names) throws IOException {
    return bucket.attempts.write(
        bucket.attempts.begin(), repeated -> sendOnce(names).errors(), done -> null);
  }

  private DeleteObjectsResponse sendOnce(List<String> names) {
    OptionalHeader checksums = bucket.checksumsOfDeletions;
    boolean checksum = checksums.isSent();
    try {
      DeleteObjectsResponse answer =
          bucket.client.deleteObjects(bucket.requests.deleteAll(names, !checksum));
      checksums.saw(checksum);
      return answer;
    } catch (AwsServiceException e) {
      if (!checksum || !checksums.mayBeRefusedBy(e)) {
        throw e;
      }
      // Older servers want the checksum of older days, and refuse what comes without.
      DeleteObjectsResponse answer =
          bucket.client.deleteObjects(bucket.requests.deleteAll(names, true));
      checksums.saw(false);
      return answer;
    }
  }

  private static boolean isBusy(S3Error error) {
    return error.code() != null && BUSY.contains(error.code());
  }

  private static boolean isAbout(S3Error error, Set<String> asked) {
    return error.key() != null && asked.contains(error.key());
  }

  /** An error of an object that was not asked for may be that of any that was. */
  private static IOException strange(S3Error error) {
    return ByteStoreException.outcomeUnknown(
        "the server answered %s (%s) of an object that was not asked for"
            .formatted(error.code(), error.message()),
        null);
  }

  private static IOException failure(S3Error error) {
    String message = "the server answered %s (%s)".formatted(error.code(), error.message());
    return switch (Objects.requireNonNullElse(error.code(), "")) {
      case "AccessDenied" -> ByteStoreException.accessDenied(message, null);
      case "InternalError" -> ByteStoreException.outcomeUnknown(message, null);
      case "SlowDown", "ServiceUnavailable", "OperationAborted" ->
          ByteStoreException.unavailable(message, null);
      default -> new IOException(message);
    };
  }
}
