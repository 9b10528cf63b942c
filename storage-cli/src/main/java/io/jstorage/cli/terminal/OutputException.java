package io.jstorage.cli.terminal;

import java.io.IOException;

/** The output takes no more, as of a file on a full disk. */
public final class OutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OutputException(IOException cause) {
    super("cannot write the output: " + cause.getMessage(), cause);
  }
}
