package io.jstorage.testkit;

import io.jstorage.Storage;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.BatchByteStore;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.Storages;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Byte stores with one flaw each. */
final class BrokenByteStores {
  private BrokenByteStores() {}

  /** Gives another thread the time to come in between. */
  static void hesitate() {
    LockSupport.parkNanos(200_000);
  }

  /** Files entries under a name that is made of the key. */
  private static final class NamingStore extends MapByteStore {
    private final UnaryOperator<String> name;
    private final Map<String, String> keys = new ConcurrentHashMap<>();

    NamingStore(UnaryOperator<String> name) {
      this.name = name;
    }

    @Override
    public byte @Nullable [] read(String key) {
      return super.read(name.apply(key));
    }

    @Override
    public void write(String key, byte[] bytes) throws IOException {
      super.write(name.apply(key), bytes);
      keys.put(name.apply(key), key);
    }

    @Override
    public boolean delete(String key) {
      keys.remove(name.apply(key));
      return super.delete(name.apply(key));
    }

    @Override
    public Stream<String> keys(String prefix) {
      return List.copyOf(keys.values()).stream().filter(key -> key.startsWith(prefix));
    }
  }

  @CaughtBy({
    "keysThatLookAlikeAreToldApart",
    "allKeysAreDistinctAndComeBackExactly",
    "fuzzedKeysAreDistinctAndComeBackExactly",
    "everyKeyIsRemovedAlone"
  })
  static class FoldsCase extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new NamingStore(key -> key.toLowerCase(Locale.ROOT));
    }
  }

  @CaughtBy({
    "keysThatLookAlikeAreToldApart",
    "allKeysAreDistinctAndComeBackExactly",
    "fuzzedKeysAreDistinctAndComeBackExactly"
  })
  static class Normalises extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new NamingStore(key -> Normalizer.normalize(key, Normalizer.Form.NFC));
    }
  }

  @CaughtBy({
    "keysThatLookAlikeAreToldApart",
    "allKeysAreDistinctAndComeBackExactly",
    "fuzzedKeysAreDistinctAndComeBackExactly"
  })
  static class CutsLongKeys extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new NamingStore(key -> key.substring(0, Math.min(key.length(), 200)));
    }
  }

  @CaughtBy({
    "keysThatLookAlikeAreToldApart",
    "allKeysAreDistinctAndComeBackExactly",
    "fuzzedKeysAreDistinctAndComeBackExactly"
  })
  static class CutsTrailingDotsAndSpaces extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new NamingStore(key -> key.replaceAll("(?s)(.)[. ]+$", "$1"));
    }
  }

  @CaughtBy({"keysThatLookAlikeAreToldApart", "allKeysAreDistinctAndComeBackExactly"})
  static class ReplacesWhatIsNoFileName extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new NamingStore(key -> key.replaceAll("[^A-Za-z0-9.]", "_"));
    }
  }

  @CaughtBy("allKeysAreDistinctAndComeBackExactly")
  static class ListsEscapedKeys extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        @Override
        public Stream<String> keys(String prefix) {
          return super.keys(prefix).map(key -> key.replace("%", "%25"));
        }
      };
    }
  }

  @CaughtBy("prefixesAreMatchedExactly")
  static class TakesPrefixesForPatterns extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        @Override
        public Stream<String> keys(String prefix) {
          return prefix.equals("*") ? super.keys("") : super.keys(prefix);
        }
      };
    }
  }

  @CaughtBy("everyKeyIsListedOnce")
  static class ListsTheFirstPageOnly extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        @Override
        public Stream<String> keys(String prefix) {
          return super.keys(prefix).limit(500);
        }
      };
    }
  }

  @CaughtBy("everyKeyIsListedOnce")
  static class ListsAKeyTwice extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        @Override
        public Stream<String> keys(String prefix) {
          return Stream.concat(super.keys(prefix), super.keys(prefix).limit(1));
        }
      };
    }
  }

  @CaughtBy("whatIsThereThroughoutIsAlwaysListed")
  static class ListsByPosition extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        @Override
        public Stream<String> keys(String prefix) {
          List<String> listed = new ArrayList<>();
          for (List<String> page = page(0); !page.isEmpty(); page = page(listed.size())) {
            listed.addAll(page);
          }
          return listed.stream().distinct().filter(key -> key.startsWith(prefix));
        }

        private List<String> page(int position) {
          hesitate();
          return super.keys("").sorted().skip(position).limit(10).toList();
        }
      };
    }
  }

  @CaughtBy({"theSizeIsTheNumberOfEntries", "aMissIsEmpty"})
  static class CountsOneTooMany extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        @Override
        public long count() throws IOException {
          return super.count() + 1;
        }
      };
    }
  }

  @CaughtBy("aNeighboursEntriesAreNeitherSeenNorTouched")
  static class ClearsTheWholePlace extends ByteStoreContract {
    private final Map<String, AtomicMapByteStore.State> place = new ConcurrentHashMap<>();

    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(place, "ours:", clock, null) {
        @Override
        public void clear() {
          place.clear();
        }
      };
    }

    @Override
    public Optional<Storage<String>> openNeighbour(SettableClock clock) {
      return Optional.of(
          Storages.of(new AtomicMapByteStore(place, "theirs:", clock, null), Codecs.text()));
    }
  }

  @CaughtBy("aRemoveIsTrueOnce")
  static class RemoveIsAlwaysTrue extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        @Override
        public boolean delete(String key) {
          super.delete(key);
          return true;
        }
      };
    }
  }

  @CaughtBy("aRaceOfRemoveHasOneWinner")
  static class LooksAndThenRemoves extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        @Override
        public boolean delete(String key) {
          boolean present = exists(key);
          hesitate();
          super.delete(key);
          return present;
        }

        @Override
        public boolean exists(String key) {
          return entries.containsKey(key);
        }
      };
    }
  }

  @CaughtBy("aFailedAccessIsNeitherAMissNorAChange")
  static class SwallowsFailures extends StorageContract {
    private final FaultyByteStore faulty = FaultyByteStore.around(new MapByteStore());

    @Override
    public Storage<String> open(SettableClock clock) {
      ByteStore failing = faulty.store();
      return Storages.of(
          new MapByteStore() {
            @Override
            public byte @Nullable [] read(String key) {
              try {
                return failing.read(key);
              } catch (IOException e) {
                return null;
              }
            }
          },
          Codecs.text());
    }

    @Override
    public boolean breakAccess() {
      faulty.breakDown(new IOException("broken on purpose"));
      return true;
    }
  }

  @CaughtBy("aReaderSeesOneOfTheValuesWrittenAndNeverAMiss")
  static class DeletesAndThenWrites extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        @Override
        public void write(String key, byte[] bytes) throws IOException {
          delete(key);
          hesitate();
          super.write(key, bytes);
        }
      };
    }
  }

  @CaughtBy("aReaderSeesOneOfTheValuesWrittenAndNeverAMiss")
  static class WritesInTwoSteps extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        @Override
        public void write(String key, byte[] bytes) throws IOException {
          super.write(key, Arrays.copyOf(bytes, bytes.length / 2));
          hesitate();
          super.write(key, bytes);
        }
      };
    }
  }

  @CaughtBy("aReaderNeverGoesBackInTime")
  static class ReadsFromALaggingReplica extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      AtomicInteger reads = new AtomicInteger();
      MapByteStore replica = new MapByteStore();
      return new MapByteStore() {
        @Override
        public byte @Nullable [] read(String key) {
          return reads.incrementAndGet() % 2 == 0 ? super.read(key) : replica.read(key);
        }

        @Override
        public void write(String key, byte[] bytes) throws IOException {
          super.write(key, bytes);
          hesitate();
          replica.write(key, bytes);
        }
      };
    }
  }

  @CaughtBy("theBytesReadAreTheCallersOwn")
  static class GivesAwayItsOwnArray extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        @Override
        public byte @Nullable [] read(String key) {
          return entries.get(key);
        }
      };
    }
  }

  @CaughtBy("itsTextNamesThePlace")
  static class HasNoName extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        @Override
        public String toString() {
          return getClass().getName() + "@" + Integer.toHexString(hashCode());
        }
      };
    }
  }

  @CaughtBy("anInterruptNeitherHarmsNorIsSwallowed")
  static class SwallowsInterrupts extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        @Override
        public void write(String key, byte[] bytes) throws IOException {
          Thread.interrupted();
          super.write(key, bytes);
        }
      };
    }
  }

  @CaughtBy({"anInterruptNeitherHarmsNorIsSwallowed", "anInterruptDuringWritesLosesNoValue"})
  static class IsClosedByAnInterrupt extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        private volatile boolean closed;

        @Override
        public void write(String key, byte[] bytes) throws IOException {
          closed |= Thread.currentThread().isInterrupted();
          if (closed) {
            throw new ClosedByInterruptException();
          }
          super.write(key, bytes);
        }
      };
    }
  }

  @CaughtBy({"aLargeBatchIsCarriedOutWhole", "batchesTakeEveryKey"})
  static class TearsBatches extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new BatchStore(100);
    }
  }

  private static final class BatchStore extends MapByteStore implements BatchByteStore {
    private final int most;

    BatchStore(int most) {
      this.most = most;
    }

    @Override
    public Map<String, byte[]> readAll(List<String> keys, BiConsumer<String, IOException> failed) {
      Map<String, byte[]> found = new HashMap<>(entries);
      found.keySet().retainAll(keys);
      return found;
    }

    @Override
    public void writeAll(
        Map<String, byte[]> values,
        @Nullable Duration ttl,
        BiConsumer<String, IOException> failed) {
      values.entrySet().stream()
          .limit(most)
          .forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    }

    @Override
    public void deleteAll(List<String> keys, BiConsumer<String, IOException> failed) {
      keys.forEach(entries::remove);
    }
  }

  @CaughtBy({
    "aRaceOfPutIfAbsentHasOneWinner",
    "aCounterKeptByReplaceLosesNoIncrement",
    "aCounterKeptByTheMapLosesNoIncrement",
    "aPutIsNeverOverwrittenByAReplaceOfWhatWasThereBefore",
    "whatEightThreadsSeeCanHaveHappenedOneAfterTheOther"
  })
  static class LooksAndThenWrites extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public boolean writeIf(
            String key, byte[] bytes, @Nullable Version expected, @Nullable Duration ttl) {
          State seen = live(entries.get(key));
          hesitate();
          boolean matches =
              seen == null ? expected == null : expected != null && expected.equals(seen.version);
          if (matches) {
            entries.put(key, state(bytes, ttl));
          }
          return matches;
        }
      };
    }
  }

  @CaughtBy("aRaceOfRemoveByVersionHasOneWinner")
  static class LooksAndThenRemovesByVersion extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public boolean deleteIf(String key, Version expected) {
          State seen = live(entries.get(key));
          hesitate();
          boolean matches = seen != null && expected.equals(seen.version);
          if (matches) {
            entries.remove(key);
          }
          return matches;
        }
      };
    }
  }

  @CaughtBy("aReplaceNeedsTheVersionThatIsThere")
  static class ReplacesAnyVersion extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public boolean writeIf(
            String key, byte[] bytes, @Nullable Version expected, @Nullable Duration ttl) {
          State seen = live(entries.get(key));
          return super.writeIf(
              key, bytes, expected == null || seen == null ? expected : seen.version, ttl);
        }
      };
    }
  }

  @CaughtBy("aReplaceNeverCreates")
  static class ReplacesWhatIsNotThere extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public boolean writeIf(
            String key, byte[] bytes, @Nullable Version expected, @Nullable Duration ttl) {
          return super.writeIf(key, bytes, entries.containsKey(key) ? expected : null, ttl);
        }
      };
    }
  }

  @CaughtBy("aRemoveByVersionNeedsTheVersionThatIsThere")
  static class RemovesAnyVersion extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public boolean deleteIf(String key, Version expected) {
          return delete(key);
        }
      };
    }
  }

  @CaughtBy({
    "cleaningUpNeverRemovesAFreshValue",
    "cleaningUpNeverRemovesAFreshValueThatEqualsTheOldOne"
  })
  static class CleansUpByKey extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public byte @Nullable [] read(String key) {
          State seen = entries.get(key);
          if (seen != null && live(seen) == null) {
            hesitate();
            entries.remove(key);
          }
          return super.read(key);
        }
      };
    }
  }

  @CaughtBy("cleaningUpNeverRemovesAFreshValueThatEqualsTheOldOne")
  static class CleansUpByContent extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public long purgeExpired() {
          State seen = entries.get("k");
          if (seen != null && live(seen) == null) {
            hesitate();
            entries.computeIfPresent(
                "k", (key, now) -> Arrays.equals(now.bytes, seen.bytes) ? null : now);
          }
          return super.purgeExpired();
        }
      };
    }
  }

  @CaughtBy({"whatHasExpiredIsNotInTheWay", "aRaceForThePlaceOfAnExpiredEntryHasOneWinner"})
  static class KeepsThePlaceOfWhatHasExpired extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public boolean writeIf(
            String key, byte[] bytes, @Nullable Version expected, @Nullable Duration ttl) {
          return (expected != null || !entries.containsKey(key))
              && super.writeIf(key, bytes, expected, ttl);
        }
      };
    }
  }

  @CaughtBy("anEntryIsGoneAtItsDeadline")
  static class ReportsWhatHasExpired extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public boolean exists(String key) {
          return entries.containsKey(key);
        }
      };
    }
  }

  @CaughtBy({"anEntryIsGoneAtItsDeadline", "aTimeToLiveOfAMillisecondIsNotZero"})
  static class CountsWholeSeconds extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public void write(String key, byte[] bytes, Duration ttl) {
          super.write(key, bytes, Duration.ofSeconds(ttl.toSeconds()));
        }
      };
    }
  }

  @CaughtBy("aHugeTimeToLiveIsALongOne")
  static class OverflowsWithHugeTimes extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public void write(String key, byte[] bytes, Duration ttl) {
          long nanos = ttl.getSeconds() * 1_000_000_000 + ttl.getNano();
          super.write(key, bytes, Duration.ofNanos(nanos));
        }
      };
    }
  }

  @CaughtBy("everyWriteSetsTheDeadlineAnew")
  static class KeepsTheFirstDeadline extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public void write(String key, byte[] bytes) {
          State seen = live(entries.get(key));
          if (seen == null || seen.deadline == null) {
            super.write(key, bytes);
          } else {
            super.write(key, bytes, Duration.between(this.clock.instant(), seen.deadline));
          }
        }
      };
    }
  }

  @CaughtBy("everyWriteLivesAsLongAsTheStorageSays")
  static class ReplacesForEver extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, Duration.ofMinutes(5)) {
        @Override
        public boolean writeIf(
            String key, byte[] bytes, @Nullable Version expected, @Nullable Duration ttl) {
          return super.writeIf(key, bytes, expected, ttl == null ? Duration.ofDays(1) : ttl);
        }
      };
    }

    @Override
    public Optional<Duration> expiration() {
      return Optional.of(Duration.ofMinutes(5));
    }
  }

  @CaughtBy("purgingRemovesWhatHasExpired")
  static class PurgesEverything extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public long purgeExpired() {
          long purged = super.purgeExpired();
          if (purged > 0) {
            entries.clear();
          }
          return purged;
        }
      };
    }
  }
}
