package io.jstorage.file.internal;

import io.jstorage.StorageOptions;

class DiskLruServiceTest extends FileServiceContract {
  DiskLruServiceTest() {
    super("storage.disklru", StorageOptions.of("limit", 5000));
  }
}
