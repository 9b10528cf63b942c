package io.jstorage.cli.place;

/** What was asked for cannot be done as it was said; the message says how to say it. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
