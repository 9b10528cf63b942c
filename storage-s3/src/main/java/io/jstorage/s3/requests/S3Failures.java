package io.jstorage.s3.requests;

import io.jstorage.spi.ByteStoreException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The meaning of the SDK's exceptions, and the exceptions that they become. */
public final class S3Failures {
  private static final Set<String> DENIED_CODES =
      Set.of(
          "AccessDenied",
          "AccountProblem",
          "ExpiredToken",
          "InvalidAccessKeyId",
          "InvalidToken",
          "SignatureDoesNotMatch",
          "TokenRefreshRequired");

  private static final Set<String> THROTTLED_CODES =
      Set.of("SlowDown", "RequestTimeout", "ServiceUnavailable");

  /** Something is missing, but not the object. */
  private static final Set<String> OTHERS_MISSING_CODES = Set.of("NoSuchBucket", "NoSuchUpload");

  /** Their HTTP client's exceptions, by name: the user's own client may be built on another. */
  private static final Set<String> UNREACHED_NAMES =
      Set.of(
          "ConnectTimeoutException",
          "ConnectionRequestTimeoutException",
          "ConnectionPoolTimeoutException");

  private static final int SHOWN_CHARS = 300;

  private S3Failures() {}

  /** The meaning of an exception for the request. */
  public enum Kind {
    /** There is no such object. */
    MISSING,
    /** A condition did not hold, so nothing was changed. */
    CONDITION_FAILED,
    /** Another writer wrote concurrently, so nothing was changed: try again. */
    CONFLICT,
    /** The server was too busy and did nothing: try again later. */
    THROTTLED,
    /** The request never left. */
    UNREACHED,
    /** The clocks differ; the SDK has learnt by how much. */
    SKEWED,
    /** Permission or credentials are missing. */
    DENIED,
    /** Nothing was done, nor will be. */
    REFUSED,
    /** The outcome is unknown. */
    AMBIGUOUS
  }

  static Kind kindOf(SdkException e) {
    return e instanceof AwsServiceException answer ? kindOfAnswer(answer) : kindOfSilence(e);
  }

  private static Kind kindOfAnswer(AwsServiceException e) {
    String code = codeOf(e);
    if (code.equals("RequestTimeTooSkewed")) {
      return Kind.SKEWED;
    }
    if (THROTTLED_CODES.contains(code)) {
      return Kind.THROTTLED;
    }
    if (DENIED_CODES.contains(code)) {
      return Kind.DENIED;
    }
    return switch (e.statusCode()) {
      case 401, 403 -> Kind.DENIED;
      case 404 -> OTHERS_MISSING_CODES.contains(code) ? Kind.REFUSED : Kind.MISSING;
      case 409 -> Kind.CONFLICT;
      case 412 -> Kind.CONDITION_FAILED;
      case 429, 503 -> Kind.THROTTLED;
      case 501 -> Kind.REFUSED;
      default -> e.statusCode() >= 300 && e.statusCode() < 500 ? Kind.REFUSED : Kind.AMBIGUOUS;
    };
  }

  private static Kind kindOfSilence(SdkException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof UnknownHostException
          || cause instanceof NoRouteToHostException
          || cause instanceof SSLHandshakeException
          || cause instanceof SSLPeerUnverifiedException
          || UNREACHED_NAMES.contains(cause.getClass().getSimpleName())) {
        return Kind.UNREACHED;
      }
      String message = cause.getMessage();
      if (message != null && message.startsWith("Unable to load credentials")) {
        return Kind.DENIED;
      }
    }
    return Kind.AMBIGUOUS;
  }

  /** Returns the server's code of an error, or the empty string. */
  static String codeOf(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    // Of an error without a body the SDK makes a code of its own.
    return code == null || code.chars().allMatch(Character::isDigit) ? "" : code;
  }

  /**
   * Returns the status of an answer that may say that the server does not take a condition.
   *
   * @return 400, 405, 500 or 501; 0 if the failure says something else
   */
  public static int refusalOf(IOException e) {
    if (!(e.getCause() instanceof AwsServiceException answer)) {
      return 0;
    }
    return OptionalHeader.isRefusal(answer) || answer.statusCode() == 500 ? answer.statusCode() : 0;
  }

  /** The exception for a failed read. */
  static IOException ofRead(SdkException e) {
    return of(e, false);
  }

  /** The exception for a failed write. */
  static IOException ofWrite(SdkException e) {
    return of(e, true);
  }

  private static IOException of(SdkException e, boolean write) {
    String message = describe(e);
    return switch (kindOf(e)) {
      case DENIED, SKEWED -> ByteStoreException.accessDenied(message, e);
      case THROTTLED, UNREACHED, CONFLICT -> ByteStoreException.unavailable(message, e);
      case AMBIGUOUS ->
          write
              ? ByteStoreException.outcomeUnknown(message, e)
              : ByteStoreException.unavailable(message, e);
      case MISSING, CONDITION_FAILED, REFUSED -> new IOException(message, e);
    };
  }

  /** The cause of the failure, in one line. */
  static String describe(SdkException e) {
    if (e instanceof AwsServiceException answer) {
      return describe(answer.statusCode(), codeOf(answer), answer);
    }
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String name = root == e ? "" : root.getClass().getSimpleName() + ": ";
    return oneLine(name + root.getMessage());
  }

  private static String describe(int status, String code, AwsServiceException e) {
    String said = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
    String hint =
        switch (code) {
          case "NoSuchBucket" -> "; the bucket does not exist";
          case "ExpiredToken", "TokenRefreshRequired" -> "; the credentials have expired";
          case "RequestTimeTooSkewed" -> "; the clocks of this machine and the server differ";
          case "SignatureDoesNotMatch" -> "; the secret key is not that of the access key";
          case "PermanentRedirect", "AuthorizationHeaderMalformed" ->
              "; is the bucket in another region?";
          default -> status == 301 ? "; is the bucket in another region?" : "";
        };
    @Nullable String id = e.requestId();
    return oneLine(
        "the server answered %d%s%s%s%s"
            .formatted(
                status,
                code.isEmpty() ? "" : " " + code,
                said == null || said.isBlank() ? "" : " (" + said + ")",
                id == null ? "" : ", request " + id,
                hint));
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > SHOWN_CHARS ? line.substring(0, SHOWN_CHARS) + "…" : line;
  }
}
