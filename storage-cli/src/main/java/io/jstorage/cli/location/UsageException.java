package io.jstorage.cli.location;

/** The request cannot be executed as it was given; the message says how to give it. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
