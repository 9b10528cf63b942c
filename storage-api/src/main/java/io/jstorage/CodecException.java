package io.jstorage;

/**
 * A value could not be encoded, or stored bytes could not be decoded. It concerns one key only: a
 * failed encoding leaves the old value in place, and {@code put} or {@code remove} repairs an entry
 * that does not decode.
 */
public class CodecException extends StorageException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the request, the reason for the failure, and the remedy
   */
  public CodecException(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message the request, the reason for the failure, and the remedy
   * @param cause the underlying failure
   */
  public CodecException(String message, Throwable cause) {
    super(message, cause);
  }
}
