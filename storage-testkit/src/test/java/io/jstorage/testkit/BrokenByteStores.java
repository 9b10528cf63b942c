package io.jstorage.testkit;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.Condition;
import io.jstorage.spi.Storages;
import io.jstorage.spi.WriteOptions;
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
import java.util.function.BiFunction;
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
    public byte @Nullable [] read(String key, Access access) {
      return super.read(name.apply(key), access);
    }

    @Override
    public boolean write(String key, byte[] bytes, WriteOptions options) throws IOException {
      keys.put(name.apply(key), key);
      return super.write(name.apply(key), bytes, options);
    }

    @Override
    public boolean delete(String key, Condition condition) {
      keys.remove(name.apply(key));
      return super.delete(name.apply(key), condition);
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

  @CaughtBy("entriesThatExistThroughoutAreAlwaysListed")
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

  @CaughtBy({
    "aListingCanRemoveWhatItLists",
    "removalsDuringAListingHideNoOtherEntry",
    "aClearRemovesMoreThanAPage"
  })
  static class PagesByLimitAndOffset extends ByteStoreContract {
    private static final int LIMIT = 1_000;

    @Override
    public ByteStore openStore(SettableClock clock) {
      return new MapByteStore() {
        @Override
        public Stream<String> keys(String prefix) {
          return Stream.iterate(0, offset -> offset + LIMIT)
              .map(offset -> page(prefix, offset))
              .takeWhile(page -> !page.isEmpty())
              .flatMap(List::stream);
        }

        private List<String> page(String prefix, int offset) {
          return super.keys(prefix).sorted().skip(offset).limit(LIMIT).toList();
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
        public boolean delete(String key, Condition condition) {
          super.delete(key, condition);
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
        public boolean delete(String key, Condition condition) {
          boolean present = contains(key);
          hesitate();
          super.delete(key, condition);
          return present;
        }

        @Override
        public boolean contains(String key) {
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
            public byte @Nullable [] read(String key, Access access) {
              try {
                return failing.read(key, access);
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
        public boolean write(String key, byte[] bytes, WriteOptions options) throws IOException {
          delete(key, Condition.NONE);
          hesitate();
          return super.write(key, bytes, options);
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
        public boolean write(String key, byte[] bytes, WriteOptions options) throws IOException {
          super.write(key, Arrays.copyOf(bytes, bytes.length / 2), options);
          hesitate();
          return super.write(key, bytes, options);
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
        public byte @Nullable [] read(String key, Access access) {
          return reads.incrementAndGet() % 2 == 0
              ? super.read(key, access)
              : replica.read(key, access);
        }

        @Override
        public boolean write(String key, byte[] bytes, WriteOptions options) throws IOException {
          super.write(key, bytes, options);
          hesitate();
          return replica.write(key, bytes, options);
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
        public byte @Nullable [] read(String key, Access access) {
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
        public boolean write(String key, byte[] bytes, WriteOptions options) throws IOException {
          Thread.interrupted();
          return super.write(key, bytes, options);
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
        public boolean write(String key, byte[] bytes, WriteOptions options) throws IOException {
          closed |= Thread.currentThread().isInterrupted();
          if (closed) {
            throw new ClosedByInterruptException();
          }
          return super.write(key, bytes, options);
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

  private static final class BatchStore extends MapByteStore {
    private final int most;

    BatchStore(int most) {
      this.most = most;
    }

    @Override
    public Map<String, byte[]> readAll(List<String> keys, BiConsumer<String, Exception> failed) {
      Map<String, byte[]> found = new HashMap<>(entries);
      found.keySet().retainAll(keys);
      return found;
    }

    @Override
    public void writeAll(
        Map<String, byte[]> values, WriteOptions options, BiConsumer<String, Exception> failed) {
      values.entrySet().stream()
          .limit(most)
          .forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    }

    @Override
    public void deleteAll(List<String> keys, BiConsumer<String, Exception> failed) {
      keys.forEach(entries::remove);
    }
  }

  @CaughtBy({
    "aRaceOfPutIfAbsentHasOneWinner",
    "aCounterKeptByReplaceLosesNoIncrement",
    "aCounterKeptByTheMapLosesNoIncrement",
    "aPutIsNeverOverwrittenByAReplaceOfWhatWasThereBefore",
    "operationsOfEightThreadsAreLinearizable"
  })
  static class LooksAndThenWrites extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public boolean write(String key, byte[] bytes, WriteOptions options) {
          if (options.condition().isNone()) {
            return super.write(key, bytes, options);
          }
          State seen = live(entries.get(key));
          hesitate();
          boolean matches = holds(options.condition(), seen);
          if (matches) {
            entries.put(key, state(bytes, options.ttl()));
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
        public boolean delete(String key, Condition condition) {
          if (condition.isNone()) {
            return super.delete(key, condition);
          }
          State seen = live(entries.get(key));
          hesitate();
          boolean matches = seen != null && holds(condition, seen);
          if (matches) {
            entries.remove(key);
          }
          return matches;
        }
      };
    }
  }

  /** Writes under another condition than the one that was asked for. */
  private static ByteStore deciding(
      SettableClock clock,
      BiFunction<Condition, AtomicMapByteStore.@Nullable State, Condition> flaw) {
    return new AtomicMapByteStore(clock, null) {
      @Override
      public boolean write(String key, byte[] bytes, WriteOptions options) {
        Condition other = flaw.apply(options.condition(), live(entries.get(key)));
        return super.write(key, bytes, options.onlyIf(other));
      }
    };
  }

  @CaughtBy("aReplaceNeedsTheVersionThatIsThere")
  static class ReplacesAnyVersion extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return deciding(
          clock,
          (condition, seen) ->
              condition.version() == null || seen == null
                  ? condition
                  : Condition.version(seen.version));
    }
  }

  /** As a column does that each update of a row counts up. */
  @CaughtBy("aVersionFromBeforeARemovalIsThatOfNoLaterEntry")
  static class CountsTheWritesOfEachEntry extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        private final Map<String, Long> writes = new ConcurrentHashMap<>();

        private Version version(String key) {
          return Version.of(writes.getOrDefault(key, 0L));
        }

        @Override
        public @Nullable Entry<byte[]> readEntry(String key, Access access) {
          Entry<byte[]> entry = super.readEntry(key, access);
          return entry == null ? null : entry.withVersion(version(key));
        }

        @Override
        public synchronized boolean write(String key, byte[] bytes, WriteOptions options) {
          Entry<byte[]> entry = readEntry(key, Access.PEEK);
          if (!options.condition().holds(entry == null ? null : version(key))) {
            return false;
          }
          writes.merge(key, 1L, Long::sum);
          return super.write(key, bytes, WriteOptions.NONE);
        }

        @Override
        public synchronized boolean delete(String key, Condition condition) {
          boolean deletes = condition.holds(version(key)) && super.delete(key, Condition.NONE);
          if (deletes) {
            writes.remove(key);
          }
          return deletes;
        }
      };
    }
  }

  @CaughtBy("aReplaceNeverCreates")
  static class ReplacesWhatIsNotThere extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return deciding(
          clock,
          (condition, seen) ->
              condition.version() != null && seen == null ? Condition.ABSENT : condition);
    }
  }

  @CaughtBy("aRemoveByVersionNeedsTheVersionThatIsThere")
  static class RemovesAnyVersion extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public boolean delete(String key, Condition condition) {
          return super.delete(key, Condition.NONE);
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
        public byte @Nullable [] read(String key, Access access) {
          State seen = entries.get(key);
          if (seen != null && live(seen) == null) {
            hesitate();
            entries.remove(key);
          }
          return super.read(key, access);
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

  @CaughtBy({"conditionsSeeNoExpiredEntry", "aRaceForThePlaceOfAnExpiredEntryHasOneWinner"})
  static class KeepsThePlaceOfWhatHasExpired extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public boolean write(String key, byte[] bytes, WriteOptions options) {
          return !(options.condition().isAbsent() && entries.containsKey(key))
              && super.write(key, bytes, options);
        }
      };
    }
  }

  @CaughtBy("valueAndDeadlineOfAnEntryAreThoseOfOneWrite")
  static class ReadsValueAndDeadlineInTwoSteps extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public @Nullable Entry<byte[]> readEntry(String key, Access access) {
          byte[] value = read(key, access);
          hesitate();
          Entry<byte[]> entry = super.readEntry(key, access);
          return value == null || entry == null ? null : entry.withValue(value);
        }
      };
    }
  }

  @CaughtBy("aPurgeTakesNoFreshValueOfAnotherOpener")
  static class PurgesWhatItSawByKey extends ByteStoreContract {
    private final Map<String, AtomicMapByteStore.State> place = new ConcurrentHashMap<>();

    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(place, "", clock, null) {
        @Override
        public long purgeExpired() {
          State seen = entries.get("k");
          if (seen != null && live(seen) == null) {
            hesitate();
            entries.remove("k");
          }
          return super.purgeExpired();
        }
      };
    }

    @Override
    public Optional<Storage<String>> openAgain(SettableClock clock) {
      return Optional.of(Storages.of(openStore(clock), Codecs.text()));
    }
  }

  @CaughtBy("anEntryIsGoneAtItsDeadline")
  static class ReportsWhatHasExpired extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public boolean contains(String key) {
          return entries.containsKey(key);
        }
      };
    }
  }

  /** Writes with another time to live than the one that was asked for. */
  private static ByteStore timing(
      SettableClock clock, @Nullable Duration expiration, UnaryOperator<WriteOptions> flaw) {
    return new AtomicMapByteStore(clock, expiration) {
      @Override
      public boolean write(String key, byte[] bytes, WriteOptions options) {
        return super.write(key, bytes, flaw.apply(options));
      }
    };
  }

  private static WriteOptions changed(WriteOptions options, UnaryOperator<Duration> change) {
    Duration ttl = options.ttl();
    return ttl == null ? options : options.expiringAfter(change.apply(ttl));
  }

  @CaughtBy({"anEntryIsGoneAtItsDeadline", "aTimeToLiveOfAMillisecondIsNotZero"})
  static class CountsWholeSeconds extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return timing(
          clock, null, options -> changed(options, ttl -> Duration.ofSeconds(ttl.toSeconds())));
    }
  }

  @CaughtBy("aHugeTimeToLiveIsALongOne")
  static class OverflowsWithHugeTimes extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return timing(
          clock,
          null,
          options ->
              changed(
                  options,
                  ttl -> Duration.ofNanos(ttl.getSeconds() * 1_000_000_000 + ttl.getNano())));
    }
  }

  @CaughtBy("everyWriteSetsTheDeadlineAnew")
  static class KeepsTheFirstDeadline extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return new AtomicMapByteStore(clock, null) {
        @Override
        public boolean write(String key, byte[] bytes, WriteOptions options) {
          State seen = live(entries.get(key));
          return super.write(
              key,
              bytes,
              options.ttl() != null || seen == null || seen.deadline == null
                  ? options
                  : options.expiringAfter(Duration.between(this.clock.instant(), seen.deadline)));
        }
      };
    }
  }

  @CaughtBy("everyWriteLivesAsLongAsTheStorageSays")
  static class ReplacesForEver extends ByteStoreContract {
    @Override
    public ByteStore openStore(SettableClock clock) {
      return timing(
          clock,
          Duration.ofMinutes(5),
          options ->
              options.condition().isNone() || options.ttl() != null
                  ? options
                  : options.expiringAfter(Duration.ofDays(1)));
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
