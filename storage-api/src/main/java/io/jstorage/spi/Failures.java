package io.jstorage.spi;

import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.Objects;

/** Turns the exceptions of a store into those that its users catch. */
final class Failures {
  private Failures() {}

  /**
   * Classifies a failure of a medium, which may have thrown anything.
   *
   * @param what the operation, after "cannot"
   * @param e the failure; one that is meant for the caller is returned unchanged
   * @param write whether the operation may have changed something; if a connection broke during a
   *     write, or the medium threw an undeclared exception, it is unknown whether it did
   */
  static RuntimeException of(String what, Exception e, boolean write) {
    if (e instanceof StorageException || e instanceof UnsupportedOperationException) {
      return (RuntimeException) e;
    }
    if (e instanceof UncheckedIOException unchecked) {
      return classify(what, Objects.requireNonNull(unchecked.getCause()), write);
    }
    return e instanceof RuntimeException
        ? new StorageException("cannot %s: %s".formatted(what, describe(e)), e, write)
        : classify(what, e, write);
  }

  /** Whether the store itself says that a failed write changed nothing. */
  static boolean saysNothingChanged(Exception e) {
    return e instanceof ByteStoreException told && !told.isOutcomeUnknown();
  }

  private static StorageException classify(String what, Throwable e, boolean write) {
    if (e instanceof ByteStoreException told) {
      String message = "cannot %s: %s".formatted(what, e.getMessage());
      return told.isAccessDenied()
          ? new StorageAccessDeniedException(message, e)
          : new StorageUnavailableException(message, e, write && told.isOutcomeUnknown());
    }
    String message = "cannot %s: %s".formatted(what, describe(e));
    if (e instanceof AccessDeniedException) {
      return new StorageAccessDeniedException(message, e);
    }
    if (e instanceof ConnectException
        || e instanceof UnknownHostException
        || e instanceof NoRouteToHostException) {
      return new StorageUnavailableException(message, e, false);
    }
    if (e instanceof SocketException || e instanceof InterruptedIOException) {
      return new StorageUnavailableException(message, e, write);
    }
    return new StorageException(message, e);
  }

  /** An I/O exception often has a bare path as its message; then its class says what happened. */
  static String describe(Throwable e) {
    String name = e.getClass().getSimpleName();
    return e.getMessage() == null ? name : name + ": " + e.getMessage();
  }
}
