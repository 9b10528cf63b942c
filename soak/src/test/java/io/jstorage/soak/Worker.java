package io.jstorage.soak;

import static io.jstorage.soak.Slot.ABSENT;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.soak.Subject.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thread's operations on one storage. It alone writes its keys, and so knows what must be under
 * them; of others' keys it knows that no value is torn and none is older than one it saw before.
 */
final class Worker {
  static final int KEYS = 16;

  /** A minute at least. */
  private static final int MOST_TRIES = 6_000;

  private static final int MOST_REMEMBERED = 10_000;
  private static final Duration TTL = Duration.ofMillis(40);
  private static final int CLOCKS_DIFFER_MILLIS = 5;
  private static final long MEMORY_PAUSE_NANOS = 200_000;

  private final int number;
  private final Opened opened;
  private final Tally tally;
  private final Journal journal;
  private final SplittableRandom random;
  private final List<Slot> slots = new ArrayList<>();
  private final List<String> others = new ArrayList<>();
  private final Map<String, Long> newest = new HashMap<>();
  private Interrupts.@Nullable Target interrupts;

  Worker(int number, String name, Opened opened, Tally tally, Journal journal, long seed) {
    this.number = number;
    this.opened = opened;
    this.tally = tally;
    this.journal = journal;
    this.random = new SplittableRandom(seed);
    for (String key : keys(name)) {
      slots.add(new Slot(key, opened.subject().lossy()));
    }
  }

