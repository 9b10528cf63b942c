package io.jstorage.jcache;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The managers that a provider has made and that are not closed yet. */
final class OpenManagers {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ClassLoader, Map<URI, StorageCacheManager>> managers = new HashMap<>();

  /** Returns the manager of a loader and URI, or makes it. */
  StorageCacheManager get(ClassLoader loader, URI uri, Supplier<StorageCacheManager> making) {
    lock.lock();
    try {
      StorageCacheManager present = find(loader, uri);
      if (present != null && !present.isClosed()) {
        return present;
      }
      StorageCacheManager made = making.get();
      managers.computeIfAbsent(loader, l -> new HashMap<>()).put(uri, made);
      return made;
    } finally {
      lock.unlock();
    }
  }

  @Nullable StorageCacheManager find(ClassLoader loader, URI uri) {
    lock.lock();
    try {
      return managers.getOrDefault(loader, Map.of()).get(uri);
    } finally {
      lock.unlock();
    }
  }

  List<StorageCacheManager> of(ClassLoader loader) {
    lock.lock();
    try {
      return List.copyOf(managers.getOrDefault(loader, Map.of()).values());
    } finally {
      lock.unlock();
    }
  }

  List<StorageCacheManager> all() {
    lock.lock();
    try {
      List<StorageCacheManager> all = new ArrayList<>();
      managers.values().forEach(ofLoader -> all.addAll(ofLoader.values()));
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Removes this very manager. */
  void remove(StorageCacheManager manager) {
    lock.lock();
    try {
      Map<URI, StorageCacheManager> ofLoader = managers.get(manager.getClassLoader());
      if (ofLoader != null && ofLoader.remove(manager.getURI(), manager) && ofLoader.isEmpty()) {
        managers.remove(manager.getClassLoader());
      }
    } finally {
      lock.unlock();
    }
  }
}
