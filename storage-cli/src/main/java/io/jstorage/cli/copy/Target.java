package io.jstorage.cli.copy;

import io.jstorage.BatchException;
import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.InvalidKeyException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.cli.copy.Outcome.Kind;
import io.jstorage.cli.terminal.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes items, and reads back what it wrote. Entries that the target has already are not written
 * again, so that a second run goes on where a first one ended. Thread-safe.
 */
public final class Target {
  /** Deadlines that differ by less are one: a time to live is sent, and takes its time. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private final Storage<byte[]> storage;
  private final boolean keepExisting;
  private final boolean dryRun;
  private final boolean expires;
  private final boolean atomic;
  private final boolean fresh;

  /**
   * Takes a storage of bytes as they are stored.
   *
   * @param keepExisting whether another entry under the same key stays
   * @param dryRun whether nothing is written
   */
  public Target(Storage<byte[]> storage, boolean keepExisting, boolean dryRun) {
    this.storage = storage;
    this.keepExisting = keepExisting;
    this.dryRun = dryRun;
    this.expires = storage.capabilities().contains(Capability.EXPIRY);
    this.atomic = storage.capabilities().contains(Capability.ATOMIC);
    try (Stream<String> keys = storage.keys()) {
      this.fresh = keys.findAny().isEmpty();
    }
  }

  boolean expires() {
    return expires;
  }

  /** Returns whether there was no entry before the first item. */
  public boolean wasEmpty() {
    return fresh;
  }

  KeyBatches keys(String prefix) {
    return KeyBatches.of(storage, prefix);
  }

  void removeAll(List<String> keys) {
    storage.removeAll(keys);
  }

  /** Values that were read, and why others were not. */
  private record Found(Map<String, byte[]> values, Map<String, StorageException> failures) {}

  /** Writes items with different keys; each gets one outcome. */
  public void write(List<Item> items, BiConsumer<Item, Outcome> outcomes) {
    List<Item> missing = fresh && !keepExisting ? items : missing(items, outcomes);
    if (dryRun) {
      missing.forEach(item -> outcomes.accept(item, Outcome.of(Kind.WRITTEN)));
      return;
    }
    Map<String, Item> lasting = new LinkedHashMap<>();
    List<Item> written = new ArrayList<>();
    Outage outage = new Outage(Outage.FEW);
    for (Item item : missing) {
      boolean lasts = item.deadline() == null || !expires;
      if (lasts && !(keepExisting && atomic)) {
        lasting.put(item.key(), item);
      } else {
        writeAlone(item, lasts ? null : item.deadline(), outage, written, outcomes);
      }
    }
    writeLasting(lasting, written, outcomes);
    readBack(written, outcomes);
  }

  /** Leaves out what the target has. */
  private List<Item> missing(List<Item> items, BiConsumer<Item, Outcome> outcomes) {
    List<Item> missing = new ArrayList<>();
    Found existing =
        valuesOf(items.stream().filter(item -> !expires || item.deadline() == null).toList());
    Outage outage = new Outage(Outage.FEW);
    for (Item item : items) {
      try {
        StorageException unreadable = existing.failures().get(item.key());
        // One that is unreadable for good is replaced, unless it may be what has to stay.
        if (unreadable != null && (keepExisting || Outage.saysAway(unreadable, 1))) {
          throw unreadable;
        }
        byte @Nullable [] bytes = existing.values().get(item.key());
        Instant deadline = null;
        if (expires && item.deadline() != null) {
          Entry<byte[]> entry = outage.call(() -> storage.entry(item.key())).orElse(null);
          bytes = entry == null ? null : entry.value();
          deadline = entry == null ? null : entry.expiresAt().orElse(null);
        }
        if (bytes == null) {
          missing.add(item);
        } else if (Arrays.equals(bytes, item.bytes())
            && (!expires || isSame(deadline, item.deadline()))) {
          outcomes.accept(item, Outcome.of(Kind.SAME));
        } else if (keepExisting) {
          outcomes.accept(item, Outcome.of(Kind.KEPT));
        } else {
          missing.add(item);
        }
      } catch (StorageException e) {
        outcomes.accept(item, Outcome.failed(e));
      }
    }
    return missing;
  }

