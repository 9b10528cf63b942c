package io.jstorage.file;

import java.io.IOException;

/**
 * Is told of every change of a store's files just before it is made, under the directory's lock. A
 * failure keeps the change from being made.
 */
interface ChangeLog {
  /** Records nothing. */
  ChangeLog NONE =
      new ChangeLog() {
        @Override
        public void beforePut(String name) {}

        @Override
        public boolean beforeDelete(String name) {
          return false;
        }
      };

  /** A file is about to take a name, which may be in use. */
  void beforePut(String name) throws IOException;

  /**
   * A file is about to be deleted. This call deletes it if only that makes room for the record.
   *
   * @return whether this call has deleted it
   */
  boolean beforeDelete(String name) throws IOException;
}
