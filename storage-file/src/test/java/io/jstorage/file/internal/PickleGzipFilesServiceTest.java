package io.jstorage.file.internal;

import io.jstorage.StorageOptions;

class PickleGzipFilesServiceTest extends FileServiceContract {
  PickleGzipFilesServiceTest() {
    super("storage.pickle.gzip", StorageOptions.none());
  }

  @Override
  boolean triesAllSizesOfMaps() {
    return false;
  }
}
