package com.example.nojson;

import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;

/** Uses other codecs; that of JSON is said to be missing. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    StorageProvider provider = StorageProvider.load();
    StorageOptions options = StorageOptions.of("path", args[0]);
    try (Storage<Object> objects = provider.create("storage.serialized", options);
        Storage<String> notes =
            provider.create("storage.json", String.class, options.with("codec", "text"))) {
      objects.put("k", new int[] {1, 2, 3});
      notes.put("k", "Read the contract.");
      System.out.println(((int[]) objects.require("k")).length + " " + notes.require("k"));
    }
    try {
      provider.create("storage.json", options);
    } catch (InvalidOptionException e) {
      System.out.println(e.getMessage());
    }
  }
}
