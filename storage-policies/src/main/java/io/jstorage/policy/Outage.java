package io.jstorage.policy;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.spi.Keys;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The failures of one storage: the last of them, and their number. */
final class Outage {
  /** For how long after a failure callers with a loader are not sent to the storage again. */
  private static final long RECENT_NANOS = 100_000_000;

  private final RareLog log = new RareLog(FallbackStorage.class);
  private final Map<FallbackSource, LongAdder> counts = new EnumMap<>(FallbackSource.class);
  private final LongAdder notStored = new LongAdder();
  private final Storage<?> storage;
  private final @Nullable FallbackListener listener;
  private volatile @Nullable Failure last;

  private record Failure(StorageException cause, long nanoTime) {}

  Outage(Storage<?> storage, @Nullable FallbackListener listener) {
    this.storage = storage;
    this.listener = listener;
    for (FallbackSource source : FallbackSource.values()) {
      counts.put(source, new LongAdder());
    }
  }

  void failed(StorageException cause) {
    last = new Failure(cause, System.nanoTime());
  }

  /** The storage did what it was asked. */
  void over() {
    if (last != null) {
      last = null;
    }
  }

  /** The last failure, if that was a moment ago and nothing has succeeded since; else null. */
  @Nullable StorageException recent() {
    Failure failure = last;
    return failure != null && System.nanoTime() - failure.nanoTime < RECENT_NANOS
        ? failure.cause
        : null;
  }

  void report(String key, FallbackSource source, StorageException cause) {
    count(source).increment();
    log.warn(
        "%s cannot be read; %s is answered by %s"
            .formatted(storage, Keys.display(key), inWords(source)),
        cause);
    tell(one -> one.readFailed(key, source, cause), key);
  }

  void reportNotStored(String key, StorageException cause) {
    notStored.increment();
    log.warn(
        "%s did not store what was loaded for %s".formatted(storage, Keys.display(key)), cause);
    tell(one -> one.notStored(key, cause), key);
  }

  private void tell(Consumer<FallbackListener> what, String key) {
    if (listener == null) {
      return;
    }
    try {
      what.accept(listener);
    } catch (RuntimeException e) {
      log.warn("the listener of %s failed for %s".formatted(storage, Keys.display(key)), e);
    }
  }

  private static String inWords(FallbackSource source) {
    return switch (source) {
      case LAST_KNOWN -> "its last known value";
      case SECOND -> "the second storage";
      case LOADER -> "its loader";
      case NOTHING -> "the failure, as there is nothing else";
    };
  }

  private LongAdder count(FallbackSource source) {
    LongAdder count = counts.get(source);
    if (count == null) {
      throw new IllegalStateException(source.toString());
    }
    return count;
  }

  long reads(FallbackSource source) {
    return count(source).sum();
  }

  long notStored() {
    return notStored.sum();
  }
}
