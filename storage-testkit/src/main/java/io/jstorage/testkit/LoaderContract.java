package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.Capability;
import io.jstorage.Loader;
import io.jstorage.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link Storage#get(String, Loader)}: one load of a key at a time, shared by all callers. */
interface LoaderContract extends StorageFixture {
  @Test
  @Promise(
      value =
          "get with a loader returns what is stored; on a miss it loads, stores and returns "
              + "the value.",
      lookAt = {
        "AbstractStorage.get with a loader, where Storage is implemented directly",
        "Store.read",
        "Store.write"
      })
  default void aMissIsLoadedAndStored() {
    Storage<String> storage = storage();
    List<String> loaded = new ArrayList<>();
    Loader<String, RuntimeException> loader =
        key -> {
          loaded.add(key);
          return "loaded " + key;
        };
    assertThat(storage.get("k", loader)).isEqualTo("loaded k");
    assertThat(storage.get("k")).contains("loaded k");
    assertThat(storage.get("k", loader)).isEqualTo("loaded k");
    storage.put("other", "v");
    assertThat(storage.get("other", loader)).isEqualTo("v");
    assertThat(loaded).containsExactly("k");
  }

  @Test
  @Promise(
      value = "A loader that returns null fails by NullPointerException, and nothing is stored.",
      lookAt = {
        "AbstractStorage.get with a loader, where Storage is implemented directly",
        "Store.read",
        "Store.write"
      })
  @SuppressWarnings("NullAway") // That is what is tried.
  default void aLoaderThatReturnsNullStoresNothing() {
    Storage<String> storage = storage();
    assertThatThrownBy(() -> storage.get("k", key -> null))
        .isInstanceOf(NullPointerException.class);
    assertThat(storage.contains("k")).isFalse();
    assertThat(storage.get("k", key -> "v")).isEqualTo("v");
    assertThatThrownBy(() -> storage.get("k", null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  @Promise(
      value =
          "The exception of a loader reaches the caller unchanged; nothing is stored, and "
              + "the next call loads again.",
      lookAt = {
        "AbstractStorage.get with a loader, where Storage is implemented directly",
        "Store.read",
        "Store.write"
      })
  default void exceptionsOfALoaderPassUnchangedAndAreNotRemembered() {
    Storage<String> storage = storage();
    for (Throwable own : List.of(new IllegalStateException("own"), new AssertionError("own"))) {
      assertThatThrownBy(() -> storage.get("k", key -> sneaky(own))).isSameAs(own);
      assertThat(storage.contains("k")).isFalse();
    }
    assertThat(storage.get("k", key -> "v")).isEqualTo("v");
  }

  @Test
  @Promise(
      value =
          "Callers that ask for a key while it is loaded wait for that load and get its "
              + "value.",
      lookAt = {
        "AbstractStorage.get with a loader, where Storage is implemented directly",
        "Store.read",
        "Store.write"
      })
  default void callersDuringALoadGetItsValue() {
    Storage<String> storage = storage();
    AtomicInteger loads = new AtomicInteger();
    try (Load load = new Load(storage, "k", () -> "loaded " + loads.incrementAndGet())) {
      List<FutureTask<String>> waiting = new ArrayList<>();
      for (int i = 1; i < threads(); i++) {
        waiting.add(start(() -> storage.get("k", key -> "loaded " + loads.incrementAndGet())));
      }
      load.finish();
      assertThat(load.result()).isEqualTo("loaded 1");
      for (FutureTask<String> waiter : waiting) {
        assertThat(Race.resultOf(waiter)).isEqualTo("loaded 1");
      }
    }
    assertThat(loads.get()).isEqualTo(1);
  }

  @Test
  @Promise(
      value = "Callers that wait for a load get its exception, too.",
      lookAt = {
        "AbstractStorage.get with a loader, where Storage is implemented directly",
        "Store.read",
        "Store.write"
      })
  default void callersDuringALoadGetItsException() {
    Storage<String> storage = storage();
    IllegalStateException own = new IllegalStateException("own");
    try (Load load = new Load(storage, "k", () -> sneaky(own))) {
      List<FutureTask<@Nullable Throwable>> waiting = new ArrayList<>();
      for (int i = 1; i < threads(); i++) {
        waiting.add(
            start(() -> catchThrowable(() -> storage.get("k", key -> "loaded a second time"))));
      }
      load.finish();
      assertThat(load.failure()).isSameAs(own);
      for (FutureTask<@Nullable Throwable> waiter : waiting) {
        assertThat(Race.resultOf(waiter)).isSameAs(own);
      }
    }
    assertThat(storage.contains("k")).isFalse();
  }

  @Test
  @Promise(
      value =
          "No lock is held while a loader runs: loads of other keys and all other operations "
              + "go on.",
      lookAt = {
        "AbstractStorage.get with a loader, where Storage is implemented directly",
        "Store.read",
        "Store.write"
      })
  default void loadsOfDifferentKeysAndOtherOperationsGoOn() {
    Storage<String> storage = storage();
    try (Load load = new Load(storage, "slow", () -> "slow")) {
      FutureTask<String> other =
          start(
              () -> {
                storage.put("x", "v");
                storage.remove("x");
                storage.size();
                return storage.get("quick", key -> "quick");
              });
      assertThat(Race.resultOf(other)).isEqualTo("quick");
      load.finish();
      assertThat(load.result()).isEqualTo("slow");
    }
  }

  @Test
  @Promise(
      value = "A loader may use the storage, and load other keys.",
      lookAt = {
        "AbstractStorage.get with a loader, where Storage is implemented directly",
        "Store.read",
        "Store.write"
      })
  default void aLoaderMayUseTheStorage() {
    Storage<String> storage = storage();
    assertThat(
            storage.get(
                "a",
                a -> {
                  storage.put("x", "put by a loader");
                  return "a of " + storage.get("b", b -> "b of " + storage.get("c", c -> "c"));
                }))
        .isEqualTo("a of b of c");
    assertThat(storage.getAll(List.of("a", "b", "c", "x")))
        .containsExactly(
            Map.entry("a", "a of b of c"),
            Map.entry("b", "b of c"),
            Map.entry("c", "c"),
            Map.entry("x", "put by a loader"));
  }

  @Test
  @Promise(
      value =
          "A loader that asks for its own key, directly or through others, fails by "
              + "IllegalStateException instead of waiting for ever.",
      lookAt = {
        "AbstractStorage.get with a loader, where Storage is implemented directly",
        "Store.read",
        "Store.write"
      })
  default void aLoaderThatAsksForItsOwnKeyIsRefused() {
    Storage<String> storage = storage();
    assertThatThrownBy(() -> storage.get("k", key -> storage.get("k", again -> "inner")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("k");
    assertThatThrownBy(
            () -> storage.get("a", a -> storage.get("b", b -> storage.get("a", again -> "inner"))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(storage.size()).isZero();
    assertThat(storage.get("k", key -> "v")).isEqualTo("v");
    assertThat(storage.get("a", key -> "v")).isEqualTo("v");
  }

  @Test
  @Promise(
      value =
          "Two loaders that ask for each other's keys do not wait for ever: one of them "
              + "fails by IllegalStateException.",
      lookAt = {
        "AbstractStorage.get with a loader, where Storage is implemented directly",
        "Store.read",
        "Store.write"
      })
  default void loadersOfTwoThreadsThatAskForEachOthersKeysAreRefused() {
    Storage<String> storage = storage();
    CountDownLatch bothLoad = new CountDownLatch(2);
    try (Race race = new Race(2)) {
      List<Throwable> failures =
          race.run(
              number -> {
                String own = number == 0 ? "a" : "b";
                String others = number == 0 ? "b" : "a";
                return catchThrowable(
                    () ->
                        storage.get(
                            own,
                            key -> {
                              bothLoad.countDown();
                              Race.await(bothLoad);
                              return storage.get(others, k -> "inner");
                            }));
              });
      assertThat(failures).anyMatch(IllegalStateException.class::isInstance);
      assertThat(failures).allMatch(e -> e == null || e instanceof IllegalStateException);
    }
    assertThat(storage.get("a", key -> "v")).isNotNull();
    assertThat(storage.get("b", key -> "v")).isNotNull();
  }

  @Test
  @Promise(
      value = "Waiting for a load that has ended is over, and counts for no recursion.",
      lookAt = {
        "AbstractStorage.get with a loader, where Storage is implemented directly",
        "Store.read",
        "Store.write"
      })
  default void waitingForALoaderThatWaitedForMeIsNoRecursion() {
    Storage<String> storage = storage();
    try (Race race = new Race(2)) {
      for (int round = 0; round < rounds(); round++) {
        String a = "a" + round;
        String b = "b" + round;
        CountDownLatch loadsB = new CountDownLatch(1);
        CountDownLatch loadsA = new CountDownLatch(1);
        Thread[] first = new Thread[1];
        List<String> values =
            race.run(
                number -> {
                  if (number == 0) {
                    first[0] = Thread.currentThread();
                    Race.await(loadsB);
                    return storage.get(
                        a,
                        key -> {
                          loadsA.countDown();
                          return "a of " + storage.get(b, k -> "b again");
                        });
                  }
                  storage.get(
                      b,
                      key -> {
                        loadsB.countDown();
                        Race.await(loadsA);
                        Race.awaitBlocked(first[0]);
                        return "b";
                      });
                  return storage.get(a, key -> "a again");
                });
        assertThat(values).containsOnly("a of b");
      }
    }
  }

  @Test
  @Promise(
      value = "A value that was written during a load is not overwritten by what was loaded.",
      lookAt = {
        "AbstractStorage.get with a loader, where Storage is implemented directly",
        "Store.read",
        "Store.write"
      })
  default void aWriteDuringALoadKeepsTheLoadedValueOut() {
    Storage<String> storage = storage();
    Map<String, Runnable> writes = new LinkedHashMap<>();
    writes.put("put", () -> storage.put("k", "put"));
    writes.put("putAll", () -> storage.putAll(Map.of("k", "put")));
    writes.put("asMap().put", () -> storage.asMap().put("k", "put"));
    for (Map.Entry<String, Runnable> write : writes.entrySet()) {
      storage.clear();
      try (Load load = new Load(storage, "k", () -> "loaded")) {
        write.getValue().run();
        load.finish();
        assertThat(load.result()).as(write.getKey()).isIn("loaded", "put");
      }
      assertThat(storage.get("k")).as(write.getKey()).contains("put");
    }
  }

  @Test
  @Promise(
      value =
          "A key that was removed during a load stays absent: what was loaded is returned "
              + "and not stored.",
      lookAt = {
        "AbstractStorage.get with a loader, where Storage is implemented directly",
        "Store.read",
        "Store.write"
      })
  default void aRemovalDuringALoadKeepsTheLoadedValueOut() {
    Storage<String> storage = storage();
    Map<String, Runnable> removals = new LinkedHashMap<>();
    removals.put("remove", () -> storage.remove("k"));
    removals.put("removeAll", () -> storage.removeAll(List.of("x", "k")));
    removals.put("clear", storage::clear);
    removals.put("asMap().remove", () -> storage.asMap().remove("k"));
    removals.put("asMap().keySet().remove", () -> storage.asMap().keySet().remove("k"));
    removals.put("asMap().clear", () -> storage.asMap().clear());
    removals.put(
        "put and remove",
        () -> {
          storage.put("k", "put");
          storage.remove("k");
        });
    for (Map.Entry<String, Runnable> removal : removals.entrySet()) {
      try (Load load = new Load(storage, "k", () -> "loaded")) {
        removal.getValue().run();
        load.finish();
        assertThat(load.result()).as(removal.getKey()).isEqualTo("loaded");
      }
      assertThat(storage.get("k")).as("after %s", removal.getKey()).isEmpty();
    }
  }

  @Test
  @Promise(
      value = "Changes of other keys do not keep a loaded value from being stored.",
      lookAt = {
        "AbstractStorage.get with a loader, where Storage is implemented directly",
        "Store.read",
        "Store.write"
      })
  default void aWriteToAnotherKeyDoesNotKeepTheLoadedValueOut() {
    Storage<String> storage = storage();
    try (Load load = new Load(storage, "k", () -> "loaded")) {
      storage.put("other", "v");
      storage.remove("other");
      load.finish();
      assertThat(load.result()).isEqualTo("loaded");
    }
    assertThat(storage.get("k")).contains("loaded");
  }

  @Test
  @Promise(
      value =
          "With Capability.ATOMIC a value that was stored during the load is returned in "
              + "place of what was loaded.",
      lookAt = {"Store.write with Condition.ABSENT"})
  default void theWinnerIsReturnedWhereTheStorageIsAtomic() {
    Storage<String> storage = storage();
    Assume.has(storage, Capability.ATOMIC);
    try (Load load = new Load(storage, "k", () -> "loaded")) {
      storage.putIfAbsent("k", "winner");
      load.finish();
      assertThat(load.result()).isEqualTo("winner");
    }
    assertThat(storage.get("k")).contains("winner");
  }

  @Test
  @Promise(
      value =
          "With Capability.ATOMIC a value that another object stored during the load is "
              + "returned in place of what was loaded.",
      lookAt = {"Store.write with Condition.ABSENT"})
  default void theWinnerOfAnotherObjectIsReturnedWhereTheStorageIsAtomic() {
    Storage<String> storage = storage();
    Assume.has(storage, Capability.ATOMIC);
    Storage<String> other = AdditionalStorages.secondObject(this);
    try (Load load = new Load(storage, "k", () -> "loaded")) {
      other.put("k", "winner");
      load.finish();
      assertThat(load.result()).isEqualTo("winner");
    }
    assertThat(storage.get("k")).contains("winner");
  }

  /** Starts a task in a thread of its own and waits until that thread waits. */
  private static <T> FutureTask<T> start(Callable<T> task) {
    FutureTask<T> future = new FutureTask<>(task);
    Thread thread = Race.daemon(future);
    thread.start();
    Race.awaitBlocked(thread);
    return future;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T, E extends Throwable> T sneaky(Throwable e) throws E {
    throw (E) e;
  }

  @Test
  @Promise(
      value =
          "A load that begins while a put is in flight never overwrites the value that was put.",
      lookAt = {"AbstractStorage.get with a loader, where Storage is implemented directly"})
  default void aLoadThatBeginsDuringAPutNeverOverwritesIt() {
    Storage<String> storage = storage();
    try (Race race = new Race(2)) {
      for (int round = 0; round < rounds(); round++) {
        String put = "put " + round;
        storage.remove("k");
        race.run(
            number -> {
              if (number == 0) {
                storage.put("k", put);
              } else {
                storage.get("k", key -> "loaded");
              }
              return number;
            });
        assertThat(storage.get("k")).as("round %d", round).contains(put);
      }
    }
  }
}
