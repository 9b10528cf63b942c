package io.jstorage.testkit;

import io.jstorage.Storage;
import io.jstorage.Version;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What looks like an LRU and is none. */
final class BrokenLrus {
  private BrokenLrus() {}

  @CaughtBy({
    "theLeastRecentlyUsedLeaves",
    "everyReadingAndEveryWriteIsAUse",
    "anyHistoryDropsWhatTheModelDrops",
    "aHistoryThatPassesFromThreadToThreadDropsWhatTheModelDrops"
  })
  static class FirstInFirstOut extends LruContract {
    @Override
    protected Storage<String> open(int limit, SettableClock clock) {
      return new SynchronizedLru(limit, false);
    }
  }

  @CaughtBy({"theStorageHoldsAsManyAsItsLimitAndNoMore", "theLimitHoldsUnderManyThreads"})
  static class OneTooMany extends LruContract {
    @Override
    protected Storage<String> open(int limit, SettableClock clock) {
      return new SynchronizedLru(limit + 1);
    }
  }

  @CaughtBy("theStorageHoldsAsManyAsItsLimitAndNoMore")
  static class OneTooFew extends LruContract {
    @Override
    protected Storage<String> open(int limit, SettableClock clock) {
      return new SynchronizedLru(limit) {
        @Override
        boolean isOverfull(int size, int limit) {
          return size >= limit;
        }
      };
    }
  }

  @CaughtBy({"nothingElseIsAUse", "anyHistoryDropsWhatTheModelDrops"})
  static class ContainsIsAUse extends LruContract {
    @Override
    protected Storage<String> open(int limit, SettableClock clock) {
      return new SynchronizedLru(limit) {
        @Override
        protected synchronized boolean doContains(String key) {
          return doGet(key) != null;
        }
      };
    }
  }

  @CaughtBy("nothingElseIsAUse")
  static class IterationIsAUse extends LruContract {
    @Override
    protected Storage<String> open(int limit, SettableClock clock) {
      return new SynchronizedLru(limit) {
        @Override
        protected synchronized @Nullable String doPeek(String key) {
          return doGet(key);
        }
      };
    }
  }

  @CaughtBy("nothingElseIsAUse")
  static class AFailedReplaceIsAUse extends LruContract {
    @Override
    protected Storage<String> open(int limit, SettableClock clock) {
      return new SynchronizedLru(limit) {
        @Override
        protected synchronized boolean doRemove(String key, Version version) {
          doGet(key);
          return super.doRemove(key, version);
        }
      };
    }
  }

  @CaughtBy("anOverwriteAtTheLimitDropsNobody")
  static class AnOverwriteDropsSomebody extends LruContract {
    @Override
    protected Storage<String> open(int limit, SettableClock clock) {
      return new SynchronizedLru(limit) {
        @Override
        protected synchronized void doPut(String key, String value, @Nullable Duration ttl) {
          if (doSize() == limit) {
            doRemove(Calls.list(doKeys("")).get(0));
          }
          super.doPut(key, value, ttl);
        }
      };
    }
  }

  @CaughtBy("aBatchIsUsedInTheOrderOfTheRequest")
  static class BatchesInAnyOrder extends LruContract {
    @Override
    protected Storage<String> open(int limit, SettableClock clock) {
      return new SynchronizedLru(limit) {
        @Override
        protected void doPutAll(Map<String, String> values, @Nullable Duration ttl) {
          super.doPutAll(new TreeMap<>(values), ttl);
        }
      };
    }
  }

  @CaughtBy("everyWayOfAddingKeepsTheLimit")
  static class PutIfAbsentIgnoresTheLimit extends LruContract {
    @Override
    protected Storage<String> open(int limit, SettableClock clock) {
      return new SynchronizedLru(limit) {
        private int allowed = limit;

        @Override
        boolean isOverfull(int size, int limit) {
          return size > allowed;
        }

        @Override
        protected synchronized boolean doPutIfAbsent(
            String key, String value, @Nullable Duration ttl) {
          allowed++;
          return super.doPutIfAbsent(key, value, ttl);
        }
      };
    }
  }
}
