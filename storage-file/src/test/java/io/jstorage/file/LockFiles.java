package io.jstorage.file;

/** The files in a store's directory that belong to its lock. */
final class LockFiles {
  private LockFiles() {}

  static boolean isOne(String name) {
    return name.equals(LockFile.NAME) || name.equals(LockFile.SPARE_NAME);
  }
}
