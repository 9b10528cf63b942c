package com.example.classpath;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;

/** Knows the API alone; everything else is found, and no backend is in the way of another. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    StorageProvider provider = StorageProvider.load();
    for (String name : provider.names()) {
      System.out.println(name + " " + new TreeSet<>(provider.describe(name).schemes()));
    }
    StorageOptions options =
        StorageOptions.of("path", args[0], "suffix", ".json.lz4", "transforms", "lz4");
    try (Storage<Object> files = provider.create("storage.json", options)) {
      files.put("k", Map.of("text", "Hello World! ".repeat(1000)));
      System.out.println(files.require("k").toString().length());
      System.out.println(Files.size(Path.of(args[0], "k.json.lz4")) < 200);
    }
    System.out.println(StorageProvider.class.getModule().isNamed());
  }
}
