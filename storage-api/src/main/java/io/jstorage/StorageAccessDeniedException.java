package io.jstorage;

/**
 * The store refused the access: wrong credentials, or not enough rights. Retrying does not help.
 */
public class StorageAccessDeniedException extends StorageException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what was asked, what exists, what to do
   * @param cause what went wrong below
   */
  public StorageAccessDeniedException(String message, Throwable cause) {
    super(message, cause);
  }
}
