package io.jstorage.file;

import java.io.IOException;
import java.util.stream.Stream;

/**
 * The power of a store of files to say which files of its directory it passes over, and why; found
 * by {@link io.jstorage.Storage#unwrap}.
 */
public interface ForeignFiles {
  /**
   * Lists what is in the directory and no entry of this store: files whose names no key has, those
   * of other programs, temporary ones. Files of the store itself, such as its lock, are left out.
   *
   * @return a lazy stream to be closed after use; its operations may throw {@link
   *     java.io.UncheckedIOException}
   * @throws IOException if the directory cannot be listed
   */
  Stream<ForeignFile> foreignFiles() throws IOException;
}
