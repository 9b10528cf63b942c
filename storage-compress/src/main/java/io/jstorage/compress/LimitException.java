package io.jstorage.compress;

import java.io.IOException;

/** Reading the bytes would take more than is allowed. */
final class LimitException extends IOException {
  private static final long serialVersionUID = 1L;

  LimitException(String message) {
    super(message);
  }
}
