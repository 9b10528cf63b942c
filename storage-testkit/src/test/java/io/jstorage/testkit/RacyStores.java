package io.jstorage.testkit;

import io.jstorage.spi.ByteStore;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Byte stores that are sound as long as one thread uses them. */
final class RacyStores {
  private RacyStores() {}

  @CaughtBy("whatEightThreadsSeeCanHaveHappenedOneAfterTheOther")
  static class LooksAndThenRemoves extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public boolean delete(String key) {
          boolean present = live(entries.get(key)) != null;
          BrokenByteStores.hesitate();
          entries.remove(key);
          return present;
        }
      };
    }
  }

  @CaughtBy("whatEightThreadsSeeCanHaveHappenedOneAfterTheOther")
  static class AnswersFromACacheOfEachThread extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        private final ThreadLocal<Map<String, byte[]>> cache =
            ThreadLocal.withInitial(ConcurrentHashMap::new);

        @Override
        public byte @Nullable [] read(String key) {
          byte[] cached = cache.get().remove(key);
          return cached == null ? super.read(key) : cached;
        }

        @Override
        public void write(String key, byte[] bytes) throws IOException {
          super.write(key, bytes);
          cache.get().put(key, bytes.clone());
        }

        @Override
        public boolean delete(String key) {
          cache.get().remove(key);
          return super.delete(key);
        }
      };
    }
  }

  @CaughtBy("whatEightThreadsSeeCanHaveHappenedOneAfterTheOther")
  static class WritesAgainLater extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        private byte @Nullable [] last;
        private String lastKey = "";

        /** As a client does that sends a write again of which it missed the answer. */
        @Override
        public synchronized void write(String key, byte[] bytes) throws IOException {
          byte[] late = last;
          last = bytes.clone();
          if (late != null && !lastKey.equals(key)) {
            super.write(lastKey, late);
          }
          lastKey = key;
          super.write(key, bytes);
        }
      };
    }
  }
}
