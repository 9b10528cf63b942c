package io.jstorage.testkit;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Version;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.Capabilities;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store with every power: conditional writes, deadlines and write times, in a map. */
class AtomicMapByteStore implements ByteStore {
  private static final AtomicLong WRITES = new AtomicLong();

  /** The result of one write; its version is the number of the write, so that no two share one. */
  static final class State {
    final byte[] bytes;
    final Version version;
    final Instant writtenAt;
    final @Nullable Instant deadline;

    State(byte[] bytes, long number, Instant writtenAt, @Nullable Instant deadline) {
      this.bytes = bytes;
      this.version = Version.of(number);
      this.writtenAt = writtenAt;
      this.deadline = deadline;
    }

    boolean isLiveAt(Instant now) {
      return deadline == null || now.isBefore(deadline);
    }
  }

  final Map<String, State> entries;
  private final String namespace;
  final InstantSource clock;
  private final @Nullable Duration expiration;

  AtomicMapByteStore(InstantSource clock, @Nullable Duration expiration) {
    this(new ConcurrentHashMap<>(), "", clock, expiration);
  }

  AtomicMapByteStore(
      Map<String, State> entries,
      String namespace,
      InstantSource clock,
      @Nullable Duration expiration) {
    this.entries = entries;
    this.namespace = namespace;
    this.clock = clock;
    this.expiration = expiration;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.of(Capability.values());
  }

  @Override
  public int maxKeyBytes() {
    return 1024;
  }

  final @Nullable State live(@Nullable State state) {
    return state != null && state.isLiveAt(clock.instant()) ? state : null;
  }

  final State state(byte[] bytes, @Nullable Duration ttl) {
    Instant now = clock.instant();
    Duration life = ttl == null ? expiration : ttl;
    return new State(
        bytes, WRITES.incrementAndGet(), now, life == null ? null : deadline(now, life));
  }

  private static Instant deadline(Instant now, Duration life) {
    try {
      return now.plus(life);
    } catch (DateTimeException | ArithmeticException e) {
      return Instant.MAX;
    }
  }

  @Override
  public byte @Nullable [] read(String key, Access access) {
    State state = live(entries.get(namespace + key));
    return state == null ? null : state.bytes.clone();
  }

  @Override
  public @Nullable Entry<byte[]> readEntry(String key, Access access) {
    State state = live(entries.get(namespace + key));
    if (state == null) {
      return null;
    }
    Entry<byte[]> entry =
        Entry.of(state.bytes.clone()).withVersion(state.version).withWrittenAt(state.writtenAt);
    return state.deadline == null ? entry : entry.withExpiresAt(state.deadline);
  }

  @Override
  public boolean write(String key, byte[] bytes, WriteOptions options) {
    boolean[] written = new boolean[1];
    entries.compute(
        namespace + key,
        (k, old) -> {
          written[0] = holds(options.condition(), live(old));
          return written[0] ? state(bytes, options.ttl()) : old;
        });
    return written[0];
  }

  static boolean holds(Condition condition, @Nullable State live) {
    return condition.holds(live == null ? null : live.version);
  }

  @Override
  public boolean delete(String key, Condition condition) {
    if (condition.isNone()) {
      return live(entries.remove(namespace + key)) != null;
    }
    State state = live(entries.get(namespace + key));
    return state != null && holds(condition, state) && entries.remove(namespace + key, state);
  }

  @Override
  public Stream<String> keys(String prefix) {
    return entries.keySet().stream()
        .filter(name -> name.startsWith(namespace + prefix))
        .map(name -> name.substring(namespace.length()));
  }

  @Override
  public long purgeExpired() {
    long purged = 0;
    for (String key : keys("").toList()) {
      State state = entries.get(namespace + key);
      if (state != null && live(state) == null && entries.remove(namespace + key, state)) {
        purged++;
      }
    }
    return purged;
  }

  @Override
  public String toString() {
    return "a map of states";
  }
}
