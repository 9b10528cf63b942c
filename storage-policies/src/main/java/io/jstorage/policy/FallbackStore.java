package io.jstorage.policy;

import io.jstorage.CodecException;
import io.jstorage.Loader;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.spi.Access;
import io.jstorage.spi.Condition;
import io.jstorage.spi.PolicyStore;
import io.jstorage.spi.Storages;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Answers reads that fail by what is known otherwise, and remembers what it sees meanwhile. */
final class FallbackStore<V> extends PolicyStore<V> {
  private static final int MOST_SUPPRESSED = 5;

  private final Storage<V> behind;
  private final @Nullable Storage<V> second;
  private final LastKnown<V> known;
  private final InstantSource clock;
  private final Outage outage;

  FallbackStore(
      Storage<V> behind,
      @Nullable Storage<V> second,
      LastKnown<V> known,
      InstantSource clock,
      Outage outage) {
    super(FallbackStorage.NAME, behind, FallbackStorage.NAME);
    this.behind = behind;
    this.second = second;
    this.known = known;
    this.clock = clock;
    this.outage = outage;
  }

  /** Whether it is the storage that failed; a value that does not decode is there all the same. */
  private static boolean isOfStorage(Exception e) {
    return e instanceof StorageException && !(e instanceof CodecException);
  }

  /** Only what counts as a use is answered otherwise: not what conditional changes look at. */
  @Override
  public @Nullable V read(String key, Access access) throws IOException {
    return access == Access.PEEK ? super.read(key, access) : readOr(key, null, access);
  }

  /**
   * Reads a key.
   *
   * @param loader who stands by to load it, if anybody; the storage is not asked again at once
   *     after a failure then
   * @param access whether this counts as an access, and as a read that is reported
   * @return the value, or null: there is none, or it is to be loaded
   */
  @Nullable V readOr(String key, @Nullable Loader<? extends V, ?> loader, Access access)
      throws IOException {
    StorageException recent = loader == null ? null : outage.recent();
    if (recent != null) {
      return instead(key, true, recent, access);
    }
    long note = known.beforeRead(key);
    Instant asked = clock.instant();
    V value;
    try {
      value =
          loader != null ? Storages.lookup(behind, key, loader, access) : super.read(key, access);
    } catch (StorageException e) {
      if (!isOfStorage(e)) {
        throw e;
      }
      outage.failed(e);
      return instead(key, loader != null, e, access);
    }
    outage.over();
    known.saw(key, note, value, asked);
    return value;
  }

  private @Nullable V instead(
      String key, boolean loaderStandsBy, StorageException failure, Access access) {
    V last = known.find(key, clock.instant());
    if (last != null) {
      report(key, FallbackSource.LAST_KNOWN, failure, access);
      return last;
    }
    if (second != null) {
      try {
        V value = second.get(key).orElse(null);
        if (value != null || !loaderStandsBy) {
          report(key, FallbackSource.SECOND, failure, access);
          return value;
        }
      } catch (RuntimeException e) {
        // One failure may stand for many keys.
        if (e != failure && !loaderStandsBy && failure.getSuppressed().length < MOST_SUPPRESSED) {
          failure.addSuppressed(e);
        }
      }
    }
    report(key, loaderStandsBy ? FallbackSource.LOADER : FallbackSource.NOTHING, failure, access);
    if (loaderStandsBy) {
      return null;
    }
    throw failure;
  }

  /** The second look of a load is part of a read that has been reported. */
  private void report(String key, FallbackSource source, StorageException failure, Access access) {
    if (access == Access.TOUCH) {
      outage.report(key, source, failure);
    }
  }

  /** Keeps in mind what a loader made, though it is not stored. */
  void keepUnstored(String key, V value, StorageException failure) {
    known.changed(key, known.beforeChange(key), value, clock.instant());
    outage.reportNotStored(key, failure);
  }

