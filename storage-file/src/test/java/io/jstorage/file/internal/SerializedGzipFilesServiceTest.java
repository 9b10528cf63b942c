package io.jstorage.file.internal;

import io.jstorage.StorageOptions;

class SerializedGzipFilesServiceTest extends FileServiceContract {
  SerializedGzipFilesServiceTest() {
    super("storage.serialized.gzip", StorageOptions.none());
  }

  @Override
  boolean triesAllSizesOfMaps() {
    return false;
  }
}