  /** The deadline of an item without one is the target's own. */
  private static boolean isSame(@Nullable Instant there, @Nullable Instant wanted) {
    return wanted == null
        || (there != null && Duration.between(there, wanted).abs().compareTo(TOLERANCE) < 0);
  }

  private Found valuesOf(List<Item> items) {
    List<String> keys = items.stream().map(Item::key).toList();
    Map<String, byte[]> values = new HashMap<>();
    Map<String, StorageException> failures = new HashMap<>();
    try {
      values.putAll(storage.getAll(keys));
      return new Found(values, failures);
    } catch (StorageException e) {
      if (Outage.saysAway(e, keys.size())) {
        keys.forEach(key -> failures.put(key, Outage.failureOf(key, e)));
        return new Found(values, failures);
      }
      // Each by itself below; one that is refused must not hold up the others.
    }
    Outage outage = new Outage(Outage.FEW);
    for (String key : keys) {
      try {
        outage.call(() -> storage.get(key)).ifPresent(bytes -> values.put(key, bytes));
      } catch (InvalidKeyException e) {
        // There is none; writing says so.
      } catch (StorageException e) {
        failures.put(key, e);
      }
    }
    return new Found(values, failures);
  }

  /** Writes what has a deadline, or must not take the place of what somebody else just wrote. */
  private void writeAlone(
      Item item,
      @Nullable Instant deadline,
      Outage outage,
      List<Item> written,
      BiConsumer<Item, Outcome> outcomes) {
    Duration left = deadline == null ? null : Duration.between(Instant.now(), deadline);
    if (left != null && (left.isNegative() || left.isZero())) {
      outcomes.accept(item, Outcome.of(Kind.EXPIRED));
      return;
    }
    try {
      if (outage.call(() -> put(item, left))) {
        written.add(item);
      } else {
        outcomes.accept(item, Outcome.of(Kind.KEPT));
      }
    } catch (StorageException e) {
      outcomes.accept(item, Outcome.failed(e));
    }
  }

  private boolean put(Item item, @Nullable Duration left) {
    if (keepExisting && atomic) {
      return left == null
          ? storage.putIfAbsent(item.key(), item.bytes())
          : storage.putIfAbsent(item.key(), item.bytes(), left);
    }
    if (left == null) {
      storage.put(item.key(), item.bytes());
    } else {
      storage.put(item.key(), item.bytes(), left);
    }
    return true;
  }

  private void writeLasting(
      Map<String, Item> items, List<Item> written, BiConsumer<Item, Outcome> outcomes) {
    Map<String, byte[]> values = new LinkedHashMap<>();
    items.forEach((key, item) -> values.put(key, item.bytes()));
    Map<String, StorageException> failures = Map.of();
    try {
      storage.putAll(values);
    } catch (BatchException e) {
      failures = e.failures();
    } catch (InvalidKeyException e) {
      // Nothing was written for the sake of one key.
      Outage outage = new Outage(Outage.FEW);
      items.values().forEach(item -> writeAlone(item, null, outage, written, outcomes));
      return;
    } catch (StorageException e) {
      items.values().forEach(item -> outcomes.accept(item, Outcome.failed(e)));
      return;
    }
    for (Item item : items.values()) {
      StorageException failure = failures.get(item.key());
      if (failure == null) {
        written.add(item);
      } else {
        outcomes.accept(item, Outcome.failed(failure));
      }
    }
  }

  private void readBack(List<Item> written, BiConsumer<Item, Outcome> outcomes) {
    Found found = valuesOf(written);
    Instant now = Instant.now();
    for (Item item : written) {
      byte[] bytes = found.values().get(item.key());
      StorageException failure = found.failures().get(item.key());
      if (failure != null) {
        outcomes.accept(
            item,
            new Outcome(
                Kind.FAILED,
                "was written, and cannot be read back: " + Texts.message(failure),
                Outage.saysAway(failure, 1)));
      } else if (Arrays.equals(bytes, item.bytes())) {
        outcomes.accept(item, Outcome.of(Kind.WRITTEN));
      } else if (bytes != null) {
        outcomes.accept(item, Outcome.failed("was written, and is another value when read back"));
      } else if (expires && item.deadline() != null && item.deadline().isBefore(now)) {
        outcomes.accept(item, Outcome.of(Kind.EXPIRED));
      } else {
        outcomes.accept(item, Outcome.failed("was written, and is not there when read back"));
      }
    }
  }
}
