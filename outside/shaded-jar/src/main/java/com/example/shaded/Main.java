package com.example.shaded;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import java.util.List;

/** Backends, a codec and a transform out of one jar. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    StorageProvider provider = StorageProvider.load();
    System.out.println(provider.names());
    StorageOptions options =
        StorageOptions.of("path", args[0], "codec", "json", "transforms", "gzip,snappy");
    try (Storage<Object> files = provider.create("storage.disklru", options.with("limit", 2))) {
      files.put("a", List.of(1));
      files.put("b", List.of(2));
      files.put("c", List.of(3));
      System.out.println(files.get("a") + " " + files.get("c"));
    }
  }
}
