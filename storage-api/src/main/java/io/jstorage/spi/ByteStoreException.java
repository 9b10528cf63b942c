package io.jstorage.spi;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a store that its users should be able to distinguish from others. A store throws it
 * if the medium's own exception is not specific enough. The glue classifies all other exceptions;
 * it knows those of {@code java.nio.file} and {@code java.net}.
 */
public final class ByteStoreException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Whether the store refused the access. */
  private final boolean accessDenied;

  /** Whether the write may have happened. */
  private final boolean outcomeUnknown;

  private ByteStoreException(
      String message, @Nullable Throwable cause, boolean accessDenied, boolean outcomeUnknown) {
    super(message, cause);
    this.accessDenied = accessDenied;
    this.outcomeUnknown = outcomeUnknown;
  }

  /**
   * Says that the store cannot be reached or asked to come back later; nothing was changed.
   *
   * @param message what happened, without secrets
   * @param cause the medium's own exception
   * @return the exception
   */
  public static ByteStoreException unavailable(String message, @Nullable Throwable cause) {
    return new ByteStoreException(message, cause, false, false);
  }

  /**
   * Says that the store refused the access; nothing was changed.
   *
   * @param message what happened, without secrets
   * @param cause the medium's own exception
   * @return the exception
   */
  public static ByteStoreException accessDenied(String message, @Nullable Throwable cause) {
    return new ByteStoreException(message, cause, true, false);
  }

  /**
   * Says that a write may or may not have happened.
   *
   * @param message what happened, without secrets
   * @param cause the medium's own exception
   * @return the exception
   */
  public static ByteStoreException outcomeUnknown(String message, @Nullable Throwable cause) {
    return new ByteStoreException(message, cause, false, true);
  }

  boolean isAccessDenied() {
    return accessDenied;
  }

  boolean isOutcomeUnknown() {
    return outcomeUnknown;
  }
}
