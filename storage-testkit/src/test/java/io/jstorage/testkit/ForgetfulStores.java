package io.jstorage.testkit;

import io.jstorage.spi.ByteStore;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Byte stores that are sound as long as they are open. */
final class ForgetfulStores {
  private ForgetfulStores() {}

  /** A place to which entries are committed, and the transaction of one object. */
  private abstract static class Contract extends ByteStoreContract {
    final Map<String, AtomicMapByteStore.State> committed = new ConcurrentHashMap<>();

    abstract ByteStore begin(SettableClock clock, Map<String, AtomicMapByteStore.State> working);

    @Override
    public ByteStore openStore(SettableClock clock) {
      committed.clear();
      return begin(clock, new ConcurrentHashMap<>());
    }

    @Override
    public Optional<ByteStore> reopenStore(SettableClock clock) {
      return Optional.of(begin(clock, new ConcurrentHashMap<>(committed)));
    }

    void commit(Map<String, AtomicMapByteStore.State> working) {
      committed.keySet().retainAll(working.keySet());
      committed.putAll(working);
    }
  }

  /** Not broken: the others differ from it in one line each. */
  static class CommitsEverything extends Contract {
    @Override
    ByteStore begin(SettableClock clock, Map<String, AtomicMapByteStore.State> working) {
      return new AtomicMapByteStore(working, "", clock, null) {
        @Override
        public boolean write(String key, byte[] bytes, WriteOptions options) {
          boolean written = super.write(key, bytes, options);
          commit(working);
          return written;
        }

        @Override
        public boolean delete(String key, Condition condition) {
          boolean deleted = super.delete(key, condition);
          commit(working);
          return deleted;
        }
      };
    }
  }

  @CaughtBy({"everyWriteIsThereAfterReopening", "everyKeyComesBackAfterReopening"})
  static class CommitsNothing extends Contract {
    @Override
    ByteStore begin(SettableClock clock, Map<String, AtomicMapByteStore.State> working) {
      return new AtomicMapByteStore(working, "", clock, null);
    }
  }

  @CaughtBy("everyRemovalIsKeptAfterReopening")
  static class CommitsNoRemoval extends Contract {
    @Override
    ByteStore begin(SettableClock clock, Map<String, AtomicMapByteStore.State> working) {
      return new AtomicMapByteStore(working, "", clock, null) {
        @Override
        public boolean write(String key, byte[] bytes, WriteOptions options) {
          boolean written = super.write(key, bytes, options);
          commit(working);
          return written;
        }
      };
    }
  }

  /** The next call after a batch commits it too. */
  @CaughtBy("everyWriteIsThereAfterReopening")
  static class CommitsNoBatch extends Contract {
    @Override
    ByteStore begin(SettableClock clock, Map<String, AtomicMapByteStore.State> working) {
      return new AtomicMapByteStore(working, "", clock, null) {
        @Override
        public boolean write(String key, byte[] bytes, WriteOptions options) {
          boolean written = super.write(key, bytes, options);
          commit(working);
          return written;
        }

        @Override
        public void writeAll(
            Map<String, byte[]> values,
            WriteOptions options,
            BiConsumer<String, Exception> failed) {
          values.forEach((key, bytes) -> super.write(key, bytes, options));
        }

        @Override
        public void deleteAll(List<String> keys, BiConsumer<String, Exception> failed) {
          keys.forEach(key -> super.delete(key, Condition.NONE));
          commit(working);
        }
      };
    }
  }

  @CaughtBy("deadlinesAreKeptAfterReopening")
  static class CommitsNoDeadlines extends Contract {
    @Override
    ByteStore begin(SettableClock clock, Map<String, AtomicMapByteStore.State> working) {
      return new AtomicMapByteStore(working, "", clock, null) {
        @Override
        public boolean write(String key, byte[] bytes, WriteOptions options) {
          boolean written = super.write(key, bytes, options);
          committed.put(key, state(bytes, null));
          return written;
        }
      };
    }
  }
}
