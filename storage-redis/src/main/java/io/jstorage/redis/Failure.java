package io.jstorage.redis;

import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.spi.ByteStoreException;
import java.io.IOException;

/**
 * A failed attempt and its meaning.
 *
 * @param kind what callers distinguish
 * @param message what happened, without secrets
 * @param cause what Jedis threw, or something in its place where that shows a secret
 * @param worthRepeating whether another attempt does no harm and may succeed
 */
record Failure(Kind kind, String message, Throwable cause, boolean worthRepeating) {
  /** The effect of the command on the server. */
  enum Kind {
    /** The server cannot be reached or asks to come back later; nothing was changed. */
    UNAVAILABLE,
    /** The server knows the user and says no, or does not know the user. */
    DENIED,
    /** The command was sent, no reply came, and it must not be carried out twice. */
    UNKNOWN,
    /** The server says that the command cannot be carried out. */
    REFUSED
  }

  IOException toIOException() {
    return switch (kind) {
      case UNAVAILABLE -> ByteStoreException.unavailable(message, cause);
      case DENIED -> ByteStoreException.accessDenied(message, cause);
      case UNKNOWN -> ByteStoreException.outcomeUnknown(message, cause);
      case REFUSED -> new IOException(message, cause);
    };
  }

  StorageException toStorageException(String what) {
    String whole = "cannot %s: %s".formatted(what, message);
    return switch (kind) {
      // Only opening fails in this way, and it changes nothing, whatever was sent.
      case UNAVAILABLE, UNKNOWN -> new StorageUnavailableException(whole, cause, false);
      case DENIED -> new StorageAccessDeniedException(whole, cause);
      case REFUSED -> new StorageException(whole, cause);
    };
  }
}
