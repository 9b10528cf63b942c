package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract of a storage with a limit that evicts the least recently used entry, exactly. Extend
 * it in a test class, and implement {@link #open}; extend {@link StorageContract} too, with a limit
 * of some thousands.
 *
 * <p>An access to an entry is every successful write, and every read of its value by {@code get},
 * {@code require}, the loader, {@code entry}, {@code getAll} and {@code asMap().get}, in the order
 * of the calls and, in a batch, of the request. No other call is an access.
 */
@ExtendWith(FailureExplainer.class)
public abstract class LruContract {
  private final SettableClock clock = new SettableClock();
  private final Deque<Storage<String>> opened = new ArrayDeque<>();

  /** For subclasses. */
  protected LruContract() {}

  /**
   * Opens a storage of text that is empty and shares its entries with no other. The kit closes it.
   *
   * @param limit how many entries it keeps, from 1 to 100
   * @param clock the clock by which it expires its entries, if it does
   * @return the storage
   * @throws Exception if that fails; the test fails too
   */
  protected abstract Storage<String> open(int limit, SettableClock clock) throws Exception;

  /**
   * Returns how many random operations are compared with a model. Lower it if one takes
   * milliseconds.
   *
   * @return by default 20 000
   */
  protected int operations() {
    return 20_000;
  }

  /**
   * Releases the resources of the tests. Called after every test, when its storages have been
   * closed.
   *
   * @throws Exception if that fails
   */
  protected void release() throws Exception {}

  @AfterEach
  final void closeEverything() throws Exception {
    try {
      while (!opened.isEmpty()) {
        opened.pop().close();
      }
    } finally {
      release();
    }
  }

  private Storage<String> ofLimit(int limit) throws Exception {
    Storage<String> storage = open(limit, clock);
    opened.push(storage);
    return TracingProxy.storage(storage);
  }

  /** A storage of limit 3 that holds a, b and c, used in this order. */
  private Storage<String> abc() throws Exception {
    Storage<String> storage = ofLimit(3);
    storage.put("a", "1");
    storage.put("b", "1");
    storage.put("c", "1");
    return storage;
  }

  @FunctionalInterface
  private interface Use {
    void of(Storage<String> storage);
  }

  @FunctionalInterface
  private interface Question {
    Object about(Storage<String> storage);
  }

  @Test
  @Promise("Beyond the limit the least recently used entry is evicted.")
  void theLeastRecentlyUsedLeaves() throws Exception {
    Storage<String> storage = abc();
    storage.put("d", "1");
    assertThat(Calls.keysOf(storage)).containsExactlyInAnyOrder("b", "c", "d");
    assertThat(storage.get("a")).isEmpty();
    storage.get("b");
    storage.put("e", "1");
    assertThat(Calls.keysOf(storage)).containsExactlyInAnyOrder("b", "d", "e");
  }

  @Test
  @Promise("A storage holds as many entries as its limit, and no more.")
  void theStorageHoldsAsManyAsItsLimitAndNoMore() throws Exception {
    for (int limit : new int[] {1, 2, 7, 100}) {
      Storage<String> storage = ofLimit(limit);
      for (int i = 0; i < 3 * limit; i++) {
        storage.put("key-" + i, "v");
        assertThat(storage.size()).as("limit %s", limit).isEqualTo(Math.min(i + 1, limit));
        assertThat(storage.get("key-" + i)).contains("v");
      }
    }
  }

  @Test
  @Promise("Every reading of a value and every write is an access, by every method that does it.")
  void everyReadingAndEveryWriteIsAUse() throws Exception {
    Map<String, Use> uses = new LinkedHashMap<>();
    uses.put("get", storage -> storage.get("a"));
    uses.put("require", storage -> storage.require("a"));
    uses.put("get(loader)", storage -> storage.get("a", key -> "never"));
    uses.put("entry", storage -> storage.entry("a"));
    uses.put("getAll", storage -> storage.getAll(List.of("a", "absent")));
    uses.put("asMap().get", storage -> storage.asMap().get("a"));
    uses.put("asMap().getOrDefault", storage -> storage.asMap().getOrDefault("a", "x"));
    uses.put("put", storage -> storage.put("a", "2"));
    uses.put("put of the same value", storage -> storage.put("a", "1"));
    uses.put("putAll", storage -> storage.putAll(Map.of("a", "2")));
    uses.put("asMap().put", storage -> storage.asMap().put("a", "2"));
    uses.put(
        "setValue",
        storage ->
            storage.asMap().entrySet().stream()
                .filter(entry -> entry.getKey().equals("a"))
                .forEach(entry -> entry.setValue("2")));
    Map<String, Use> conditional = new LinkedHashMap<>();
    conditional.put("replace", storage -> storage.replace("a", versionOf(storage, "a"), "2"));
    conditional.put("asMap().replace", storage -> storage.asMap().replace("a", "2"));
    conditional.put("asMap().compute", storage -> storage.asMap().compute("a", (k, v) -> "2"));
    conditional.put("asMap().merge", storage -> storage.asMap().merge("a", "2", String::concat));
    if (isAtomic()) {
      uses.putAll(conditional);
    }
    for (Map.Entry<String, Use> use : uses.entrySet()) {
      Storage<String> storage = abc();
      use.getValue().of(storage);
      storage.put("d", "1");
      assertThat(Calls.keysOf(storage))
          .as("what is left after %s of a", use.getKey())
          .containsExactlyInAnyOrder("a", "c", "d");
    }
  }

  @Test
  @Promise(
      value = "Nothing but reading a value and writing it is an access.",
      lookAt = {"Store.read and Store.readEntry with Access.PEEK", "Store.contains", "Store.keys"})
  void nothingElseIsAUse() throws Exception {
    Map<String, Question> others = new LinkedHashMap<>();
    others.put("contains", storage -> storage.contains("a"));
    others.put("keys", storage -> Calls.list(storage.keys()));
    others.put("keys(prefix)", storage -> Calls.list(storage.keys("a")));
    others.put("size", Storage::size);
    others.put("toString", Object::toString);
    others.put("asMap().containsKey", storage -> storage.asMap().containsKey("a"));
    others.put("asMap().containsValue", storage -> storage.asMap().containsValue("1"));
    others.put("asMap().keySet()", storage -> new ArrayList<>(storage.asMap().keySet()));
    others.put("asMap().values()", storage -> new ArrayList<>(storage.asMap().values()));
    others.put("asMap().entrySet()", storage -> new LinkedHashMap<>(storage.asMap()));
    others.put("asMap().equals", storage -> storage.asMap().equals(Map.of("a", "1")));
    others.put("asMap().hashCode", storage -> storage.asMap().hashCode());
    others.put("a refused key", storage -> catchThrowable(() -> storage.put("", "v")));
    others.put("get of an absent key", storage -> storage.get("absent"));
    others.put("remove of an absent key", storage -> storage.remove("absent"));
    Map<String, Question> conditional = new LinkedHashMap<>();
    Version unknown = Version.parse("never-given");
    conditional.put("a failed putIfAbsent", storage -> storage.putIfAbsent("a", "2"));
    conditional.put("a failed replace", storage -> storage.replace("a", unknown, "2"));
    conditional.put("a failed remove", storage -> storage.remove("a", unknown));
    if (isAtomic()) {
      others.putAll(conditional);
    }
    for (Map.Entry<String, Question> other : others.entrySet()) {
      Storage<String> storage = abc();
      other.getValue().about(storage);
      storage.put("d", "1");
      assertThat(Calls.keysOf(storage))
          .as("what is left after %s", other.getKey())
          .containsExactlyInAnyOrder("b", "c", "d");
    }
  }

  @Test
  @Promise(
      value = "An overwrite at the limit evicts no entry.",
      lookAt = {"Store.write"})
  void anOverwriteAtTheLimitDropsNobody() throws Exception {
    Storage<String> storage = abc();
    for (int i = 0; i < 10; i++) {
      storage.put("b", "value " + i);
      storage.putAll(Map.of("b", "batch " + i));
      storage.asMap().put("b", "map " + i);
    }
    assertThat(Calls.keysOf(storage)).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  @Promise(
      value = "A removal makes room for one more entry.",
      lookAt = {"Store.delete", "Store.clear"})
  void aRemovalMakesRoom() throws Exception {
    Storage<String> storage = abc();
    storage.remove("b");
    storage.put("d", "1");
    assertThat(Calls.keysOf(storage)).containsExactlyInAnyOrder("a", "c", "d");
    storage.clear();
    storage.put("x", "1");
    storage.put("y", "1");
    storage.put("z", "1");
    assertThat(Calls.keysOf(storage)).containsExactlyInAnyOrder("x", "y", "z");
  }

  @Test
  @Promise(
      value = "Every way of adding an entry keeps the limit.",
      lookAt = {"Store.write"})
  void everyWayOfAddingKeepsTheLimit() throws Exception {
    Map<String, Use> additions = new LinkedHashMap<>();
    additions.put("get(loader)", storage -> storage.get("d", key -> "1"));
    additions.put("putAll", storage -> storage.putAll(Map.of("d", "1")));
    additions.put("asMap().put", storage -> storage.asMap().put("d", "1"));
    if (isAtomic()) {
      additions.put("putIfAbsent", storage -> storage.putIfAbsent("d", "1"));
      additions.put("computeIfAbsent", storage -> storage.asMap().computeIfAbsent("d", k -> "1"));
    }
    for (Map.Entry<String, Use> addition : additions.entrySet()) {
      Storage<String> storage = abc();
      addition.getValue().of(storage);
      assertThat(Calls.keysOf(storage))
          .as("what is left after %s of d", addition.getKey())
          .containsExactlyInAnyOrder("b", "c", "d");
    }
  }

  @Test
  @Promise(
      value = "The entries of a batch are accessed in the order of the request.",
      lookAt = {"Store.readAll", "Store.writeAll"})
  void aBatchIsUsedInTheOrderOfTheRequest() throws Exception {
    Storage<String> read = abc();
    read.getAll(List.of("c", "a", "b"));
    read.putAll(inOrder("d", "e"));
    assertThat(Calls.keysOf(read)).containsExactlyInAnyOrder("b", "d", "e");
    for (boolean throughMap : new boolean[] {false, true}) {
      Storage<String> written = ofLimit(3);
      Map<String, String> batch = inOrder("p", "o", "n", "m", "l", "k");
      if (throughMap) {
        written.asMap().putAll(batch);
      } else {
        written.putAll(batch);
      }
      assertThat(Calls.keysOf(written)).containsExactlyInAnyOrder("m", "l", "k");
    }
  }

  @Test
  @Promise("Any sequence of operations evicts what an exact model evicts.")
  void anyHistoryDropsWhatTheModelDrops() throws Exception {
    compareWithModel(Runnable::run);
  }

  @Test
  @Promise(
      "Recency is that of all threads together: a sequence of operations that passes from "
          + "thread to thread evicts what an exact model evicts.")
  void aHistoryThatPassesFromThreadToThreadDropsWhatTheModelDrops() throws Exception {
    ExecutorService[] threads = new ExecutorService[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = Executors.newSingleThreadExecutor(Race::daemon);
    }
    int[] turn = new int[1];
    try {
      compareWithModel(
          step -> {
            Race.resultOf(threads[turn[0]++ % threads.length].submit(step, true));
          });
    } finally {
      for (ExecutorService thread : threads) {
        thread.shutdownNow();
      }
    }
  }

  @FunctionalInterface
  private interface Executor {
    void run(Runnable step);
  }

  private void compareWithModel(Executor executor) throws Exception {
    int limit = 16;
    Storage<String> storage = ofLimit(limit);
    LinkedHashMap<String, String> model = new LinkedHashMap<>(16, 0.75f, true);
    Random random = new Random(Seed.get());
    for (int i = 0; i < operations(); i++) {
      String key = "key-" + (int) Math.abs(random.nextGaussian() * limit);
      String value = "v" + i;
      int operation = random.nextInt(10);
      String step = "step " + i + ", " + key;
      executor.run(
          () -> {
            switch (operation) {
              case 0, 1, 2, 3 ->
                  assertThat(storage.asMap().get(key)).as(step).isEqualTo(model.get(key));
              case 4, 5, 6 -> {
                storage.put(key, value);
                model.put(key, value);
                if (model.size() > limit) {
                  model.remove(model.keySet().iterator().next());
                }
              }
              case 7 ->
                  assertThat(storage.contains(key)).as(step).isEqualTo(model.containsKey(key));
              case 8 ->
                  assertThat(storage.remove(key)).as(step).isEqualTo(model.remove(key) != null);
              default ->
                  assertThat(storage.entry(key).map(Entry::value).orElse(null))
                      .as(step)
                      .isEqualTo(model.get(key));
            }
          });
      if (i % 16 == 0) {
        assertThat(Calls.keysOf(storage)).as(step).hasSameElementsAs(model.keySet());
        assertThat(storage.size()).as(step).isEqualTo(model.size());
      }
    }
  }

  @Test
  @Promise("The limit holds whatever many threads do at once, and no key has another one's value.")
  void theLimitHoldsUnderManyThreads() throws Exception {
    Storage<String> storage = ofLimit(10);
    int steps = Math.min(operations(), 20_000) / 8;
    AtomicBoolean wrong = new AtomicBoolean();
    try (Race race = new Race(8)) {
      race.run(
          number -> {
            Random random = new Random(number);
            for (int i = 0; i < steps; i++) {
              String key = "key-" + random.nextInt(20);
              switch (random.nextInt(4)) {
                case 0 -> storage.remove(key);
                case 1 -> storage.put(key, key);
                case 2 -> storage.get(key, k -> k);
                default -> wrong.compareAndSet(false, !storage.get(key).orElse(key).equals(key));
              }
            }
            return number;
          });
    }
    assertThat(wrong.get()).as("a value of another key was seen").isFalse();
    assertThat(storage.size()).isLessThanOrEqualTo(10);
    assertThat(Calls.keysOf(storage)).hasSize((int) storage.size());
    for (int i = 0; i < 10; i++) {
      storage.put("last-" + i, "v");
    }
    assertThat(Calls.keysOf(storage)).hasSize(10).allMatch(key -> key.startsWith("last-"));
  }

  private boolean isAtomic() throws Exception {
    return ofLimit(1).capabilities().contains(Capability.ATOMIC);
  }

  private static Map<String, String> inOrder(String... keys) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : keys) {
      values.put(key, "1");
    }
    return values;
  }

  private static Version versionOf(Storage<?> storage, String key) {
    return storage.entry(key).flatMap(Entry::version).orElseThrow();
  }
}
