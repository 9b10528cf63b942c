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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store with every power: conditional writes, deadlines and write times, in a map. */
class AtomicMapByteStore implements AtomicByteStore, ExpiringByteStore {
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
  private final AtomicLong writes = new AtomicLong();
  final InstantSource clock;
  private final @Nullable Duration expiration;

  AtomicMapByteStore(InstantSource clock, @Nullable Duration expiration) {
    this(new ConcurrentHashMap<>(), clock, expiration);
  }

  AtomicMapByteStore(
      Map<String, State> entries, InstantSource clock, @Nullable Duration expiration) {
    this.entries = entries;
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
        bytes, writes.incrementAndGet(), now, life == null ? null : deadline(now, life));
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
    State state = live(entries.get(key));
    return state == null ? null : state.bytes;
  }

  @Override
  public @Nullable Entry<byte[]> readEntry(String key) {
    State state = live(entries.get(key));
    if (state == null) {
      return null;
    }
    Entry<byte[]> entry =
        Entry.of(state.bytes).withVersion(state.version).withWrittenAt(state.writtenAt);
    return state.deadline == null ? entry : entry.withExpiresAt(state.deadline);
  }

  @Override
  public void write(String key, byte[] bytes) {
    entries.put(key, state(bytes, null));
  }

  @Override
  public void write(String key, byte[] bytes, Duration ttl) {
    entries.put(key, state(bytes, ttl));
  }

  @Override
  public boolean writeIf(
      String key, byte[] bytes, @Nullable Version expected, @Nullable Duration ttl) {
    boolean[] written = new boolean[1];
    entries.compute(
        key,
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
    return live(entries.remove(key)) != null;
  }

  @Override
  public boolean deleteIf(String key, Version expected) {
    State state = live(entries.get(key));
    return state != null && isAt(state, expected) && entries.remove(key, state);
  }

  @Override
  public Stream<String> keys(String prefix) {
    return entries.keySet().stream().filter(key -> key.startsWith(prefix));
  }

  @Override
  public long purgeExpired() {
    long purged = 0;
    for (String key : List.copyOf(entries.keySet())) {
      State state = entries.get(key);
      if (state != null && live(state) == null && entries.remove(key, state)) {
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
