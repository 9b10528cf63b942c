package io.jstorage.cli.copy;

import io.jstorage.BatchException;
import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads entries and makes items of them. Thread-safe if the conversion is. */
public final class Source<V> {
  private final Storage<V> storage;
  private final Conversion<V> conversion;
  private final boolean expires;

  /** How the value of an entry becomes the bytes of the target. */
  @FunctionalInterface
  public interface Conversion<V> {
    /**
     * Converts a value.
     *
     * @throws StorageException if that is not possible
     */
    byte[] bytes(String key, V value);
  }

  public Source(Storage<V> storage, Conversion<V> conversion) {
    this.storage = storage;
    this.conversion = conversion;
    this.expires = storage.capabilities().contains(Capability.EXPIRY);
  }

  KeyBatches keys(String prefix) {
    return KeyBatches.of(storage, prefix);
  }

  boolean contains(String key) {
    return storage.contains(key);
  }

  /** Reads several entries. A key that is in no item had no entry, or an outcome was reported. */
  List<Item> read(List<String> keys, BiConsumer<String, Outcome> outcomes) {
    if (!expires) {
      try {
        Map<String, V> values = storage.getAll(keys);
        List<Item> items = new ArrayList<>(values.size());
        for (String key : keys) {
          convert(key, values.get(key), null, items, outcomes);
        }
        return items;
      } catch (StorageException e) {
        if (!(e instanceof BatchException) || Outage.saysAway(e, keys.size())) {
          keys.forEach(key -> outcomes.accept(key, Outcome.failed(Outage.failureOf(key, e))));
          return List.of();
        }
        // The others are read again below, each by itself.
      }
    }
    Outage outage = new Outage(Outage.FEW);
    List<Item> items = new ArrayList<>(keys.size());
    for (String key : keys) {
      try {
        Optional<Entry<V>> entry = outage.call(() -> storage.entry(key));
        convert(
            key,
            entry.map(Entry::value).orElse(null),
            entry.flatMap(Entry::expiresAt).orElse(null),
            items,
            outcomes);
      } catch (StorageException e) {
        outcomes.accept(key, Outcome.failed(e));
      }
    }
    return items;
  }

  private void convert(
      String key,
      @Nullable V value,
      @Nullable Instant deadline,
      List<Item> items,
      BiConsumer<String, Outcome> outcomes) {
    if (value == null) {
      outcomes.accept(key, Outcome.of(Outcome.Kind.GONE));
      return;
    }
    try {
      items.add(new Item(key, conversion.bytes(key, value), deadline));
    } catch (StorageException e) {
      outcomes.accept(key, Outcome.failed(e));
    }
  }
}
