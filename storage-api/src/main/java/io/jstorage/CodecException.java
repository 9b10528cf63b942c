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
   * @param message what was asked, what exists, what to do
   */
  public CodecException(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message what was asked, what exists, what to do
   * @param cause what went wrong below
   */
  public CodecException(String message, Throwable cause) {
    super(message, cause);
  }
}
