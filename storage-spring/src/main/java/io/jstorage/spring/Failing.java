package io.jstorage.spring;

import io.jstorage.CodecException;
import io.jstorage.InvalidKeyException;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The reaction of a cache to failures of its storage; logs their begin and end. */
final class Failing {
  private static final Logger LOGGER = System.getLogger(StorageCache.class.getName());

  private final String cache;
  private final OnFailure onFailure;
  private final AtomicBoolean down = new AtomicBoolean();

  Failing(String cache, OnFailure onFailure) {
    this.cache = cache;
    this.onFailure = onFailure;
  }

  OnFailure onFailure() {
    return onFailure;
  }

  /** A read that may find nothing. */
  interface Read<T> {
    @Nullable T run();
  }

  <T> @Nullable T read(Read<T> read) {
    try {
      T result = read.run();
      succeeded();
      return result;
    } catch (StorageException e) {
      failed("get", e);
      return null;
    }
  }

  void write(String what, Runnable write) {
    try {
      write.run();
      succeeded();
    } catch (StorageException e) {
      failed(what, e);
    }
  }

  void succeeded() {
    if (down.get() && down.compareAndSet(true, false)) {
      LOGGER.log(Level.INFO, "the cache ''{0}'' works again", cache);
    }
  }

  /** Throws the failure, or makes it known and returns. */
  void failed(String what, StorageException e) {
    if (onFailure == OnFailure.THROW
        || e instanceof CodecException
        || e instanceof InvalidKeyException
        || e instanceof StorageAccessDeniedException) {
      throw e;
    }
    Level level = down.compareAndSet(false, true) ? Level.WARNING : Level.DEBUG;
    LOGGER.log(
        level,
        () ->
            "the cache '%s' fails to %s, and callers go on without it: %s"
                .formatted(cache, what, e.getMessage()));
  }
}
