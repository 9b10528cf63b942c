package io.jstorage.file;

import io.jstorage.RemovalCause;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Is told of every change of a store's files just before it is made, under the directory's lock. A
 * failure keeps the change from being made.
 */
interface ChangeLog {
  /** Records nothing. */
  ChangeLog NONE =
      new ChangeLog() {
        @Override
        public boolean beforePut(String name, String key, Path file) {
          return true;
        }

        @Override
        public boolean beforeDelete(String name, RemovalCause cause) {
          return false;
        }
      };

  /**
   * A file is about to take a name, which may be in use.
   *
   * @return false if it is larger than the limit: the caller deletes the old file of that name
   *     instead
   */
  boolean beforePut(String name, String key, Path file) throws IOException;

  /**
   * A put is over.
   *
   * @param placed whether the file has taken the name; if not, as it was too large, the old file is
   *     deleted
   */
  default void afterPut(boolean placed) {}

  /**
   * A file is about to be deleted. This call deletes it if only that makes room for the record.
   *
   * @return whether this call has deleted it
   */
  boolean beforeDelete(String name, RemovalCause cause) throws IOException;

  /** The file is deleted. */
  default void afterDelete() {}

  /**
   * The lock of the directory has been released by the thread that made changes, or its release has
   * failed.
   */
  default void afterRelease() {}
}
