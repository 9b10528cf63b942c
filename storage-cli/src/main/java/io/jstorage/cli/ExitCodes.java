package io.jstorage.cli;

/** The exit codes of the program; documented in {@code docs/shell.md}. */
final class ExitCodes {
  /** All was done. */
  static final int OK = 0;

  /** Something failed: an access, or some of many entries. */
  static final int FAILED = 1;

  /** The command line is wrong, or asks for what a storage cannot do. Nothing was changed. */
  static final int USAGE = 2;

  /** There is no such key. */
  static final int NOT_FOUND = 3;

  /** Bytes that do not decode. */
  static final int DAMAGED = 4;

  /** The storage cannot be reached or opened. */
  static final int UNAVAILABLE = 5;

  /** A fault of the program. */
  static final int INTERNAL = 70;

  /** Ended by ctrl-C. */
  static final int INTERRUPTED = 130;

  /** Nobody read the output any more. */
  static final int CLOSED_PIPE = 141;

  private ExitCodes() {}
}
