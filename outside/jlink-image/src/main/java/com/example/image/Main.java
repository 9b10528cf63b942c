package com.example.image;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.UnknownStorageException;
import io.jstorage.provider.StorageProvider;
import java.util.List;

/** Shows what there is in the image, and uses it. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    StorageProvider provider = StorageProvider.load();
    System.out.println(provider.names());
    try (Storage<Object> files =
            provider.create("storage.json", StorageOptions.of("path", args[0]));
        Storage<String> cache = provider.create("storage.lru", String.class)) {
      files.put("k", List.of(1, 2.5, "three"));
      cache.put("k", files.require("k").toString());
      System.out.println(cache.require("k"));
    } catch (UnknownStorageException e) {
      System.out.println(e.getMessage());
    }
  }
}
