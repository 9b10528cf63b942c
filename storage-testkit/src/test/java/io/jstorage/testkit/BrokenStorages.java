package io.jstorage.testkit;

import io.jstorage.Capability;
import io.jstorage.CodecException;
import io.jstorage.KeyNotFoundException;
import io.jstorage.Loader;
import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.Access;
import io.jstorage.spi.Condition;
import io.jstorage.spi.ForwardingStore;
import io.jstorage.spi.Storages;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Storages with one flaw each, above the store. */
final class BrokenStorages {
  private BrokenStorages() {}

  private static Storage<String> plain() {
    return Storages.of(new MapByteStore(), Codecs.text());
  }

  private static Storage<String> everyPower(SettableClock clock) {
    return Storages.of(new AtomicMapByteStore(clock, null), Codecs.text());
  }

  /** Passes everything on; the flaws are in what subclasses override. */
  private abstract static class Policy extends ForwardingStore<String> {
    private final Storage<String> sound;

    Policy(Storage<String> sound) {
      super(Storages.asStore(sound));
      this.sound = sound;
    }

    Storage<String> storage() {
      return Storages.ofPolicy(this, List.of(sound));
    }
  }

  @CaughtBy({
    "stringsThatAreNoKeysAreRefusedByEveryOperation",
    "aBatchWithAStringThatIsNoKeyChangesNothing"
  })
  static class TakesTheEmptyKey extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Storage<String> sound = plain();
      return new Flawed(sound)
          .with("get", 1, key -> sound.get(mended(key[0])))
          .with("put", 2, given -> done(() -> sound.put(mended(given[0]), (String) given[1])))
          .with("removeAll", 1, keys -> done(() -> removeWhatIsValid(sound, keys[0])))
          .storage();
    }

    private static String mended(Object key) {
      return key.equals("") ? "empty" : (String) key;
    }

    private static void removeWhatIsValid(Storage<String> sound, Object keys) {
      for (Object key : (Collection<?>) keys) {
        sound.asMap().remove(key);
      }
    }
  }

  @CaughtBy("stringsThatAreNoKeysAreRefusedByEveryOperation")
  static class TakesUnpairedSurrogates extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Storage<String> sound = plain();
      return new Flawed(sound)
          .with("contains", 1, key -> sound.contains(((String) key[0]).replaceAll("\\p{Cs}", "?")))
          .storage();
    }
  }

  @CaughtBy("aRequiredKeyThatIsAbsentIsNamed")
  static class RepeatsKeysAsTheyAre extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Storage<String> sound = plain();
      return new Flawed(sound)
          .with(
              "require",
              1,
              key ->
                  sound
                      .get((String) key[0])
                      .orElseThrow(() -> new KeyNotFoundException("there is no " + key[0])))
          .storage();
    }
  }

  @CaughtBy({
    "anEntryThatDoesNotDecodeIsACodecFailureOfItsKeyAlone",
    "noLoaderRunsForAnEntryThatDoesNotDecode"
  })
  static class TakesDamageForAMiss extends ByteStoreContract {
    @Override
    public MapByteStore openStore(SettableClock clock) {
      return new MapByteStore();
    }

    @Override
    public Storage<String> open(SettableClock clock) throws Exception {
      return new Policy(super.open(clock)) {
        @Override
        public @Nullable String read(String key, Access access) throws IOException {
          try {
            return super.read(key, access);
          } catch (CodecException e) {
            return null;
          }
        }
      }.storage();
    }
  }

  @CaughtBy("aValueComesBackExactlyOrIsRefusedAndTheOldOneStays")
  static class RemovesBeforeItEncodes extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      return new Policy(plain()) {
        @Override
        public boolean write(String key, String value, WriteOptions options) throws IOException {
          delete(key, Condition.NONE);
          return super.write(key, value, options);
        }
      }.storage();
    }
  }

  @CaughtBy("aBatchWithAValueThatIsRefusedStoresNothing")
  static class EncodesABatchOneByOne extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      return new Policy(plain()) {
        @Override
        public void writeAll(
            Map<String, String> values, WriteOptions options, BiConsumer<String, Exception> failed)
            throws IOException {
          for (Map.Entry<String, String> each : values.entrySet()) {
            write(each.getKey(), each.getValue(), options);
          }
        }
      }.storage();
    }
  }

  @CaughtBy({"getAllKeepsTheOrderOfTheRequest", "theResultOfGetAllCannotBeChanged"})
  static class AnswersBatchesInAnyOrder extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Storage<String> sound = plain();
      return new Flawed(sound)
          .with("getAll", 1, keys -> new HashMap<>(sound.getAll(strings(keys[0]))))
          .storage();
    }
  }

  @CaughtBy({"conditionalWritesAreRefusedWhereTheStorageIsNotAtomic"})
  static class HalfAtomic extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Storage<String> sound = everyPower(clock);
      return new Flawed(sound).with("capabilities", 0, none -> Set.of()).storage();
    }
  }

  @CaughtBy({"timesToLiveAreRefusedWhereTheStorageHasNoExpiry"})
  static class DropsTimesToLive extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Storage<String> sound = plain();
      return new Flawed(sound)
          .with("put", 3, given -> done(() -> sound.put((String) given[0], (String) given[1])))
          .storage();
    }
  }

  @CaughtBy("theEntriesOfABatchAreGoneAtTheirDeadline")
  static class DropsTheTimesOfBatches extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Storage<String> sound = everyPower(clock);
      return new Flawed(sound)
          .with("putAll", 2, given -> done(() -> putAll(sound, given[0])))
          .storage();
    }

    @SuppressWarnings("unchecked")
    private static void putAll(Storage<String> sound, Object values) {
      sound.putAll((Map<String, String>) values);
    }
  }

  @CaughtBy({"everyEntryHasAVersionThatStandsForItsState", "putIfAbsentStoresOnlyWhereNothingIs"})
  static class DeclaresWhatItHasNot extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Storage<String> sound = plain();
      return new Flawed(sound)
          .with("capabilities", 0, none -> Set.of(Capability.ATOMIC))
          .with("putIfAbsent", 2, given -> true)
          .storage();
    }
  }

  @CaughtBy("theCapabilitiesNeverChange")
  static class ShowsItsOwnSet extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Set<Capability> own = EnumSet.of(Capability.WRITE_TIME);
      return new Flawed(everyPower(clock)).with("capabilities", 0, none -> own).storage();
    }
  }

  /** Looks, loads and puts: no flight is single, and nothing that happens meanwhile counts. */
  @CaughtBy({
    "callersDuringALoadGetItsValue",
    "callersDuringALoadGetItsException",
    "aLoaderThatAsksForItsOwnKeyIsRefused",
    "loadersOfTwoThreadsThatAskForEachOthersKeysAreRefused",
    "aWriteDuringALoadKeepsTheLoadedValueOut",
    "aRemovalDuringALoadKeepsTheLoadedValueOut",
    "theWinnerIsReturnedWhereTheStorageIsAtomic"
  })
  static class LoadsNaively extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Storage<String> sound = everyPower(clock);
      return new Flawed(sound)
          .with(
              "get",
              2,
              given -> {
                String key = (String) given[0];
                Optional<String> present = sound.get(key);
                if (present.isPresent()) {
                  return present.get();
                }
                String value = loader(given[1]).load(key);
                sound.put(key, value);
                return value;
              })
          .storage();
    }
  }

  /** Keeps a write out that ends during the load, and none that goes on beyond it. */
  @CaughtBy("aLoadThatBeginsDuringAPutNeverOverwritesIt")
  static class StoresWhatItLoadedOverAnything extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Storage<String> sound = plain();
      return new Flawed(sound)
          .with(
              "get",
              2,
              given -> {
                String key = (String) given[0];
                Optional<String> present = sound.get(key);
                if (present.isPresent()) {
                  return present.get();
                }
                String value = loader(given[1]).load(key);
                LockSupport.parkNanos(1_000_000);
                sound.put(key, value);
                return value;
              })
          .storage();
    }
  }

  @CaughtBy("exceptionsOfALoaderPassUnchangedAndAreNotRemembered")
  static class RemembersFailures extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Storage<String> sound = plain();
      Map<String, RuntimeException> failures = new ConcurrentHashMap<>();
      return new Flawed(sound)
          .with(
              "get",
              2,
              given -> {
                String key = (String) given[0];
                if (failures.containsKey(key)) {
                  throw failures.get(key);
                }
                try {
                  return sound.get(key, loader(given[1]));
                } catch (RuntimeException e) {
                  failures.put(key, e);
                  throw e;
                }
              })
          .storage();
    }
  }

  @CaughtBy("aLoaderThatReturnsNullStoresNothing")
  static class LoadsNullAsAMiss extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Storage<String> sound = plain();
      return new Flawed(sound)
          .with("get", 2, given -> loader(given[1]).load((String) given[0]))
          .storage();
    }
  }

  @CaughtBy({"theMapIsALiveView", "removingThroughAnIteratorWritesThrough"})
  static class ShowsACopyAsMap extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Storage<String> sound = plain();
      return new Flawed(sound)
          .with("asMap", 0, none -> new ConcurrentHashMap<>(sound.asMap()))
          .storage();
    }
  }

  /** A map whose iterators see what is added after they were made. */
  @CaughtBy("anIteratorWalksOverASnapshotOfTheKeys")
  static class IteratesLive extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      ConcurrentMap<String, String> live = new ConcurrentSkipListMap<>(Comparator.reverseOrder());
      return new Flawed(plain()).with("asMap", 0, none -> live).storage();
    }
  }

  @CaughtBy("invalidKeysAreSimplyAbsent")
  static class ThrowsForStrangeKeys extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      return new Flawed(plain()).with("asMap", 0, none -> new ConcurrentSkipListMap<>()).storage();
    }
  }

  @CaughtBy("arraysCompareByContent")
  static class ComparesArraysByIdentity extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      return plain();
    }

    @Override
    public Optional<Storage<byte[]>> openBytes(SettableClock clock) {
      ConcurrentMap<String, byte[]> map = new ConcurrentHashMap<>();
      return Optional.of(new Flawed(plain()).with("asMap", 0, none -> map).storage());
    }
  }

  @CaughtBy({"closingTwiceIsClosingOnce", "manyThreadsMayCloseAtOnce"})
  static class ClosesOnlyOnce extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Storage<String> sound = plain();
      AtomicBoolean closed = new AtomicBoolean();
      return new Flawed(sound)
          .with(
              "close",
              0,
              none -> {
                if (closed.getAndSet(true)) {
                  throw new AssertionError("closed already");
                }
                return done(sound::close);
              })
          .storage();
    }
  }

  @CaughtBy({"everyOperationAfterClosingIsRefused", "closingTwiceIsClosingOnce"})
  static class WorksOnAfterClosing extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      return new Flawed(plain()).with("close", 0, none -> null).storage();
    }
  }

  @CaughtBy("closingDuringUseEndsSoonAndFailsNobodyInAStrangeWay")
  static class BreaksUnderWhoeverUsesItWhenItIsClosed extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Storage<String> sound = plain();
      AtomicBoolean closed = new AtomicBoolean();
      return new Flawed(sound)
          .with(
              "contains",
              1,
              key -> {
                boolean found = sound.contains((String) key[0]);
                if (closed.get()) {
                  throw new IllegalMonitorStateException("the lock is gone");
                }
                return found;
              })
          .with(
              "close",
              0,
              none -> {
                closed.set(true);
                LockSupport.parkNanos(1_000_000);
                return done(sound::close);
              })
          .storage();
    }
  }

  @CaughtBy("noTextShowsAValue")
  static class ShowsItsValues extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      Storage<String> sound = plain();
      return new Flawed(sound).with("toString", 0, none -> "" + sound.asMap()).storage();
    }
  }

  @CaughtBy({"aClearRemovesEverything", "aClearRemovesWhatWasThereThroughout"})
  static class ClearsByHalves extends StorageContract {
    @Override
    public Storage<String> open(SettableClock clock) {
      return new Policy(plain()) {
        @Override
        public void clear() throws IOException {
          List<String> keys = Calls.list(keys(""));
          for (String key : keys.subList(0, keys.size() / 2)) {
            delete(key, Condition.NONE);
          }
        }
      }.storage();
    }
  }

  private static @Nullable Object done(Runnable action) {
    action.run();
    return null;
  }

  @SuppressWarnings("unchecked")
  private static Loader<String, RuntimeException> loader(Object argument) {
    return (Loader<String, RuntimeException>) argument;
  }

  @SuppressWarnings("unchecked")
  private static Collection<String> strings(Object argument) {
    return (Collection<String>) argument;
  }
}
