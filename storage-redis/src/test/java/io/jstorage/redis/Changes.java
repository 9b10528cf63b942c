package io.jstorage.redis;

import io.jstorage.spi.ChangeListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Records what a feed reports. */
final class Changes implements ChangeListener {
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final List<String> interruptions = new ArrayList<>();

  @Override
  public void changed(String key) {
    keys.add(key);
  }

  @Override
  public synchronized void lost() {
    interruptions.add("lost");
  }

  @Override
  public synchronized void resumed() {
    interruptions.add("resumed");
  }

  boolean has(String key) {
    return keys.contains(key);
  }

  int count() {
    return keys.size();
  }

  Set<String> keys() {
    return keys;
  }

  /** Whether changes are reported now, after they were not. */
  synchronized boolean areBack() {
    return !interruptions.isEmpty()
        && interruptions.get(interruptions.size() - 1).equals("resumed");
  }

  synchronized boolean areLost() {
    return !interruptions.isEmpty() && interruptions.get(interruptions.size() - 1).equals("lost");
  }

  synchronized List<String> interruptions() {
    return List.copyOf(interruptions);
  }

  synchronized void forget() {
    keys.clear();
    interruptions.clear();
  }
}
