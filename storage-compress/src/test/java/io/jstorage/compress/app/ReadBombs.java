package io.jstorage.compress.app;

import io.jstorage.CodecException;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that are named as the transform that reads them, and prints how that fails. */
public final class ReadBombs {
  private ReadBombs() {}

  public static void main(String[] args) throws IOException {
    for (String arg : args) {
      Path file = Path.of(arg);
      String name = file.getFileName().toString();
      MapFactory factory = new MapFactory();
      StorageProvider provider = StorageProvider.load().register(factory);
      StorageOptions options =
          StorageOptions.of("transforms", name).with(name + ".limit", 128 << 20);
      try (Storage<byte[]> storage = provider.create("test.map", byte[].class, options)) {
        factory.bytes.put("k", Files.readAllBytes(file));
        storage.get("k");
        System.out.println(name + " was read");
      } catch (CodecException e) {
        System.out.println(name + " fails: " + e.getMessage());
      }
    }
  }
}
