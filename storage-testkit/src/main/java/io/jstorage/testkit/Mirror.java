package io.jstorage.testkit;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.spi.ChangeListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Reads a key again whenever a feed of changes reports it, and all keys after a loss. */
final class Mirror implements ChangeListener {
  private final Storage<String> storage;
  private final int keys;
  private final Map<String, Optional<String>> seen = new ConcurrentHashMap<>();
  private final AtomicLong calls = new AtomicLong();

  Mirror(Storage<String> storage, int keys) {
    this.storage = storage;
    this.keys = keys;
    readAll();
  }

  static String key(int number) {
    return "k" + number;
  }

  int keys() {
    return keys;
  }

  @Override
  public void changed(String key) {
    calls.incrementAndGet();
    try {
      seen.put(key, storage.get(key));
    } catch (StorageException e) {
      seen.remove(key);
    }
  }

  @Override
  public void lost() {
    calls.incrementAndGet();
  }

  @Override
  public void resumed() {
    calls.incrementAndGet();
    readAll();
  }

  private void readAll() {
    for (int i = 0; i < keys; i++) {
      seen.put(key(i), storage.get(key(i)));
    }
  }

  boolean isUpToDate() {
    for (int i = 0; i < keys; i++) {
      if (!storage.get(key(i)).equals(seen.get(key(i)))) {
        return false;
      }
    }
    return true;
  }

  long calls() {
    return calls.get();
  }
}