  @Override
  public Map<String, V> readAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    Map<String, Long> notes = new HashMap<>();
    keys.forEach(key -> notes.put(key, known.beforeRead(key)));
    Instant asked = clock.instant();
    Map<String, Exception> failures = new ConcurrentHashMap<>();
    StorageException whole = null;
    Map<String, V> found = new LinkedHashMap<>();
    try {
      found.putAll(super.readAll(keys, failures::put));
    } catch (StorageException e) {
      if (!isOfStorage(e)) {
        throw e;
      }
      whole = e;
      keys.forEach(key -> failures.put(key, e));
    }
    notes.forEach(
        (key, note) -> {
          if (!failures.containsKey(key)) {
            known.saw(key, note, found.get(key), asked);
          }
        });
    Map<String, Exception> left = insteadOfAll(failures, found);
    if (whole != null && left.size() == keys.size()) {
      throw whole;
    }
    left.forEach(failed);
    return found;
  }

  /** Adds what is known otherwise; returns the failures of the keys of which nothing is. */
  private Map<String, Exception> insteadOfAll(
      Map<String, Exception> failures, Map<String, V> found) {
    Map<String, Exception> left = new LinkedHashMap<>();
    failures.forEach(
        (key, e) -> {
          if (!isOfStorage(e)) {
            left.put(key, e);
            return;
          }
          outage.failed((StorageException) e);
          try {
            V value = instead(key, false, (StorageException) e, Access.TOUCH);
            if (value != null) {
              found.put(key, value);
            }
          } catch (StorageException f) {
            left.put(key, f);
          }
        });
    return left;
  }

  @Override
  public boolean write(String key, V value, WriteOptions options) throws IOException {
    return change(key, value, () -> super.write(key, value, options));
  }

  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    return change(key, null, () -> super.delete(key, condition));
  }

  /** A change of one key. */
  private interface Change {
    boolean run() throws IOException;
  }

  /** Remembers what a change left, unless that is not known. */
  private boolean change(String key, @Nullable V left, Change change) throws IOException {
    long note = known.beforeChange(key);
    Instant begun = clock.instant();
    boolean happened;
    try {
      happened = change.run();
    } catch (IOException | RuntimeException e) {
      ended(key, note, begun, e);
      throw e;
    }
    outage.over();
    // If the condition did not hold, there is something else than was seen.
    known.changed(key, note, happened ? left : null, begun);
    return happened;
  }

  private void ended(String key, long note, Instant begun, Exception e) {
    if (e instanceof StorageException told && !told.outcomeUnknown()) {
      known.unchanged(key);
    } else {
      known.changed(key, note, null, begun);
    }
  }

  @Override
  public void writeAll(
      Map<String, V> values, WriteOptions options, BiConsumer<String, Exception> failed)
      throws IOException {
    changeAll(
        List.copyOf(values.keySet()),
        values,
        failed,
        noting -> super.writeAll(values, options, noting));
  }

  @Override
  public void deleteAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    changeAll(keys, Map.of(), failed, noting -> super.deleteAll(keys, noting));
  }

  /** A change of many keys. */
  private interface Batch {
    void run(BiConsumer<String, Exception> failed) throws IOException;
  }

  private void changeAll(
      List<String> keys, Map<String, V> left, BiConsumer<String, Exception> failed, Batch batch)
      throws IOException {
    Map<String, Long> notes = new LinkedHashMap<>();
    keys.forEach(key -> notes.put(key, known.beforeChange(key)));
    Instant begun = clock.instant();
    Map<String, Exception> failures = new ConcurrentHashMap<>();
    Exception whole = new StorageException("not ended", null, true);
    try {
      batch.run(
          (key, e) -> {
            failures.put(key, e);
            failed.accept(key, e);
          });
      whole = null;
    } catch (IOException | RuntimeException e) {
      whole = e;
      throw e;
    } finally {
      for (Map.Entry<String, Long> note : notes.entrySet()) {
        String key = note.getKey();
        Exception e = whole != null ? whole : failures.get(key);
        if (e == null) {
          known.changed(key, note.getValue(), left.get(key), begun);
        } else {
          ended(key, note.getValue(), begun, e);
        }
      }
    }
  }

  @Override
  public void clear() throws IOException {
    known.forgetAll();
    try {
      super.clear();
    } finally {
      known.forgetAll();
    }
  }

  @Override
  public String toString() {
    return super.toString() + ", with a fallback";
  }
}
