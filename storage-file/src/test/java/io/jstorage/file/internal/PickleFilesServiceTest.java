package io.jstorage.file.internal;

import io.jstorage.StorageOptions;

class PickleFilesServiceTest extends FileServiceContract {
  PickleFilesServiceTest() {
    super("storage.pickle", StorageOptions.none());
  }

  @Override
  boolean triesAllSizesOfMaps() {
    return false;
  }
}
