package io.jstorage.spring;

import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.UnknownStorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A storage that is opened, if it was not there when the application began, when it is needed: by
 * one caller at a time, and not again within a second after an attempt has failed.
 */
final class Opening {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String cache;
  private final Supplier<Storage<CachedValue<Object>>> open;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Consumer<Storage<?>>> actions = new ArrayList<>();
  private volatile @Nullable Storage<CachedValue<Object>> storage;
  private volatile @Nullable StorageException failure;
  private volatile long failedAt;
  private boolean closed;

  /** Opens at once; if that fails and is not required, later. */
  Opening(String cache, Supplier<Storage<CachedValue<Object>>> open, boolean required) {
    this.cache = cache;
    this.open = open;
    try {
      storage();
    } catch (InvalidOptionException | UnknownStorageException e) {
      throw e; // No later attempt would help.
    } catch (StorageException e) {
      if (required) {
        throw e;
      }
    }
  }

  Storage<CachedValue<Object>> storage() {
    Storage<CachedValue<Object>> opened = storage;
    return opened != null ? opened : open();
  }

  private Storage<CachedValue<Object>> open() {
    if (!lock.tryLock()) {
      // Somebody else is at it. Nobody waits for an attempt that may well fail as the last one did.
      StorageException last = failure;
      if (last != null) {
        throw notOpen(last);
      }
      lock.lock();
    }
    try {
      Storage<CachedValue<Object>> opened = storage;
      if (opened != null) {
        return opened;
      }
      if (closed) {
        throw new IllegalStateException("the cache '%s' is closed".formatted(cache));
      }
      StorageException last = failure;
      if (last != null && System.nanoTime() - failedAt < PAUSE_NANOS) {
        throw notOpen(last);
      }
      try {
        opened = open.get();
      } catch (StorageException e) {
        failedAt = System.nanoTime();
        failure = e;
        throw e;
      }
      failure = null;
      storage = opened;
      for (Consumer<Storage<?>> action : actions) {
        action.accept(opened);
      }
      actions.clear();
      return opened;
    } finally {
      lock.unlock();
    }
  }

  private StorageException notOpen(StorageException last) {
    return new StorageUnavailableException(
        "the storage of the cache '%s' is not open: %s".formatted(cache, last.getMessage()),
        last,
        false);
  }

  void whenOpen(Consumer<Storage<?>> action) {
    lock.lock();
    try {
      Storage<CachedValue<Object>> opened = storage;
      if (opened == null) {
        actions.add(action);
      } else {
        action.accept(opened);
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      Storage<CachedValue<Object>> opened = storage;
      if (opened != null) {
        opened.close();
      }
    } finally {
      lock.unlock();
    }
  }

  Optional<String> place() {
    return Optional.ofNullable(storage).map(Object::toString);
  }

  @Override
  public String toString() {
    return place().orElse("a storage that is not open yet");
  }
}
