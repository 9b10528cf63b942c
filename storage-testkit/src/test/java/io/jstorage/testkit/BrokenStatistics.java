package io.jstorage.testkit;

import io.jstorage.Statistics;
import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.AbstractStorage;
import io.jstorage.spi.Access;
import io.jstorage.spi.Condition;
import io.jstorage.spi.CountedStatistics;
import io.jstorage.spi.ForwardingStore;
import io.jstorage.spi.LoadCounter;
import io.jstorage.spi.StatisticsCounters;
import io.jstorage.spi.Storages;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Storages that count, with one flaw each. */
final class BrokenStatistics {
  private BrokenStatistics() {}

  /** Counts reads and writes of single keys, soundly but for what a subclass changes. */
  private abstract static class Counting extends ForwardingStore<String> {
    final StatisticsCounters counts = new StatisticsCounters();

    Counting() {
      super(Storages.asStore(Storages.of(new MapByteStore(), Codecs.text())));
    }

    @Override
    public @Nullable String read(String key, Access access) throws IOException {
      String value = super.read(key, access);
      if (access == Access.TOUCH) {
        counts.addRead(value != null);
      }
      return value;
    }

    @Override
    public boolean write(String key, String value, WriteOptions options) throws IOException {
      boolean written = super.write(key, value, options);
      counts.addPuts(written ? 1 : 0);
      return written;
    }

    @Override
    public boolean delete(String key, Condition condition) throws IOException {
      boolean deleted = super.delete(key, condition);
      counts.addRemovals(deleted ? 1 : 0);
      return deleted;
    }

    Statistics statistics() {
      return counts.snapshot(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
      if (type == Statistics.class) {
        return Optional.of(type.cast(statistics()));
      }
      return type == LoadCounter.class
          ? Optional.of(type.cast(counts.loads()))
          : super.unwrap(type);
    }

    Storage<String> storage() {
      return Storages.ofPolicy(this, List.of());
    }
  }

  @CaughtBy("everyReadIsOneHitOrOneMiss")
  static class CountsNoEntries extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      // Entries and batches are forwarded uncounted.
      return new Counting() {}.storage();
    }
  }

  @CaughtBy("aReadThatIsRefusedIsNotCounted")
  static class CountsRefusedKeys extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Counting store = new Counting() {};
      return new AbstractStorage<String>(store, List.of()) {
        @Override
        protected @Nullable String lookup(String key) {
          store.counts.addRead(false);
          return super.lookup(key);
        }
      };
    }
  }

  @CaughtBy("aLoadIsCountedOnceWithItsRead")
  static class CountsTheSecondLook extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      return new Counting() {
        @Override
        public @Nullable String read(String key, Access access) throws IOException {
          String value = super.read(key, access);
          if (access == Access.PEEK) {
            counts.addRead(value != null);
          }
          return value;
        }
      }.storage();
    }
  }

  @CaughtBy("changesCountAsPutsOrRemovals")
  static class CountsRemovalsOfNothing extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      return new Counting() {
        @Override
        public boolean delete(String key, Condition condition) throws IOException {
          counts.addRemovals(1);
          return super.delete(key, condition);
        }
      }.storage();
    }
  }

  @CaughtBy("aSnapshotOfStatisticsDoesNotChange")
  static class CountsInTheSnapshot extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      return new Counting() {
        private final Statistics live =
            new Statistics() {
              private CountedStatistics now() {
                return (CountedStatistics) current();
              }

              @Override
              public long hits() {
                return now().hits();
              }

              @Override
              public long misses() {
                return now().misses();
              }

              @Override
              public long puts() {
                return now().puts();
              }

              @Override
              public long removals() {
                return now().removals();
              }

              @Override
              public long loads() {
                return now().loads();
              }

              @Override
              public long loadFailures() {
                return now().loadFailures();
              }

              @Override
              public long loadNanos() {
                return now().loadNanos();
              }

              @Override
              public OptionalLong evictions() {
                return OptionalLong.empty();
              }

              @Override
              public OptionalLong expirations() {
                return OptionalLong.empty();
              }

              @Override
              public OptionalLong entries() {
                return OptionalLong.empty();
              }
            };

        private Statistics current() {
          return super.statistics();
        }

        @Override
        Statistics statistics() {
          return live;
        }
      }.storage();
    }
  }
}
