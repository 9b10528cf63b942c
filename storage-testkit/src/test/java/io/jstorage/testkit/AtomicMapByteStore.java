package io.jstorage.testkit;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Version;
import io.jstorage.spi.AtomicByteStore;
import io.jstorage.spi.ExpiringByteStore;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store with every power: conditional writes, deadlines and write times, in a map. */
class AtomicMapByteStore implements AtomicByteStore, ExpiringByteStore {
  private static final AtomicLong WRITES = new AtomicLong();

  /** What one write left; its version is the number of the write, so that no two share one. */
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
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
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
  public byte @Nullable [] read(String key) {
    State state = live(entries.get(namespace + key));
    return state == null ? null : state.bytes.clone();
  }

  @Override
  public @Nullable Entry<byte[]> readEntry(String key) {
    State state = live(entries.get(namespace + key));
    if (state == null) {
      return null;
    }
    Entry<byte[]> entry =
        Entry.of(state.bytes.clone()).withVersion(state.version).withWrittenAt(state.writtenAt);
    return state.deadline == null ? entry : entry.withExpiresAt(state.deadline);
  }

  @Override
  public void write(String key, byte[] bytes) {
    entries.put(namespace + key, state(bytes, null));
  }

  @Override
  public void write(String key, byte[] bytes, Duration ttl) {
    entries.put(namespace + key, state(bytes, ttl));
  }

  @Override
  public boolean writeIf(
      String key, byte[] bytes, @Nullable Version expected, @Nullable Duration ttl) {
    boolean[] written = new boolean[1];
    entries.compute(
        namespace + key,
        (k, old) -> {
          State seen = live(old);
          written[0] = expected == null ? seen == null : seen != null && isAt(seen, expected);
          return written[0] ? state(bytes, ttl) : old;
        });
    return written[0];
  }

  private static boolean isAt(State state, Version expected) {
    return state.version.equals(expected);
  }

  @Override
  public boolean delete(String key) {
    return live(entries.remove(namespace + key)) != null;
  }

  @Override
  public boolean deleteIf(String key, Version expected) {
    State state = live(entries.get(namespace + key));
    return state != null && isAt(state, expected) && entries.remove(namespace + key, state);
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
