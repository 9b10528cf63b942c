package io.jstorage.testkit;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.Condition;
import io.jstorage.spi.Storages;
import io.jstorage.spi.WriteOptions;
import io.jstorage.testkit.WatchedMapByteStore.Place;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Byte stores whose feed of changes keeps one of its promises not. */
final class BrokenFeeds {
  private BrokenFeeds() {}

  /** A place with its listeners, and one way to open it. */
  abstract static class Contract extends ByteStoreContract {
    private Place place = new Place(new SettableClock());

    /** Waits less long than elsewhere for a report that never comes. */
    @BeforeEach
    void loseThePatience() {
      System.setProperty(StallDetector.PROPERTY, "PT2S");
    }

    @AfterEach
    void findItAgain() {
      System.clearProperty(StallDetector.PROPERTY);
    }

    ByteStore store(Place place) {
      return new WatchedMapByteStore(place);
    }

    @Override
    public ByteStore openStore(SettableClock clock) {
      place = new Place(clock);
      return store(place);
    }

    @Override
    public Optional<Storage<String>> openAgain(SettableClock clock) {
      return Optional.of(Storages.of(store(place), Codecs.text()));
    }
  }

  @CaughtBy({"everyKindOfChangeIsReported", "changesOfAnotherObjectAreReported"})
  static class ReportsNoRemoval extends Contract {
    @Override
    ByteStore store(Place place) {
      return new WatchedMapByteStore(place) {
        private boolean deleting;

        @Override
        public boolean delete(String key, Condition condition) {
          deleting = true;
          try {
            return super.delete(key, condition);
          } finally {
            deleting = false;
          }
        }

        @Override
        void report(String key) {
          if (!deleting) {
            super.report(key);
          }
        }
      };
    }
  }

  @CaughtBy("changesOfAnotherObjectAreReported")
  static class ReportsOwnChangesOnly extends Contract {
    @Override
    ByteStore store(Place place) {
      return super.store(new Place(place.entries(), new CopyOnWriteArrayList<>(), place.clock()));
    }
  }

  @CaughtBy("readsAfterAReportSeeTheChange")
  static class ReportsBeforeItWrites extends Contract {
    @Override
    ByteStore store(Place place) {
      return new WatchedMapByteStore(place) {
        @Override
        public boolean write(String key, byte[] bytes, WriteOptions options) {
          super.report(key);
          BrokenByteStores.hesitate();
          return super.write(key, bytes, options);
        }

        @Override
        void report(String key) {}
      };
    }
  }

  @CaughtBy("ofManyChangesNoneIsLostWithoutAWord")
  static class TiresOfReporting extends Contract {
    @Override
    ByteStore store(Place place) {
      AtomicInteger left = new AtomicInteger(1_000);
      return new WatchedMapByteStore(place) {
        @Override
        void report(String key) {
          if (left.decrementAndGet() > 0) {
            super.report(key);
          }
        }
      };
    }
  }

  @CaughtBy("aClearIsReported")
  static class ClearsInSilence extends Contract {
    @Override
    ByteStore store(Place place) {
      return new WatchedMapByteStore(place) {
        @Override
        public void clear() {
          place.entries().clear();
        }
      };
    }
  }

  @CaughtBy("callsOfAListenerNeverOverlap")
  static class CallsAListenerFromAllThreads extends Contract {
    @Override
    ByteStore store(Place place) {
      return new WatchedMapByteStore(place) {
        @Override
        void report(String key) {
          place.listeners().forEach(each -> each.listener.changed(key));
        }
      };
    }
  }

  @CaughtBy("aWatchThatIsClosedHearsNothingMore")
  static class GoesOnReporting extends Contract {
    @Override
    ByteStore store(Place place) {
      return new WatchedMapByteStore(place) {
        @Override
        void end(Subscription subscription) {}
      };
    }
  }

  @CaughtBy("closingIsReportedAsALoss")
  static class EndsWithoutAWord extends Contract {
    @Override
    ByteStore store(Place place) {
      return new WatchedMapByteStore(place) {
        @Override
        public void close() {
          place.listeners().clear();
        }
      };
    }
  }

  @CaughtBy("anExpiryIsKnownBeforehand")
  static class TellsNoDeadline extends Contract {
    @Override
    ByteStore store(Place place) {
      return new WatchedMapByteStore(place) {
        @Override
        public @Nullable Entry<byte[]> readEntry(String key, Access access) {
          Entry<byte[]> entry = super.readEntry(key, access);
          return entry == null || entry.expiresAt().isEmpty()
              ? entry
              : Entry.of(entry.value()).withVersion(entry.version().orElseThrow());
        }
      };
    }
  }
}
