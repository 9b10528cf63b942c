package io.jstorage.s3;

import io.jstorage.s3.S3Failures.Kind;
import io.jstorage.spi.ByteStoreException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Deletes up to a thousand objects by one request, whatever they hold. */
final class BatchDeletion {
  private static final Set<String> BUSY =
      Set.of("SlowDown", "ServiceUnavailable", "OperationAborted");

  private final Bucket bucket;

  BatchDeletion(Bucket bucket) {
    this.bucket = bucket;
  }

  /** Returns the failures by name. Objects that are not there are none. */
  Map<String, IOException> delete(List<String> names) {
    Map<String, IOException> failures = new HashMap<>();
    Attempts.Patience patience = bucket.attempts.patience();
    List<String> left = names;
    while (!left.isEmpty()) {
      List<S3Error> errors;
      try {
        errors = send(left);
      } catch (IOException e) {
        left.forEach(name -> failures.put(name, e));
        return failures;
      }
      Set<String> asked = Set.copyOf(left);
      List<String> busy =
          errors.stream()
              .filter(e -> isBusy(e) && isAbout(e, asked))
              .map(S3Error::key)
              .distinct()
              .toList();
      boolean again = !busy.isEmpty() && patience.lasts(Kind.THROTTLED);
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

  private List<S3Error> send(List<String> names) throws IOException {
    return bucket.attempts.write(
        repeated -> bucket.client.deleteObjects(bucket.requests.deleteAll(names)).errors(),
        () -> null);
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
