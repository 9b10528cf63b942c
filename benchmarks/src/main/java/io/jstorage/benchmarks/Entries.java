package io.jstorage.benchmarks;

import io.jstorage.Storage;
import java.util.stream.IntStream;

/** The entries that are read. */
final class Entries {
  static final int NUMBER = 10_000;

  private final String[] keys =
      IntStream.range(0, NUMBER).mapToObj(i -> "key:" + i).toArray(String[]::new);
  private int next;

  /** Puts every entry and reads it once, so that it is wherever reads leave it. */
  static void fill(Storage<String> storage) {
    for (String key : new Entries().keys) {
      storage.put(key, key);
      storage.get(key);
    }
  }

  /** Returns the next of the keys, again and again in an order that defeats prefetching. */
  String key() {
    next = (next + 7919) % NUMBER;
    return keys[next];
  }
}
