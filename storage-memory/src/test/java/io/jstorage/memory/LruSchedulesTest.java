package io.jstorage.memory;

import io.jstorage.Storage;
import io.jstorage.spi.Condition;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The operations of an LRU in many schedules, beside operations in which a race is planted. */
class LruSchedulesTest {
  private static final int LIMIT = 2;

  @Test
  void anOperationOnAKeyIsOneStep() {
    Schedules.areNotLinearizable(Schedules.OneByOne.class, LooksBeforeItWrites.class);
    Schedules.areLinearizable(Schedules.OneByOne.class, OnStorage.class);
  }

  /** And the eviction is exact for whoever wrote. */
  @Test
  void aWriteIsOneStepWithTheEvictionThatItCauses() {
    Schedules.areNotLinearizable(LeastRecentlyWrittenLeaves.class, EvictsInAStepOfItsOwn.class);
    Schedules.areLinearizable(LeastRecentlyWrittenLeaves.class, OnFullTable.class);
  }

  /** A read that overlaps an eviction may count or not; nothing else may go wrong. */
  @Test
  void whileAllReadAndWriteTheLimitHoldsAndNoKeyShowsTheValueOfAnother() {
    Schedules.areNotLinearizable(AlwaysRight.class, CountsBeforeItPuts.class);
    Schedules.areLinearizable(AlwaysRight.class, OnCrowdedTable.class);
  }

  /** A storage that has room for all. */
  @Param(name = "key", gen = IntGen.class, conf = "0:2")
  public static class OnStorage {
    final Storage<Integer> storage = LruStorage.ofLimit(Schedules.KEYS.length);

    public OnStorage() {
      storage.put(Schedules.KEYS[0], 0);
      storage.put(Schedules.KEYS[1], 1);
    }

    @Operation
    public void put(@Param(name = "key") int key, int value) {
      storage.put(Schedules.KEYS[key], value);
    }

    @Operation
    public @Nullable Integer get(@Param(name = "key") int key) {
      return storage.asMap().get(Schedules.KEYS[key]);
    }

    @Operation
    public boolean putIfAbsent(@Param(name = "key") int key, int value) {
      return storage.putIfAbsent(Schedules.KEYS[key], value);
    }

    /** Reads, and replaces the version that it has read. */
    @Operation
    public @Nullable Integer increment(@Param(name = "key") int key) {
      return storage.asMap().computeIfPresent(Schedules.KEYS[key], (k, value) -> value + 1);
    }

    @Operation
    public boolean remove(@Param(name = "key") int key) {
      return storage.remove(Schedules.KEYS[key]);
    }
  }

  public static class LooksBeforeItWrites extends OnStorage {
    @Override
    public boolean putIfAbsent(int key, int value) {
      if (get(key) != null) {
        return false;
      }
      put(key, value);
      return true;
    }

    @Override
    public @Nullable Integer increment(int key) {
      Integer value = get(key);
      if (value == null) {
        return null;
      }
      put(key, value + 1);
      return value + 1;
    }
  }

  /** Writes only: what they return tells who has left. */
  @Param(name = "key", gen = IntGen.class, conf = "0:2")
  public static class OnFullTable {
    private final LruTable<Integer> table =
        new LruTable<>(LIMIT, InstantSource.system(), "full", null, false, null);

    public OnFullTable() {
      table.put(Schedules.KEYS[0], 0, null, Condition.NONE);
      table.put(Schedules.KEYS[1], 1, null, Condition.NONE);
    }

    @Operation
    public void put(@Param(name = "key") int key, int value) {
      table.put(Schedules.KEYS[key], value, null, Condition.NONE);
    }

    @Operation
    public boolean putIfAbsent(@Param(name = "key") int key, int value) {
      return table.put(Schedules.KEYS[key], value, null, Condition.ABSENT);
    }

    @Operation
    public boolean remove(@Param(name = "key") int key) {
      return table.remove(Schedules.KEYS[key], Condition.NONE);
    }
  }

  public static class LeastRecentlyWrittenLeaves {
    final Map<Integer, Integer> map = Collections.synchronizedMap(new LinkedHashMap<>());

    public LeastRecentlyWrittenLeaves() {
      put(0, 0);
      put(1, 1);
    }

    public void put(int key, int value) {
      add(key, value);
      evict();
    }

    public boolean putIfAbsent(int key, int value) {
      boolean added = addIfAbsent(key, value);
      evict();
      return added;
    }

    public boolean remove(int key) {
      return map.remove(key) != null;
    }

    private void add(int key, int value) {
      synchronized (map) {
        map.remove(key);
        map.put(key, value);
      }
    }

    private boolean addIfAbsent(int key, int value) {
      return map.putIfAbsent(key, value) == null;
    }

    private void evict() {
      synchronized (map) {
        if (map.size() > LIMIT) {
          Iterator<Integer> oldest = map.keySet().iterator();
          oldest.next();
          oldest.remove();
        }
      }
    }
  }

  public static class EvictsInAStepOfItsOwn extends OnFullTable {
    private final LeastRecentlyWrittenLeaves map = new LeastRecentlyWrittenLeaves();

    @Override
    public void put(int key, int value) {
      map.put(key, value);
    }

    @Override
    public boolean putIfAbsent(int key, int value) {
      return map.putIfAbsent(key, value);
    }

    @Override
    public boolean remove(int key) {
      return map.remove(key);
    }
  }

  /** Too small for its keys. All that can be checked of a value is its key. */
  @Param(name = "key", gen = IntGen.class, conf = "0:2")
  public static class OnCrowdedTable {
    private final LruTable<String> table =
        new LruTable<>(LIMIT, InstantSource.system(), "crowded", null, false, null);

    public OnCrowdedTable() {
      table.put(Schedules.KEYS[0], Schedules.KEYS[0], null, Condition.NONE);
    }

    @Operation
    public void put(@Param(name = "key") int key) {
      table.put(Schedules.KEYS[key], Schedules.KEYS[key], null, Condition.NONE);
    }

    @Operation
    public boolean isItsOwn(@Param(name = "key") int key) {
      String value = table.get(Schedules.KEYS[key]);
      return value == null || value.equals(Schedules.KEYS[key]);
    }

    @Operation
    public boolean isWithinTheLimit() {
      return size() <= LIMIT;
    }

    int size() {
      return table.size();
    }

    Set<String> keys() {
      return StreamSupport.stream(table.keys(), false).collect(Collectors.toSet());
    }

    @Validate
    public void theCountIsThatOfTheListing() {
      if (size() > LIMIT || size() != keys().size()) {
        throw new IllegalStateException(size() + " entries, listed are " + keys());
      }
    }
  }

  public static class AlwaysRight {
    public void put(int key) {}

    public boolean isItsOwn(int key) {
      return true;
    }

    public boolean isWithinTheLimit() {
      return true;
    }
  }

  public static class CountsBeforeItPuts extends OnCrowdedTable {
    private final Map<String, String> map =
        new ConcurrentHashMap<>(Map.of(Schedules.KEYS[0], Schedules.KEYS[0]));

    @Override
    public void put(int key) {
      if (map.size() < LIMIT) {
        map.put(Schedules.KEYS[key], Schedules.KEYS[key]);
      }
    }

    @Override
    int size() {
      return map.size();
    }

    @Override
    Set<String> keys() {
      return map.keySet();
    }
  }
}
