package io.jstorage.testkit;

import io.jstorage.Storage;
import io.jstorage.spi.Access;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Storages that resemble an LRU and are none. */
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
      return new SynchronizedLru(limit, false).storage();
    }
  }

  @CaughtBy({"theStorageHoldsAsManyAsItsLimitAndNoMore", "theLimitHoldsUnderManyThreads"})
  static class OneTooMany extends LruContract {
    @Override
    protected Storage<String> open(int limit, SettableClock clock) {
      return new SynchronizedLru(limit + 1).storage();
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
      }.storage();
    }
  }

  @CaughtBy({"nothingElseIsAUse", "anyHistoryDropsWhatTheModelDrops"})
  static class ContainsIsAUse extends LruContract {
    @Override
    protected Storage<String> open(int limit, SettableClock clock) {
      return new SynchronizedLru(limit) {
        @Override
        public synchronized boolean contains(String key) {
          return read(key, Access.TOUCH) != null;
        }
      }.storage();
    }
  }

  @CaughtBy("nothingElseIsAUse")
  static class IterationIsAUse extends LruContract {
    @Override
    protected Storage<String> open(int limit, SettableClock clock) {
      return new SynchronizedLru(limit) {
        @Override
        public synchronized @Nullable String read(String key, Access access) {
          return super.read(key, Access.TOUCH);
        }
      }.storage();
    }
  }

  @CaughtBy("nothingElseIsAUse")
  static class AFailedReplaceIsAUse extends LruContract {
    @Override
    protected Storage<String> open(int limit, SettableClock clock) {
      return new SynchronizedLru(limit) {
        @Override
        public synchronized boolean delete(String key, Condition condition) {
          read(key, Access.TOUCH);
          return super.delete(key, condition);
        }
      }.storage();
    }
  }

  @CaughtBy("anOverwriteAtTheLimitDropsNobody")
  static class AnOverwriteDropsSomebody extends LruContract {
    @Override
    protected Storage<String> open(int limit, SettableClock clock) {
      return new SynchronizedLru(limit) {
        @Override
        public synchronized boolean write(String key, String value, WriteOptions options) {
          if (options.condition().isNone() && count() == limit) {
            delete(Calls.list(keys("")).get(0), Condition.NONE);
          }
          return super.write(key, value, options);
        }
      }.storage();
    }
  }

  @CaughtBy("aBatchIsUsedInTheOrderOfTheRequest")
  static class BatchesInAnyOrder extends LruContract {
    @Override
    protected Storage<String> open(int limit, SettableClock clock) {
      return new SynchronizedLru(limit) {
        @Override
        public void writeAll(
            Map<String, String> values, WriteOptions options, BiConsumer<String, Exception> failed)
            throws IOException {
          super.writeAll(new TreeMap<>(values), options, failed);
        }
      }.storage();
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
        public synchronized boolean write(String key, String value, WriteOptions options) {
          if (options.condition().isAbsent()) {
            allowed++;
          }
          return super.write(key, value, options);
        }
      }.storage();
    }
  }
}
