package com.example.osgi;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.UnknownStorageException;
import io.jstorage.compress.CompressTransforms;
import io.jstorage.file.FileStore;
import io.jstorage.json.JsonCodec;
import io.jstorage.memory.LruStorage;
import io.jstorage.provider.StorageProvider;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Uses storages when its bundle is started. */
public final class Application implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    // A bundle sees classes of the others, and not their services files: each is asked by a class.
    StorageProvider provider =
        StorageProvider.load(
            StorageProvider.class.getClassLoader(),
            FileStore.class.getClassLoader(),
            JsonCodec.class.getClassLoader(),
            LruStorage.class.getClassLoader(),
            CompressTransforms.class.getClassLoader());
    System.out.println(provider.names());
    StorageOptions options =
        StorageOptions.of("path", context.getProperty("data"), "transforms", "lz4");
    try (Storage<Object> files = provider.create("storage.json", options)) {
      files.put("k", Map.of("text", "Hello World!"));
      System.out.println(files.require("k"));
    }
    try (Storage<String> lru = provider.open("lru:?limit=2", String.class)) {
      System.out.println(lru.get("k", key -> "loaded " + key));
    }
    try (Storage<String> texts = LruStorage.ofLimit(2)) {
      System.out.println("without the provider: " + texts.get("k"));
    }
    try {
      StorageProvider.load().create("storage.lru");
    } catch (UnknownStorageException e) {
      System.out.println(e.getMessage());
    }
  }

  @Override
  public void stop(BundleContext context) {}
}
