package com.example.modules;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import java.util.stream.Collectors;

/** A module that uses others which it does not name. */
public final class Main {
  record Point(int x, int y) {}

  private Main() {}

  public static void main(String[] args) {
    StorageProvider provider = StorageProvider.load();
    System.out.println(provider.names());
    try (Storage<Point> files =
        provider.create("storage.json", Point.class, StorageOptions.of("path", args[0]))) {
      files.put("p", new Point(3, 4));
      System.out.println(files.require("p"));
    }
    System.out.println(
        ModuleLayer.boot().modules().stream()
            .map(Module::getName)
            .filter(name -> name.startsWith("io.jstorage"))
            .sorted()
            .collect(Collectors.joining(", ")));
  }
}
