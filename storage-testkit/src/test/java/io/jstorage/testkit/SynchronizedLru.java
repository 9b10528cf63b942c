package io.jstorage.testkit;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Version;
import io.jstorage.spi.AbstractStorage;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The simplest exact LRU: one lock, and the JDK's own order of access. */
class SynchronizedLru extends AbstractStorage<String> {
  private record Versioned(String value, Version version) {}

  private final int limit;
  private final LinkedHashMap<String, Versioned> entries;
  private long writes;

  SynchronizedLru(int limit) {
    this(limit, true);
  }

  SynchronizedLru(int limit, boolean accessOrder) {
    this.limit = limit;
    this.entries = new LinkedHashMap<>(16, 0.75f, accessOrder);
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.ATOMIC);
  }

  @Override
  protected int maxKeyBytes() {
    return 1024;
  }

  @Override
  protected synchronized @Nullable String doGet(String key) {
    Versioned found = entries.get(key);
    return found == null ? null : found.value();
  }

  @Override
  protected synchronized @Nullable Entry<String> doEntry(String key) {
    return entry(entries.get(key));
  }

  @Override
  protected synchronized @Nullable Entry<String> doPeekEntry(String key) {
    return entry(peekVersioned(key));
  }

  private static @Nullable Entry<String> entry(@Nullable Versioned found) {
    return found == null ? null : Entry.of(found.value()).withVersion(found.version());
  }

  @Override
  protected synchronized @Nullable String doPeek(String key) {
    Versioned found = peekVersioned(key);
    return found == null ? null : found.value();
  }

  /** The JDK's map counts every get as an access; its views do not. */
  private @Nullable Versioned peekVersioned(String key) {
    for (Map.Entry<String, Versioned> entry : entries.entrySet()) {
      if (entry.getKey().equals(key)) {
        return entry.getValue();
      }
    }
    return null;
  }

  @Override
  protected synchronized boolean doContains(String key) {
    return entries.containsKey(key);
  }

  @Override
  protected synchronized void doPut(String key, String value, @Nullable Duration ttl) {
    entries.put(key, new Versioned(value, Version.of(++writes)));
    if (isOverfull(entries.size(), limit)) {
      Iterator<String> eldest = entries.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  boolean isOverfull(int size, int limit) {
    return size > limit;
  }

  @Override
  protected synchronized boolean doPutIfAbsent(String key, String value, @Nullable Duration ttl) {
    if (entries.containsKey(key)) {
      return false;
    }
    doPut(key, value, ttl);
    return true;
  }

  @Override
  protected synchronized boolean doReplace(
      String key, Version version, String value, @Nullable Duration ttl) {
    if (!isAt(key, version)) {
      return false;
    }
    doPut(key, value, ttl);
    return true;
  }

  @Override
  protected synchronized boolean doRemove(String key, Version version) {
    return isAt(key, version) && doRemove(key);
  }

  private boolean isAt(String key, Version version) {
    Versioned found = peekVersioned(key);
    return found != null && found.version().equals(version);
  }

  @Override
  protected synchronized boolean doRemove(String key) {
    return entries.remove(key) != null;
  }

  @Override
  protected synchronized Stream<String> doKeys(String prefix) {
    return List.copyOf(entries.keySet()).stream().filter(key -> key.startsWith(prefix));
  }

  @Override
  protected synchronized long doSize() {
    return entries.size();
  }

  @Override
  protected synchronized void doClear() {
    entries.clear();
  }

  @Override
  public String toString() {
    return "a synchronized LRU";
  }
}
