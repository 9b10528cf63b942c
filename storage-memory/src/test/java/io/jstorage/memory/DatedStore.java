package io.jstorage.memory;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.AtomicByteStore;
import io.jstorage.spi.Storages;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store that keeps the times of writes and no deadlines, as files do. */
class DatedStore implements AtomicByteStore {
  private final Map<String, Entry<byte[]>> states = new ConcurrentHashMap<>();
  private final AtomicLong writes = new AtomicLong();
  private final InstantSource clock;
  private final Set<Capability> capabilities;
  volatile boolean readOnly;
  volatile boolean closed;

  DatedStore(InstantSource clock, Capability... capabilities) {
    this.clock = clock;
    this.capabilities = EnumSet.noneOf(Capability.class);
    this.capabilities.addAll(Set.of(capabilities));
  }

  static DatedStore atomic(InstantSource clock) {
    return new DatedStore(clock, Capability.ATOMIC, Capability.WRITE_TIME);
  }

  static DatedStore notAtomic(InstantSource clock) {
    return new DatedStore(clock, Capability.WRITE_TIME);
  }

  Storage<String> open() {
    return Storages.of(this, Codecs.text());
  }

  /** Stores bytes that are no text. */
  void damage(String key) {
    states.put(key, state(new byte[] {(byte) 0xff}));
  }

  private Entry<byte[]> state(byte[] bytes) {
    Entry<byte[]> entry = Entry.of(bytes).withVersion(Version.of(writes.incrementAndGet()));
    return capabilities.contains(Capability.WRITE_TIME)
        ? entry.withWrittenAt(clock.instant())
        : entry;
  }

  private void checkWritable() throws IOException {
    if (readOnly) {
      throw new IOException("read-only");
    }
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public byte @Nullable [] read(String key) {
    Entry<byte[]> state = states.get(key);
    return state == null ? null : state.value();
  }

  @Override
  public @Nullable Entry<byte[]> readEntry(String key) {
    return states.get(key);
  }

  @Override
  public void write(String key, byte[] bytes) throws IOException {
    checkWritable();
    states.put(key, state(bytes));
  }

  @Override
  public boolean delete(String key) throws IOException {
    checkWritable();
    return states.remove(key) != null;
  }

  @Override
  public boolean writeIf(
      String key, byte[] bytes, @Nullable Version expected, @Nullable Duration ttl)
      throws IOException {
    checkWritable();
    AtomicBoolean written = new AtomicBoolean();
    states.compute(
        key,
        (k, old) -> {
          boolean holds = expected == null ? old == null : old != null && isAt(old, expected);
          written.set(holds);
          return holds ? state(bytes) : old;
        });
    return written.get();
  }

  @Override
  public boolean deleteIf(String key, Version expected) throws IOException {
    checkWritable();
    Entry<byte[]> state = states.get(key);
    return state != null && isAt(state, expected) && states.remove(key, state);
  }

  private static boolean isAt(Entry<byte[]> state, Version expected) {
    return state.version().orElseThrow().equals(expected);
  }

  @Override
  public Stream<String> keys(String prefix) {
    return states.keySet().stream().filter(key -> key.startsWith(prefix));
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return "a dated map";
  }
}
