package com.example.layer;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Makes a layer of the modules in a directory and uses the storages in it. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("without plugins: " + StorageProvider.load().names());
    StorageProvider provider = StorageProvider.load(layerOf(Path.of(args[0])));
    System.out.println("with plugins: " + provider.names());
    StorageOptions options = StorageOptions.of("path", args[1]);
    try (Storage<Object> files = provider.create("storage.json", options);
        Storage<Object> passing =
            provider.create("storage.volatile", StorageOptions.of("storage", files))) {
      passing.put("k", Map.of("n", 1));
      System.out.println(files.require("k"));
    }
  }

  /** Binds whatever provides a service of the modules that are there already. */
  private static ModuleLayer layerOf(Path directory) {
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration()
            .resolveAndBind(ModuleFinder.of(), ModuleFinder.of(directory), Set.of());
    return boot.defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader());
  }
}
