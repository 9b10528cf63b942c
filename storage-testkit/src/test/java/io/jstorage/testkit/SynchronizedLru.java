package io.jstorage.testkit;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import io.jstorage.spi.Access;
import io.jstorage.spi.Capabilities;
import io.jstorage.spi.Condition;
import io.jstorage.spi.Keys;
import io.jstorage.spi.Storages;
import io.jstorage.spi.Store;
import io.jstorage.spi.WriteOptions;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The simplest exact LRU: one lock, and the JDK's own order of access. */
class SynchronizedLru implements Store<String> {
  private record Versioned(String value, Version version) {}

  private final int limit;
  private final LinkedHashMap<String, Versioned> entries;
  private final long weight;
  private long writes;

  SynchronizedLru(int limit) {
    this(limit, true);
  }

  SynchronizedLru(int limit, boolean accessOrder) {
    this(limit, accessOrder, Long.MAX_VALUE);
  }

  SynchronizedLru(int limit, boolean accessOrder, long weight) {
    this.limit = limit;
    this.weight = weight;
    this.entries = new LinkedHashMap<>(16, 0.75f, accessOrder);
  }

  Storage<String> storage() {
    return Storages.ofPolicy(this, List.of());
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.of(Capability.ATOMIC);
  }

  @Override
  public int maxKeyBytes() {
    return Keys.MAX_BYTES;
  }

  @Override
  public synchronized @Nullable String read(String key, Access access) {
    Versioned found = find(key, access);
    return found == null ? null : found.value();
  }

  @Override
  public synchronized @Nullable Entry<String> readEntry(String key, Access access) {
    Versioned found = find(key, access);
    return found == null ? null : Entry.of(found.value()).withVersion(found.version());
  }

  /** The JDK's map counts every get as an access; its views do not. */
  private @Nullable Versioned find(String key, Access access) {
    if (access == Access.TOUCH) {
      return entries.get(key);
    }
    for (Map.Entry<String, Versioned> entry : entries.entrySet()) {
      if (entry.getKey().equals(key)) {
        return entry.getValue();
      }
    }
    return null;
  }

  private boolean holds(Condition condition, String key) {
    Versioned found = find(key, Access.PEEK);
    return condition.holds(found == null ? null : found.version());
  }

  @Override
  public synchronized boolean contains(String key) {
    return entries.containsKey(key);
  }

  @Override
  public synchronized boolean write(String key, String value, WriteOptions options) {
    if (!holds(options.condition(), key)) {
      return false;
    }
    if (weightOf(value) > weight) {
      entries.remove(key);
      return true;
    }
    entries.put(key, new Versioned(value, Version.of(++writes)));
    if (isOverfull(entries.size(), limit)) {
      dropEldest();
    }
    while (weight() > weight) {
      dropEldest();
    }
    return true;
  }

  private void dropEldest() {
    Iterator<String> eldest = entries.keySet().iterator();
    eldest.next();
    eldest.remove();
  }

  /** The weight of an entry: one for each character, and one more. */
  long weightOf(String value) {
    return value.length() + 1L;
  }

  private long weight() {
    return entries.values().stream().mapToLong(each -> weightOf(each.value())).sum();
  }

  boolean isOverfull(int size, int limit) {
    return size > limit;
  }

  @Override
  public synchronized boolean delete(String key, Condition condition) {
    return entries.containsKey(key) && holds(condition, key) && entries.remove(key) != null;
  }

  @Override
  public synchronized Stream<String> keys(String prefix) {
    return List.copyOf(entries.keySet()).stream().filter(key -> key.startsWith(prefix));
  }

  @Override
  public synchronized long count() {
    return entries.size();
  }

  @Override
  public synchronized void clear() {
    entries.clear();
  }

  @Override
  public String toString() {
    return "a synchronized LRU";
  }
}
