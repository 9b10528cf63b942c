package io.jstorage.testkit;

import io.jstorage.Capability;
import io.jstorage.Storage;
import io.jstorage.Version;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The operations of a storage by name, for promises that all of them keep. */
final class Calls {
  private static final Version UNKNOWN = Version.parse("never-given");

  private Calls() {}

  /** All operations on a key that the storage can carry out; none is carried out yet. */
  static Map<String, ThrowingCallable> on(Storage<String> storage, String key) {
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>(reads(storage, key));
    calls.putAll(writes(storage, key, "written"));
    return calls;
  }

  static Map<String, ThrowingCallable> reads(Storage<String> storage, String key) {
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("get", () -> storage.get(key));
    calls.put("require", () -> storage.require(key));
    calls.put("entry", () -> storage.entry(key));
    calls.put("contains", () -> storage.contains(key));
    calls.put("getAll", () -> storage.getAll(listOf(key)));
    return calls;
  }

  static Map<String, ThrowingCallable> writes(Storage<String> storage, String key, String value) {
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>(stores(storage, key, value));
    calls.put("remove", () -> storage.remove(key));
    calls.put("removeAll", () -> storage.removeAll(listOf(key)));
    if (storage.capabilities().contains(Capability.ATOMIC)) {
      calls.put("remove(version)", () -> storage.remove(key, UNKNOWN));
    }
    return calls;
  }

  /** The operations that take a value. */
  static Map<String, ThrowingCallable> stores(Storage<String> storage, String key, String value) {
    Duration ttl = Duration.ofHours(1);
    boolean atomic = storage.capabilities().contains(Capability.ATOMIC);
    boolean expiry = storage.capabilities().contains(Capability.EXPIRY);
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("put", () -> storage.put(key, value));
    calls.put("putAll", () -> storage.putAll(Collections.singletonMap(key, value)));
    calls.put("get(loader)", () -> storage.get(key, k -> value));
    calls.put("asMap().put", () -> storage.asMap().put(key, value));
    if (expiry) {
      calls.put("put(ttl)", () -> storage.put(key, value, ttl));
      calls.put("putAll(ttl)", () -> storage.putAll(Collections.singletonMap(key, value), ttl));
    }
    if (atomic) {
      calls.put("putIfAbsent", () -> storage.putIfAbsent(key, value));
      calls.put("replace", () -> storage.replace(key, UNKNOWN, value));
      calls.put("asMap().putIfAbsent", () -> storage.asMap().putIfAbsent(key, value));
    }
    if (atomic && expiry) {
      calls.put("putIfAbsent(ttl)", () -> storage.putIfAbsent(key, value, ttl));
      calls.put("replace(ttl)", () -> storage.replace(key, UNKNOWN, value, ttl));
    }
    return calls;
  }

  /** The operations on all entries that the storage can carry out. */
  static Map<String, ThrowingCallable> onAll(Storage<String> storage) {
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("keys", () -> list(storage.keys()));
    calls.put("keys(prefix)", () -> list(storage.keys("k")));
    calls.put("size", storage::size);
    calls.put("clear", storage::clear);
    calls.put("asMap().size", () -> storage.asMap().size());
    calls.put("asMap().keySet().iterator", () -> storage.asMap().keySet().iterator());
    calls.put("asMap().clear", () -> storage.asMap().clear());
    if (storage.capabilities().contains(Capability.EXPIRY)) {
      calls.put("purgeExpired", storage::purgeExpired);
    }
    return calls;
  }

  static List<String> list(Stream<String> keys) {
    try (keys) {
      List<String> listed = keys.toList();
      Trace.ofThread().listed(keys, listed);
      return listed;
    }
  }

  static List<String> keysOf(Storage<?> storage) {
    return list(storage.keys());
  }

  /** A list of one, which may be null: that is what some tests are about. */
  private static List<String> listOf(String key) {
    return Collections.singletonList(key);
  }
}
