package io.jstorage;

/**
 * The store refused the access: wrong credentials, or not enough rights. Retrying does not help.
 */
public class StorageAccessDeniedException extends StorageException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the request, the reason for the failure, and the remedy
   * @param cause the underlying failure
   */
  public StorageAccessDeniedException(String message, Throwable cause) {
    super(message, cause);
  }
}