  static List<String> keys(String name) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      // Some are so long, or so odd, that they need other names in files and in URLs.
      keys.add(name + (i % 8 == 7 ? "/Ä" + "-".repeat(300) : i % 8 == 6 ? " *:%" : "-") + i);
    }
    return keys;
  }

  List<Slot> slots() {
    return slots;
  }

  /** Reads keys of another writer too. */
  void watch(List<String> keys) {
    others.addAll(keys);
  }

  /** Works until it is told to stop or a promise is broken, and compares all at the end. */
  void run(BooleanSupplier goOn, Interrupts source) {
    interrupts = source.target();
    try {
      compareAll();
      while (goOn.getAsBoolean()) {
        step();
        if (opened.subject().kind() == Kind.MEMORY) {
          // Or it would leave nothing of the machine to the others.
          LockSupport.parkNanos(MEMORY_PAUSE_NANOS);
        }
      }
      compareAll();
    } catch (Violation e) {
      tally.violation(opened.subject() + ", worker " + number, e);
    } catch (RuntimeException | Error e) {
      tally.violation(opened.subject() + ", worker " + number + ", unexpected", e);
    }
  }

  /** Compares the value of every key; if the server is down, it is asked until it is up. */
  private void compareAll() {
    for (Slot slot : slots) {
      for (int tries = 0; !compare(slot); tries++) {
        if (tries == MOST_TRIES) {
          throw new Violation("there is no answer for " + slot.key());
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  private void step() {
    Slot slot = slots.get(random.nextInt(KEYS));
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4 -> put(slot);
      case 5 -> putForAWhile(slot);
      case 6, 7 -> putIfAbsent(slot);
      case 8, 9 -> replace(slot);
      case 10 -> removeVersion(slot);
      case 11 -> remove(slot);
      case 12 -> contains(slot);
      case 13 -> getAll();
      case 14 -> list();
      case 15, 16, 17 -> compareOther();
      default -> compare(slot);
    }
  }

  /** A call of the storage; what it throws is counted and is null. */
  @FunctionalInterface
  private interface Call<T> {
    T on(Storage<String> storage);
  }

  /** How a call went. */
  private enum Outcome {
    DONE,
    NOTHING_CHANGED,
    UNKNOWN
  }

  private record Answer<T>(Outcome outcome, Optional<T> value) {}

  private <T> Answer<T> call(boolean interruptible, Call<T> call) {
    Interrupts.Target target = interruptible ? interrupts : null;
    opened.begin();
    Storage<String> storage = opened.storage();
    if (target != null) {
      target.arm();
    }
    @Nullable T value = null;
    @Nullable RuntimeException failure = null;
    try {
      value = call.on(storage);
    } catch (StorageException | IllegalStateException e) {
      failure = e;
    } finally {
      boolean struck = target != null && target.disarm();
      boolean kept = Thread.interrupted();
      opened.end();
      if (struck && !kept) {
        tally.violation(opened.subject() + ": an interrupt was swallowed");
      }
      if (failure != null) {
        judge(failure, storage, struck);
      }
    }
    tally.operation(opened.subject().name());
    if (failure == null) {
      return new Answer<>(Outcome.DONE, Optional.ofNullable(value));
    }
    boolean unknown = !(failure instanceof StorageException e) || e.outcomeUnknown();
    return new Answer<>(unknown ? Outcome.UNKNOWN : Outcome.NOTHING_CHANGED, Optional.empty());
  }

  /** Some failures have a reason, the others are violations. */
  private void judge(RuntimeException failure, Storage<String> storage, boolean struck) {
    boolean closed = failure instanceof IllegalStateException;
    boolean expected =
        closed
            ? storage != opened.storage()
            : struck || opened.subject().kind() == Kind.SERVER || storage != opened.storage();
    String type = failure.getClass().getSimpleName();
    boolean unknown = failure instanceof StorageException e && e.outcomeUnknown();
    tally.failure(opened.subject().name(), unknown ? type + ", outcome unknown" : type);
    if (!expected) {
      tally.violation(opened.subject() + ", without a reason", failure);
    }
  }

  private boolean isServer() {
    return opened.subject().kind() == Kind.SERVER;
  }

  private boolean can(Capability capability) {
    return opened.storage().capabilities().contains(capability);
  }

  /** A write that may be given up on its way to a server, where it may still be carried out. */
  private void put(Slot slot) {
    long write = begin(slot);
    String value = Value.of(slot.key(), write, random);
    boolean interruptible = !isServer() || random.nextInt(10) == 0;
    Answer<Boolean> answer =
        call(
            interruptible,
            storage -> {
              storage.put(slot.key(), value);
              return true;
            });
    if (answer.outcome() == Outcome.UNKNOWN && isServer() && interruptible) {
      slot.leave();
    } else {
      end(slot, answer.outcome(), write, true);
    }
  }

  private void putForAWhile(Slot slot) {
    if (journal != Journal.NONE || !can(Capability.EXPIRY)) {
      put(slot);
      return;
    }
    long write = begin(slot);
    String value = Value.of(slot.key(), write, random);
    Answer<Boolean> answer =
        call(
            false,
            storage -> {
              storage.put(slot.key(), value, TTL);
              return true;
            });
    end(slot, answer.outcome(), write, true);
    if (answer.outcome() != Outcome.NOTHING_CHANGED) {
      slot.endsAt(write, System.currentTimeMillis() + TTL.toMillis() + CLOCKS_DIFFER_MILLIS);
      if (random.nextInt(50) == 0) {
        // If writes are fast, the next one would hide that the entry still exists.
        LockSupport.parkNanos(TTL.plusMillis(2 * CLOCKS_DIFFER_MILLIS).toNanos());
        compare(slot);
      }
    }
  }

  private void putIfAbsent(Slot slot) {
    if (!can(Capability.ATOMIC)) {
      return;
    }
    long write = begin(slot);
    String value = Value.of(slot.key(), write, random);
    long asked = System.currentTimeMillis();
    Answer<Boolean> answer = call(!isServer(), each -> each.putIfAbsent(slot.key(), value));
    boolean put = answer.value().orElse(false);
    if (answer.outcome() == Outcome.DONE) {
      slot.possible().remove(write);
      if (put && !slot.mayBe(ABSENT)) {
        throw new Violation("putIfAbsent over " + slot.key() + ", which had " + slot.possible());
      }
      if (!put) {
        if (!slot.mayBePresent(asked)) {
          throw new Violation("putIfAbsent found " + slot.key() + ", which was absent");
        }
        slot.possible().remove(ABSENT);
      }
    }
    end(slot, answer.outcome(), write, put);
  }

  private void replace(Slot slot) {
    Optional<Entry<String>> entry = entry(slot);
    if (entry.isEmpty() || entry.get().version().isEmpty()) {
      return;
    }
    long write = begin(slot);
    String value = Value.of(slot.key(), write, random);
    Answer<Boolean> answer =
        call(
            !isServer(),
            each -> each.replace(slot.key(), entry.get().version().orElseThrow(), value));
    boolean replaced = answer.value().orElse(false);
    checkConditional(slot, answer, write, replaced);
    end(slot, answer.outcome(), write, replaced);
  }

  private void removeVersion(Slot slot) {
    Optional<Entry<String>> entry = entry(slot);
    if (entry.isEmpty() || entry.get().version().isEmpty()) {
      return;
    }
    slot.perhaps(ABSENT);
    changed(slot);
    Answer<Boolean> answer =
        call(!isServer(), each -> each.remove(slot.key(), entry.get().version().orElseThrow()));
    boolean removed = answer.value().orElse(false);
    checkConditional(slot, answer, ABSENT, removed);
    end(slot, answer.outcome(), ABSENT, removed);
  }

  /** Nobody else writes the key, so a version just seen is still the one. */
  private void checkConditional(Slot slot, Answer<Boolean> answer, long state, boolean done) {
    if (answer.outcome() == Outcome.DONE && !done) {
      if (!slot.mayLeave()) {
        throw new Violation(slot.key() + " was written by somebody else");
      }
      slot.possible().remove(state);
      slot.perhaps(ABSENT);
    }
  }

  private void remove(Slot slot) {
    boolean mayBeAbsent = slot.mayBe(ABSENT);
    boolean mayBePresent = slot.mayBePresent(System.currentTimeMillis());
    slot.perhaps(ABSENT);
    changed(slot);
    Answer<Boolean> answer = call(!isServer(), each -> each.remove(slot.key()));
    if (answer.outcome() == Outcome.DONE) {
      boolean removed = answer.value().orElseThrow();
      if (removed ? !mayBePresent : !mayBeAbsent) {
        throw new Violation("remove(" + slot.key() + ") returned " + removed);
      }
    }
    end(slot, answer.outcome(), ABSENT, true);
    if (answer.outcome() == Outcome.NOTHING_CHANGED && mayBeAbsent) {
      slot.perhaps(ABSENT);
    }
  }

  private void contains(Slot slot) {
    boolean mayBeAbsent = slot.mayBe(ABSENT);
    boolean mayBePresent = slot.mayBePresent(System.currentTimeMillis());
    Answer<Boolean> answer = call(!isServer(), each -> each.contains(slot.key()));
    if (answer.outcome() == Outcome.DONE) {
      boolean there = answer.value().orElseThrow();
      if (there ? !mayBePresent : !mayBeAbsent) {
        throw new Violation("contains(" + slot.key() + ") returned " + there);
      }
    }
  }

  private Optional<Entry<String>> entry(Slot slot) {
    if (!can(Capability.ATOMIC)) {
      return Optional.empty();
    }
    long asked = System.currentTimeMillis();
    Answer<Optional<Entry<String>>> answer = call(!isServer(), each -> each.entry(slot.key()));
    Optional<Entry<String>> entry = answer.value().orElse(Optional.empty());
    if (answer.outcome() == Outcome.DONE) {
      found(slot, entry.map(Entry::value), asked);
    }
    return entry;
  }

  /** Returns whether there was an answer. */
  private boolean compare(Slot slot) {
    long asked = System.currentTimeMillis();
    Answer<Optional<String>> answer = call(!isServer(), each -> each.get(slot.key()));
    if (answer.outcome() == Outcome.DONE) {
      found(slot, answer.value().orElseThrow(), asked);
    }
    return answer.outcome() == Outcome.DONE;
  }

  private void getAll() {
    Map<String, Slot> wanted = new LinkedHashMap<>();
    for (int i = 0; i < 4; i++) {
      Slot slot = slots.get(random.nextInt(KEYS));
      wanted.put(slot.key(), slot);
    }
    long asked = System.currentTimeMillis();
    Answer<Map<String, String>> answer = call(!isServer(), each -> each.getAll(wanted.keySet()));
    if (answer.outcome() == Outcome.DONE) {
      Map<String, String> values = answer.value().orElseThrow();
      wanted.forEach((key, slot) -> found(slot, Optional.ofNullable(values.get(key)), asked));
    }
  }

  /** All of its own that are there for certain are listed, and none twice. */
  private void list() {
    if (random.nextInt(10) != 0) {
      return;
    }
    Answer<List<String>> answer =
        call(
            !isServer(),
            each -> {
              try (Stream<String> keys = each.keys()) {
                return keys.toList();
              }
            });
    if (answer.outcome() == Outcome.DONE) {
      List<String> listed = answer.value().orElseThrow();
      Set<String> all = new HashSet<>(listed);
      if (all.size() < listed.size()) {
        throw new Violation("a key is listed twice");
      }
      for (Slot slot : slots) {
        if (!slot.mayBe(ABSENT) && !all.contains(slot.key())) {
          throw new Violation(slot.key() + " is not listed");
        }
      }
    }
  }

  private void compareOther() {
    if (others.isEmpty()) {
      return;
    }
    String key = others.get(random.nextInt(others.size()));
    Answer<Optional<String>> answer = call(!isServer(), each -> each.get(key));
    Optional<String> value = answer.value().orElse(Optional.empty());
    if (value.isPresent()) {
      long write = Value.write(key, value.get());
      long before = newest.getOrDefault(key, ABSENT);
      // A server may carry out what was given up; its writer has then left the key.
      if (write < before && !isServer()) {
        throw new Violation("%s went back from %d to %d".formatted(key, before, write));
      }
      if (newest.size() < MOST_REMEMBERED) {
        newest.put(key, write);
      }
    }
  }

  private void found(Slot slot, Optional<String> value, long asked) {
    slot.found(value.map(text -> Value.write(slot.key(), text)).orElse(ABSENT), asked);
    changed(slot);
  }

  private long begin(Slot slot) {
    long write = slot.next();
    slot.perhaps(write);
    changed(slot);
    return write;
  }

  private void end(Slot slot, Outcome outcome, long state, boolean done) {
    switch (outcome) {
      case DONE -> {
        if (done) {
          slot.is(state);
        }
      }
      case NOTHING_CHANGED -> slot.possible().remove(state);
      case UNKNOWN -> slot.perhaps(state);
    }
    changed(slot);
  }

  private void changed(Slot slot) {
    journal.changed(number, slots.indexOf(slot), slot);
  }
}
