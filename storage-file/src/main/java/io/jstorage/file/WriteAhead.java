package io.jstorage.file;

import java.io.IOException;

/**
 * Is told of every change of a store's files just before it is made, under the directory's lock. A
 * failure keeps the change from being made.
 */
interface WriteAhead {
  /** Writes nothing down. */
  WriteAhead NONE =
      new WriteAhead() {
        @Override
        public void beforePut(String name) {}

        @Override
        public boolean beforeDelete(String name) {
          return false;
        }
      };

  /** Makes one for a store that is being opened. */
  @FunctionalInterface
  interface Opener {
    WriteAhead open(FileStore files) throws IOException;
  }

  /** A file is about to take a name, which may be in use. */
  void beforePut(String name) throws IOException;

  /**
   * What has a name is about to be deleted, or is by this call if only that makes room.
   *
   * @return whether this call has deleted it
   */
  boolean beforeDelete(String name) throws IOException;
}
