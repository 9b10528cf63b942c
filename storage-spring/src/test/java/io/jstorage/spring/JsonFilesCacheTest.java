package io.jstorage.spring;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class JsonFilesCacheTest extends StorageCacheContract {
  @TempDir Path directory;

  @Override
  StorageCacheBuilder builder() {
    return StorageCache.builder("books", "json:" + directory + "?durability=none").type(Book.class);
  }
}
