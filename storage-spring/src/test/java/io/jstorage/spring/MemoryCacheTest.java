package io.jstorage.spring;

class MemoryCacheTest extends StorageCacheContract {
  @Override
  StorageCacheBuilder builder() {
    return StorageCache.builder("books", "lru:?limit=1000").type(Book.class);
  }
}
