package io.jstorage.cli.terminal;

import java.io.IOException;

/** Nobody reads what is printed any more, as after {@code | head}. */
public final class ClosedPipeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClosedPipeException(IOException cause) {
    super("nobody reads the output any more", cause);
  }
}
