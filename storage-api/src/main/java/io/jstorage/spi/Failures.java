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

/** Turns what a store throws into what its users catch. */
final class Failures {
  private Failures() {}

  /** A failed access that can have changed nothing, or whose store says that it changed nothing. */
  static StorageException ofRead(String what, Exception e) {
    return of(what, unwrap(e), false);
  }

  /** A failed write: where a connection broke, nobody knows whether it happened. */
  static StorageException ofWrite(String what, Exception e) {
    return of(what, unwrap(e), true);
  }

  private static Throwable unwrap(Exception e) {
    return e instanceof UncheckedIOException unchecked
        ? Objects.requireNonNull(unchecked.getCause())
        : e;
  }

  private static StorageException of(String what, Throwable e, boolean write) {
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
