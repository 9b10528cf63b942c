package com.example.s3;

import io.jstorage.Storage;
import io.jstorage.Streams;
import io.jstorage.provider.StorageProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Objects in the bucket that the argument names, as values and as streams. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws IOException {
    StorageProvider provider = StorageProvider.load();
    System.out.println(provider.names());
    try (Storage<byte[]> pages = provider.open(args[0], byte[].class)) {
      pages.put("index.html", "<h1>Hello World!</h1>".getBytes(StandardCharsets.UTF_8));
      System.out.println(new String(pages.require("index.html"), StandardCharsets.UTF_8));
      Path copy = Path.of(args[1]);
      Streams streams = pages.streams().orElseThrow();
      System.out.println(streams.readFile("index.html", copy) + " " + Files.size(copy));
      System.out.println(pages.remove("index.html") + " " + pages.get("index.html"));
    }
  }
}
