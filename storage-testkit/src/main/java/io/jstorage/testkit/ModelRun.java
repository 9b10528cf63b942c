package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One history: a storage, the model of it, and the versions seen so far. */
final class ModelRun implements AutoCloseable {
  private static final Version UNKNOWN = Version.parse("never-given");

  final SettableClock clock = new SettableClock();
  final Model model;
  private final ModelSuite suite;
  private final boolean atomic;
  private final boolean expires;
  private final boolean dates;
  private final Duration granularity;
  private final Map<String, Seen> seen = new HashMap<>();
  private Storage<String> own;
  private Storage<String> storage;

  /** A version, and what the model held when it was told. */
  private record Seen(Version version, Model.Held held) {}

  ModelRun(ModelSuite suite) throws Exception {
    this.suite = suite;
    this.own = suite.open(clock);
    this.storage = TracingProxy.storage(own);
    this.model = suite.model(clock);
    Set<Capability> capabilities = storage.capabilities();
    this.atomic = capabilities.contains(Capability.ATOMIC);
    this.expires = capabilities.contains(Capability.EXPIRY);
    this.dates = capabilities.contains(Capability.WRITE_TIME);
    this.granularity = dates ? suite.writeTimeGranularity() : Duration.ZERO;
  }

  Storage<String> storage() {
    return storage;
  }

  boolean isAtomic() {
    return atomic;
  }

  boolean takesTtl() {
    return expires;
  }

  /** The storage is asked first, so that the model stays as it is where that is refused. */
  void same(@Nullable Object answer, @Nullable Object expected) {
    assertThat(answer).as("the answer, beside that of the model").isEqualTo(expected);
  }

  /** Compares where the operation is supported; else it must be refused. */
  void where(boolean supported, Runnable comparison) {
    if (supported) {
      comparison.run();
    } else {
      assertThatThrownBy(comparison::run).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  /** Looks at an entry, and remembers its version. */
  void entry(String key) {
    Optional<Entry<String>> answer = storage.entry(key);
    same(answer.map(Entry::value).orElse(null), model.get(key));
    Model.Held held = model.held(key);
    if (answer.isEmpty() || held == null) {
      return;
    }
    Entry<String> entry = answer.get();
    if (atomic) {
      assertThat(entry.version()).as("version").isPresent();
    }
    if (dates) {
      assertThat(entry.writtenAt()).as("time of writing").isPresent();
    }
    if (expires || entry.expiresAt().isPresent()) {
      assertThat(entry.expiresAt().isPresent()).as("expires").isEqualTo(held.deadline != null);
    }
    if (suite.usesClock()) {
      entry.writtenAt().ifPresent(at -> sameTime(at, held.writtenAt));
      entry.expiresAt().ifPresent(at -> assertThat(at).as("expires").isEqualTo(held.deadline));
    }
    entry.version().ifPresent(version -> seen.put(key, new Seen(version, held)));
  }

  private void sameTime(Instant answer, Instant expected) {
    if (granularity.isZero()) {
      assertThat(answer).as("written").isEqualTo(expected);
    } else {
      assertThat(Duration.between(answer, expected).abs()).as("written").isLessThan(granularity);
    }
  }

  void replaceSeen(String key, String value, @Nullable Duration ttl) {
    Version version = versionOf(key);
    where(
        atomic && (ttl == null || expires),
        () -> {
          boolean replaced =
              ttl == null
                  ? storage.replace(key, version, value)
                  : storage.replace(key, version, value, ttl);
          checkVersion(key, replaced);
          if (replaced) {
            model.put(key, value, ttl);
          }
        });
  }

  void removeSeen(String key) {
    Version version = versionOf(key);
    where(
        atomic,
        () -> {
          boolean removed = storage.remove(key, version);
          checkVersion(key, removed);
          if (removed) {
            model.remove(key);
          }
        });
  }

  private Version versionOf(String key) {
    Seen last = seen.get(key);
    return last == null ? UNKNOWN : last.version();
  }

  /** Equal bytes written again may or may not have the version that was seen. */
  private void checkVersion(String key, boolean passed) {
    Seen last = seen.get(key);
    Model.Held held = model.held(key);
    if (held == null || last == null) {
      assertThat(passed).as("without such a version").isFalse();
    } else if (held == last.held()) {
      assertThat(passed).as("with the version that it has").isTrue();
    } else if (differs(held, last.held())) {
      assertThat(passed).as("with an older version").isFalse();
    }
  }

  private boolean differs(Model.Held held, Model.Held other) {
    boolean deadlines = expires && !Objects.equals(held.deadline, other.deadline);
    Duration between = Duration.between(held.writtenAt, other.writtenAt).abs();
    boolean times = dates && !between.isZero() && between.compareTo(granularity) >= 0;
    return !held.value.equals(other.value) || (suite.usesClock() && (deadlines || times));
  }

  void keys(String prefix) {
    List<String> listed = Calls.list(prefix.isEmpty() ? storage.keys() : storage.keys(prefix));
    assertListed(prefix, listed);
  }

  /** Everything that is there is listed once; what has expired may be. */
  void assertListed(String prefix, List<String> listed) {
    assertThat(listed).doesNotHaveDuplicates().containsAll(model.keys(prefix));
    Set<String> others = new HashSet<>(listed);
    others.removeAll(model.keys(prefix));
    assertThat(model.lingering(prefix)).containsAll(others);
  }

  void size() {
    long most = Math.min(suite.limit(), (long) model.size() + model.lingering());
    assertThat(storage.size()).isBetween((long) model.size(), most);
  }

  void purge() {
    if (!expires && !atomic && suite.expiration() != null) {
      // Such a policy cannot distinguish old from fresh entries, and may refuse.
      return;
    }
    where(
        expires || suite.expiration() != null,
        () -> {
          assertThat(storage.purgeExpired()).isBetween(0L, (long) model.lingering());
          model.forgetExpired();
        });
  }

  void move(Duration duration) {
    // An expired entry may be gone already, and would not come back with the old time.
    if (!duration.isNegative() || model.lingering() == 0) {
      clock.advance(duration);
      model.expire();
    }
  }

  /** Continues with another object over the same entries, if one is possible. */
  void reopen() throws Exception {
    Optional<Storage<String>> again = suite.openAgain(clock);
    if (again.isPresent() || suite.canReopen()) {
      storage.close();
      own = again.isPresent() ? again.get() : suite.reopen(clock);
      storage = TracingProxy.storage(own);
    }
  }

  /** Compares all entries and, at a limit, the next one to be evicted. */
  void end() {
    keys("");
    size();
    same(new HashMap<>(storage.asMap()), model.entries());
    int writes = suite.writesUntilAllLeft();
    if (writes == 0) {
      model.entries().keySet().forEach(this::entry);
      return;
    }
    // Looking at the entries would set their order right.
    for (int i = 0; i < writes; i++) {
      storage.put("last-" + i, "v");
      model.put("last-" + i, "v", null);
      keys("");
    }
  }

  /** Its last call is one of the history. */
  @Override
  public void close() {
    own.close();
  }
}
