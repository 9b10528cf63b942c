package io.jstorage.redis;

import io.jstorage.spi.ChangeListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Records what a feed reports. */
final class Changes implements ChangeListener {
  private final Map<String, Integer> keys = new ConcurrentHashMap<>();
  private final List<String> interruptions = new ArrayList<>();

  @Override
  public void changed(String key) {
    keys.merge(key, 1, Integer::sum);
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
    return keys.containsKey(key);
  }

  int times(String key) {
    return keys.getOrDefault(key, 0);
  }

  int count() {
    return keys.size();
  }

  Set<String> keys() {
    return keys.keySet();
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
