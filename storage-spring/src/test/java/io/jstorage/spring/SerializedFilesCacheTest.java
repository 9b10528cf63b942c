package io.jstorage.spring;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SerializedFilesCacheTest extends StorageCacheContract {
  @TempDir Path directory;

  @Override
  StorageCacheBuilder builder() {
    return StorageCache.builder("books", "serialized:" + directory + "?durability=none")
        .type(Book.class);
  }
}
