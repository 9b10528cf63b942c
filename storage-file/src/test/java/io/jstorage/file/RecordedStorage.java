package io.jstorage.file;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.spi.ByteStreams;
import io.jstorage.spi.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A storage on a recorded disk, whose operations are marked with what they make of keys. Each
 * returns this.
 */
final class RecordedStorage {
  private final RecordingDisk disk;
  private final Storage<String> storage;

  RecordedStorage(RecordingDisk disk, Storage<String> storage) {
    this.disk = disk;
    this.storage = storage;
  }

  /** Marks an operation. */
  static void step(RecordingDisk disk, Map<String, Optional<String>> changes, Runnable action) {
    int operation = disk.started(changes);
    action.run();
    disk.returned(operation);
  }

  private static Map<String, Optional<String>> absent(List<String> keys) {
    Map<String, Optional<String>> changes = new HashMap<>();
    keys.forEach(key -> changes.put(key, Optional.empty()));
    return changes;
  }

  Storage<String> storage() {
    return storage;
  }

  RecordedStorage put(String key, String value) {
    step(disk, Map.of(key, Optional.of(value)), () -> storage.put(key, value));
    return this;
  }

  /** Puts a value, and what is evicted for it. */
  RecordedStorage putEvicting(String key, String value, String evicted) {
    step(
        disk,
        Map.of(key, Optional.of(value), evicted, Optional.empty()),
        () -> storage.put(key, value));
    return this;
  }

  /** Puts the time that the value is to live as the value. */
  RecordedStorage putFor(String key, Duration ttl) {
    String value = ttl.toString();
    step(disk, Map.of(key, Optional.of(value)), () -> storage.put(key, value, ttl));
    return this;
  }

  RecordedStorage putIfAbsent(String key, String value) {
    step(disk, Map.of(key, Optional.of(value)), () -> expect(storage.putIfAbsent(key, value)));
    return this;
  }

  RecordedStorage replace(String key, String value) {
    var version = storage.entry(key).flatMap(Entry::version).orElseThrow();
    step(disk, Map.of(key, Optional.of(value)), () -> expect(storage.replace(key, version, value)));
    return this;
  }

  RecordedStorage remove(String key) {
    step(disk, Map.of(key, Optional.empty()), () -> expect(storage.remove(key)));
    return this;
  }

  RecordedStorage putAll(Map<String, String> values) {
    Map<String, Optional<String>> changes = new LinkedHashMap<>();
    values.forEach((key, value) -> changes.put(key, Optional.of(value)));
    step(disk, changes, () -> storage.putAll(values));
    return this;
  }

  RecordedStorage removeAll(List<String> keys) {
    step(disk, absent(keys), () -> storage.removeAll(keys));
    return this;
  }

  RecordedStorage clear(List<String> keys) {
    step(disk, absent(keys), storage::clear);
    return this;
  }

  RecordedStorage putStream(String key, String value) {
    ByteStreams streams = storage.unwrap(ByteStreams.class).orElseThrow();
    step(
        disk,
        Map.of(key, Optional.of(value)),
        () -> {
          try {
            streams.writeStream(
                key,
                new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8)),
                WriteOptions.NONE);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return this;
  }

  private static void expect(boolean done) {
    if (!done) {
      throw new AssertionError("the operation was in vain");
    }
  }
}
