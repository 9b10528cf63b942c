package io.jstorage.file;

import java.io.IOException;
import java.nio.file.Path;

/** A file was another one, or had another time, at each of several looks. */
final class ChangingFileException extends IOException {
  private static final long serialVersionUID = 1L;

  ChangingFileException(Path file) {
    super(
        "%s has another time of last modification at every look. Try again later; if the error persists, the file system does not keep times, like some that upload in the background"
            .formatted(file));
  }
}
