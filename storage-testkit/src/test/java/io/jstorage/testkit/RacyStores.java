package io.jstorage.testkit;

import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Byte stores that are sound as long as one thread uses them. */
final class RacyStores {
  private RacyStores() {}

  @CaughtBy("operationsOfEightThreadsAreLinearizable")
  static class LooksAndThenRemoves extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public boolean delete(String key, Condition condition) {
          if (!condition.isNone()) {
            return super.delete(key, condition);
          }
          boolean present = live(entries.get(key)) != null;
          BrokenByteStores.hesitate();
          entries.remove(key);
          return present;
        }
      };
    }
  }

  @CaughtBy("operationsOfEightThreadsAreLinearizable")
  static class AnswersFromACacheOfEachThread extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        private final ThreadLocal<Map<String, byte[]>> cache =
            ThreadLocal.withInitial(ConcurrentHashMap::new);

        @Override
        public byte @Nullable [] read(String key, Access access) {
          byte[] cached = cache.get().remove(key);
          return cached == null ? super.read(key, access) : cached;
        }

        @Override
        public boolean write(String key, byte[] bytes, WriteOptions options) throws IOException {
          cache.get().put(key, bytes.clone());
          return super.write(key, bytes, options);
        }

        @Override
        public boolean delete(String key, Condition condition) {
          cache.get().remove(key);
          return super.delete(key, condition);
        }
      };
    }
  }

  @CaughtBy("operationsOfEightThreadsAreLinearizable")
  static class WritesAgainLater extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        private byte @Nullable [] last;
        private String lastKey = "";

        /** As a client does that sends a write again of which it missed the answer. */
        @Override
        public synchronized boolean write(String key, byte[] bytes, WriteOptions options)
            throws IOException {
          byte[] late = last;
          last = bytes.clone();
          if (late != null && !lastKey.equals(key)) {
            super.write(lastKey, late, options);
          }
          lastKey = key;
          return super.write(key, bytes, options);
        }
      };
    }
  }
}
