package com.example.redis;

import io.jstorage.Storage;
import io.jstorage.StorageUnavailableException;
import io.jstorage.provider.StorageProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Text and JSON in the Redis server that the argument names. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    StorageProvider provider = StorageProvider.load();
    System.out.println(provider.names());
    try (Storage<String> texts = provider.open(args[0], String.class)) {
      System.out.println(texts.putIfAbsent("k", "v") + " " + texts.putIfAbsent("k", "w"));
      texts.put("token", "secret", Duration.ofHours(1));
      System.out.println(texts.require("k") + " " + texts.keys().sorted().toList());
    }
    String json = args[0].replaceFirst("redis:", "redis.json:") + "?namespace=app";
    try (Storage<Object> values = provider.open(json)) {
      values.put("k", Map.of("numbers", List.of(1, 2, 3)));
      System.out.println(values.require("k") + " " + values.size());
    }
    try (Storage<String> nowhere = provider.open("redis://127.0.0.1:1", String.class)) {
      nowhere.get("k");
    } catch (StorageUnavailableException e) {
      System.out.println("127.0.0.1:1 is not available");
    }
  }
}
