package io.jstorage.spi;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a store that its users should be able to tell from others. A store throws it where
 * the medium's own exception does not say as much; what it throws otherwise is classified by the
 * glue, which knows the exceptions of {@code java.nio.file} and {@code java.net}.
 */
public final class ByteStoreException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What the users of a store can tell apart. */
  enum Kind {
    UNAVAILABLE,
    ACCESS_DENIED,
    OUTCOME_UNKNOWN
  }

  /** What the users of the store are told. */
  private final Kind kind;

  private ByteStoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /**
   * Says that the store cannot be reached or asked to come back later; nothing was changed.
   *
   * @param message what happened, without secrets
   * @param cause the medium's own exception
   * @return the exception
   */
  public static ByteStoreException unavailable(String message, @Nullable Throwable cause) {
    return new ByteStoreException(Kind.UNAVAILABLE, message, cause);
  }

  /**
   * Says that the store refused the access; nothing was changed.
   *
   * @param message what happened, without secrets
   * @param cause the medium's own exception
   * @return the exception
   */
  public static ByteStoreException accessDenied(String message, @Nullable Throwable cause) {
    return new ByteStoreException(Kind.ACCESS_DENIED, message, cause);
  }

  /**
   * Says that a write may or may not have happened.
   *
   * @param message what happened, without secrets
   * @param cause the medium's own exception
   * @return the exception
   */
  public static ByteStoreException outcomeUnknown(String message, @Nullable Throwable cause) {
    return new ByteStoreException(Kind.OUTCOME_UNKNOWN, message, cause);
  }

  Kind kind() {
    return kind;
  }
}
