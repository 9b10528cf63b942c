package io.jstorage.benchmarks.memory;

import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.IntStream;

/** Keys whose hash codes are known already, as those of literals are. */
final class Keys {
  private Keys() {}

  static String[] of(int count) {
    String[] keys = IntStream.range(0, count).mapToObj(i -> "key:" + i).toArray(String[]::new);
    if (new HashSet<>(Arrays.asList(keys)).size() != count) {
      throw new AssertionError("a key is there twice");
    }
    return keys;
  }
}
