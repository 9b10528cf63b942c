package com.example.memory;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.UnknownStorageException;
import io.jstorage.memory.LruStorage;
import io.jstorage.provider.StorageProvider;

/** A cache in memory, by name and by its builder; other storages are said to be missing. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    StorageProvider provider = StorageProvider.load();
    System.out.println(provider.names());
    StorageOptions options = StorageOptions.of("limit", 2);
    try (Storage<String> cache = provider.create("storage.lru", String.class, options);
        Storage<Integer> lengths = LruStorage.ofLimit(100)) {
      for (String word : new String[] {"one", "three", "five"}) {
        cache.put(word, word.toUpperCase());
        lengths.put(word, word.length());
      }
      System.out.println(cache.get("one") + " " + cache.get("five") + " " + lengths.size());
    }
    try {
      provider.create("storage.json");
    } catch (UnknownStorageException e) {
      System.out.println(e.getMessage());
    }
  }
}
