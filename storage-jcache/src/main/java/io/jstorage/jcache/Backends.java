package io.jstorage.jcache;

import io.jstorage.provider.StorageProvider;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The storages that a class loader sees. */
final class Backends {
  private Backends() {}

  /** Those that the loader sees, or where it sees none, those that this library sees. */
  static StorageProvider seenBy(ClassLoader loader) {
    StorageProvider provider = StorageProvider.load(loader);
    return provider.names().isEmpty()
        ? StorageProvider.load(Backends.class.getClassLoader())
        : provider;
  }

  /** Does something with a loader as the thread's own, by which codecs find the users' classes. */
  static <T> T with(@Nullable ClassLoader loader, Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
