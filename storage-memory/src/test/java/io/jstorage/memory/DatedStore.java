package io.jstorage.memory;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.Capabilities;
import io.jstorage.spi.Condition;
import io.jstorage.spi.Storages;
import io.jstorage.spi.WriteOptions;
import java.io.Closeable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store that keeps the times of writes and no deadlines, as files do. */
class DatedStore implements ByteStore, Closeable {
  private final Map<String, Entry<byte[]>> states = new ConcurrentHashMap<>();
  private final AtomicLong writes = new AtomicLong();
  private final InstantSource clock;
  private final Capabilities capabilities;
  volatile boolean readOnly;
  volatile boolean closed;

  DatedStore(InstantSource clock, Capability... capabilities) {
    this.clock = clock;
    this.capabilities = Capabilities.of(capabilities);
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
    return capabilities.has(Capability.WRITE_TIME) ? entry.withWrittenAt(clock.instant()) : entry;
  }

  private void checkWritable() throws IOException {
    if (readOnly) {
      throw new IOException("read-only");
    }
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public byte @Nullable [] read(String key, Access access) {
    Entry<byte[]> state = states.get(key);
    return state == null ? null : state.value();
  }

  @Override
  public @Nullable Entry<byte[]> readEntry(String key, Access access) {
    return states.get(key);
  }

  @Override
  public boolean write(String key, byte[] bytes, WriteOptions options) throws IOException {
    checkWritable();
    AtomicBoolean written = new AtomicBoolean();
    states.compute(
        key,
        (k, old) -> {
          written.set(holds(options.condition(), old));
          return written.get() ? state(bytes) : old;
        });
    return written.get();
  }

  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    checkWritable();
    if (condition.isNone()) {
      return states.remove(key) != null;
    }
    Entry<byte[]> state = states.get(key);
    return state != null && holds(condition, state) && states.remove(key, state);
  }

  private static boolean holds(Condition condition, @Nullable Entry<byte[]> state) {
    return condition.holds(state == null ? null : state.version().orElseThrow());
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
