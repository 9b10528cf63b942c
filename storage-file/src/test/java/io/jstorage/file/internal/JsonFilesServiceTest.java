package io.jstorage.file.internal;

import io.jstorage.StorageOptions;

class JsonFilesServiceTest extends FileServiceContract {
  JsonFilesServiceTest() {
    super("storage.json", StorageOptions.none());
  }
}
