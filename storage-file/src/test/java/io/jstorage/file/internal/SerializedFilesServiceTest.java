package io.jstorage.file.internal;

import io.jstorage.StorageOptions;

class SerializedFilesServiceTest extends FileServiceContract {
  SerializedFilesServiceTest() {
    super("storage.serialized", StorageOptions.none());
  }

  @Override
  boolean triesAllSizesOfMaps() {
    return false;
  }
}
