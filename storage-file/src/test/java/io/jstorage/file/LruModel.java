package io.jstorage.file;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A random history of a disk LRU, step by step, and what must be left after each. */
final class LruModel {
  static final int LIMIT = 7;

  /** A limit of bytes, where there is one: some histories come upon this, others upon the other. */
  static final int BYTES = 40;

  private final LinkedHashMap<String, String> model = new LinkedHashMap<>(16, 0.75f, true);
  private final Random random;
  private final boolean limitsBytes;
  private int steps;

  LruModel(long seed) {
    this(seed, false);
  }

  LruModel(long seed, boolean limitsBytes) {
    this.random = new Random(seed);
    this.limitsBytes = limitsBytes;
  }

  static Storage<String> openLimitingBytes(Path directory) {
    return DiskLruStore.at(directory).limit(LIMIT).bytes(BYTES).storage(Codecs.text());
  }

  static Storage<String> open(Path directory) {
    return DiskLruStore.at(directory).limit(LIMIT).storage(Codecs.text());
  }

  /** Makes the next step on the model, and on a storage. */
  void step(Storage<String> storage) {
    int i = random.nextInt(14);
    String key = i == 13 ? "Long/Key ".repeat(40) : "key" + i;
    String value = "v" + steps++ + (limitsBytes ? "x".repeat(lengthOfMore()) : "");
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> {
        storage.put(key, value);
        put(key, value);
      }
      case 3, 4, 5 -> check(storage.get(key).orElse(null), model.get(key));
      case 6 -> check(storage.contains(key), model.containsKey(key));
      default -> {
        if (random.nextInt(4) == 0) {
          check(storage.remove(key), model.remove(key) != null);
        } else {
          boolean absent = !model.containsKey(key);
          check(storage.putIfAbsent(key, value), absent);
          if (absent) {
            put(key, value);
          }
        }
      }
    }
  }

  /** Some values have more bytes than all may have together. */
  private int lengthOfMore() {
    return random.nextInt(random.nextInt(10) == 0 ? BYTES + 5 : BYTES / 3);
  }

  private void put(String key, String value) {
    model.remove(key);
    if (!limitsBytes || value.length() <= BYTES) {
      model.put(key, value);
    }
    while (model.size() > LIMIT || (limitsBytes && bytes() > BYTES)) {
      model.remove(model.keySet().iterator().next());
    }
  }

  private int bytes() {
    return model.values().stream().mapToInt(String::length).sum();
  }

  /** Checks that a storage has what the model has, and drops it in the same order. */
  void checkOrder(Storage<String> storage) {
    List<String> expected = new ArrayList<>(model.keySet());
    check(keysOf(storage), sorted(expected));
    for (int i = 0; i < expected.size(); i++) {
      storage.put("fresh" + i, "v");
      put("fresh" + i, "v");
      check(keysOf(storage), sorted(new ArrayList<>(model.keySet())));
    }
  }

  private static List<String> keysOf(Storage<String> storage) {
    try (Stream<String> keys = storage.keys()) {
      return sorted(new ArrayList<>(keys.toList()));
    }
  }

  private static List<String> sorted(List<String> list) {
    list.sort(null);
    return list;
  }

  private void check(@Nullable Object actual, @Nullable Object expected) {
    if (!Objects.equals(actual, expected)) {
      throw new AssertionError(
          "after %d steps: %s instead of %s".formatted(steps, actual, expected));
    }
  }
}
