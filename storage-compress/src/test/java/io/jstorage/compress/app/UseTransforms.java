package io.jstorage.compress.app;

import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;

/** Uses each transform and prints what came of it, one line each. */
public final class UseTransforms {
  private UseTransforms() {}

  public static void main(String[] args) {
    for (String name : args) {
      MapFactory factory = new MapFactory();
      StorageProvider provider = StorageProvider.load().register(factory);
      try (Storage<byte[]> storage =
          provider.create("test.map", byte[].class, StorageOptions.of("transforms", name))) {
        storage.put("k", new byte[1000]);
        boolean same = storage.require("k").length == 1000;
        boolean shorter = factory.bytes.values().iterator().next().length < 1000;
        System.out.println(name + " works: " + (same && shorter));
      } catch (InvalidOptionException e) {
        System.out.println(name + " fails, opened " + factory.opened + ": " + e.getMessage());
      }
    }
  }
}
