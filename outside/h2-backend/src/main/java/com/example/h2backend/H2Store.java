package com.example.h2backend;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Version;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreException;
import io.jstorage.spi.Capabilities;
import io.jstorage.spi.Condition;
import io.jstorage.spi.Keys;
import io.jstorage.spi.WriteOptions;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * A store of all entries in one file, which one store at a time has open. A write has been handed
 * to the operating system when it returns; it is not forced to the disk. A write takes some 16 kB
 * of the file, which H2 uses again after 45 seconds. A row is the deadline, a number that no two
 * writes share, and the value.
 */
final class H2Store implements ByteStore, Closeable {
  private static final int HEADER = Long.BYTES + Integer.BYTES + Long.BYTES;
  private static final long NEVER = Long.MAX_VALUE;
  private final Path file;
  private final InstantSource clock;
  private final MVStore store;
  private final MVMap<String, byte[]> map;

  private H2Store(Path file, InstantSource clock, MVStore store) {
    this.file = file;
    this.clock = clock;
    this.store = store;
    // Types of our own: H2's default would deserialize whatever objects stand in the file.
    this.map =
        store.openMap(
            "entries",
            new MVMap.Builder<String, byte[]>()
                .keyType(StringDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE));
  }

  static H2Store open(Path file, InstantSource clock) throws IOException {
    // async: because the channel that H2 uses otherwise is closed by an interrupt, and without
    // its automatic commits because its own threads swallow interrupts.
    String name = "async:" + file.toAbsolutePath();
    MVStore store;
    try {
      store = new MVStore.Builder().fileName(name).autoCommitDisabled().open();
    } catch (MVStoreException e) {
      throw e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
          ? ByteStoreException.unavailable("the file is open elsewhere", e)
          : new IOException(e.getMessage(), e);
    }
    try {
      return new H2Store(file, clock, store);
    } catch (MVStoreException e) {
      store.closeImmediately();
      throw e;
    }
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.of(Capability.ATOMIC, Capability.EXPIRY);
  }

  @Override
  public byte[] read(String key, Access access) {
    Entry<byte[]> entry = readEntry(key, access);
    return entry == null ? null : entry.value();
  }

  @Override
  public Entry<byte[]> readEntry(String key, Access access) {
    return live(map.get(key));
  }

  /** The map replaces a row only if it still is the one that was read; otherwise look again. */
  @Override
  public boolean write(String key, byte[] bytes, WriteOptions options) {
    byte[] row = row(bytes, options.deadline(clock.instant()));
    while (true) {
      byte[] old = map.get(key);
      if (!options.condition().holds(live(old))) {
        return false;
      }
      if (old == null ? map.putIfAbsent(key, row) == null : map.replace(key, old, row)) {
        store.commit(); // At once, so that the caller learns of a failure.
        return true;
      }
    }
  }

  @Override
  public boolean delete(String key, Condition condition) {
    while (true) {
      byte[] old = map.get(key);
      Entry<byte[]> live = live(old);
      if (live == null || !condition.holds(live)) {
        return false;
      }
      if (map.remove(key, old)) {
        store.commit();
        return true;
      }
    }
  }

  private byte[] row(byte[] value, Instant deadline) {
    return ByteBuffer.allocate(HEADER + value.length)
        .putLong(deadline == null ? NEVER : deadline.getEpochSecond())
        .putInt(deadline == null ? 0 : deadline.getNano())
        .putLong(ThreadLocalRandom.current().nextLong())
        .put(value)
        .array();
  }

  /** A copy of the value, because the caller becomes the owner of what it gets. */
  private Entry<byte[]> live(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    ByteBuffer row = ByteBuffer.wrap(bytes);
    long seconds = row.getLong();
    int nanos = row.getInt();
    byte[] value = Arrays.copyOfRange(bytes, HEADER, bytes.length);
    Entry<byte[]> entry = Entry.of(value).withVersion(Version.of(row.getLong()));
    if (seconds == NEVER) {
      return entry;
    }
    Instant deadline = Instant.ofEpochSecond(seconds, nanos);
    return clock.instant().isBefore(deadline) ? entry.withExpiresAt(deadline) : null;
  }

  /** From key to key, so that nothing is held open and whatever was there throughout is seen. */
  @Override
  public Stream<String> keys(String prefix) {
    String first = map.ceilingKey(prefix);
    return Stream.iterate(first, key -> key != null && key.startsWith(prefix), map::higherKey);
  }

  @Override
  public long purgeExpired() {
    long purged = keys("").filter(this::purge).count();
    store.commit();
    return purged;
  }

  private boolean purge(String key) {
    byte[] row = map.get(key);
    return row != null && live(row) == null && map.remove(key, row);
  }

  @Override
  public int maxKeyBytes() {
    return Keys.MAX_BYTES;
  }

  @Override
  public void close() {
    store.close();
  }

  /** The place, as it stands in messages. */
  @Override
  public String toString() {
    return "the H2 file " + file;
  }
}
