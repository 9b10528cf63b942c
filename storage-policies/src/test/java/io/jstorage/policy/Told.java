package io.jstorage.policy;

import io.jstorage.StorageException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a fallback reports. */
final class Told implements FallbackListener {
  final List<String> events = new CopyOnWriteArrayList<>();

  @Override
  public void readFailed(String key, FallbackSource source, StorageException failure) {
    events.add(key + " " + source);
  }

  @Override
  public void notStored(String key, StorageException failure) {
    events.add(key + " not stored");
  }
}
