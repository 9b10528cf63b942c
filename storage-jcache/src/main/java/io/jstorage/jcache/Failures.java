package io.jstorage.jcache;

import io.jstorage.StorageException;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Failures of storages and of what users bring along, as the standard wants them. */
final class Failures {
  private Failures() {}

  /** Keeps the first of several, with the others behind it. */
  static <E extends Exception> E first(@Nullable E first, E next) {
    if (first == null || first == next) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }

  /** What a storage throws is a failure of the cache, but for calls that came too late. */
  static RuntimeException ofStorage(RuntimeException e) {
    return e instanceof StorageException ? new CacheException(e.getMessage(), e) : e;
  }
}
