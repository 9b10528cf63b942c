package com.example.h2backend;

import io.jstorage.Entry;
import io.jstorage.Version;
import io.jstorage.spi.AtomicByteStore;
import io.jstorage.spi.ByteStoreException;
import io.jstorage.spi.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.function.Supplier;
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
 * of the file, which H2 uses again after 45 seconds.
 */
final class H2Store implements AtomicByteStore {
  private final Path file;
  private final MVStore store;
  private final MVMap<String, byte[]> map;

  private H2Store(Path file, MVStore store) {
    this.file = file;
    this.store = store;
    // Types of our own: H2's default would deserialize whatever objects stand in the file.
    this.map =
        store.openMap(
            "entries",
            new MVMap.Builder<String, byte[]>()
                .keyType(StringDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE));
  }

  static H2Store open(Path file) throws IOException {
    try {
      // async: because the channel that H2 uses otherwise is closed by an interrupt, and without
      // its automatic commits because its own threads swallow interrupts.
      String name = "async:" + file.toAbsolutePath();
      MVStore store = new MVStore.Builder().fileName(name).autoCommitDisabled().open();
      try {
        return new H2Store(file, store);
      } catch (MVStoreException e) {
        store.closeImmediately();
        throw e;
      }
    } catch (MVStoreException e) {
      if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
        throw ByteStoreException.unavailable("the file is open elsewhere", e);
      }
      throw new IOException(e.getMessage(), e);
    } catch (IllegalArgumentException e) { // There is no such directory.
      throw new IOException(e.getMessage(), e);
    }
  }

  /** A copy, because the caller becomes the owner of what it gets. */
  @Override
  public byte[] read(String key) throws IOException {
    byte[] bytes = call(() -> map.get(key));
    return bytes == null ? null : bytes.clone();
  }

  @Override
  public void write(String key, byte[] bytes) throws IOException {
    change(() -> map.put(key, bytes));
  }

  @Override
  public boolean delete(String key) throws IOException {
    return change(() -> map.remove(key)) != null;
  }

  /** From key to key, so that nothing is held open and whatever was there throughout is seen. */
  @Override
  public Stream<String> keys(String prefix) throws IOException {
    String first = call(() -> map.ceilingKey(prefix));
    return Stream.iterate(first, key -> key != null && key.startsWith(prefix), this::keyAfter);
  }

  private String keyAfter(String key) {
    try {
      return call(() -> map.higherKey(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Entry<byte[]> readEntry(String key) throws IOException {
    byte[] bytes = read(key);
    return bytes == null ? null : Entry.of(bytes).withVersion(versionOf(bytes));
  }

  @Override
  public boolean writeIf(String key, byte[] bytes, Version expected, Duration ttl)
      throws IOException {
    if (expected == null) {
      return change(() -> map.putIfAbsent(key, bytes)) == null;
    }
    byte[] seen = read(key);
    return seen != null
        && versionOf(seen).equals(expected)
        && change(() -> map.replace(key, seen, bytes));
  }

  @Override
  public boolean deleteIf(String key, Version expected) throws IOException {
    byte[] seen = read(key);
    return seen != null && versionOf(seen).equals(expected) && change(() -> map.remove(key, seen));
  }

  @Override
  public long count() throws IOException {
    return call(map::sizeAsLong);
  }

  /** Without this, the default would delete key by key, with a commit for each. */
  @Override
  public void clear() throws IOException {
    change(
        () -> {
          map.clear();
          return null;
        });
  }

  @Override
  public int maxKeyBytes() {
    return Keys.MAX_BYTES;
  }

  @Override
  public void close() throws IOException {
    call(
        () -> {
          store.close();
          return null;
        });
  }

  /** The place, as it stands in messages. */
  @Override
  public String toString() {
    return "the H2 file " + file;
  }

  private static Version versionOf(byte[] bytes) {
    try {
      return Version.of(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }

  private static <T> T call(Supplier<T> operation) throws IOException {
    try {
      return operation.get();
    } catch (MVStoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Committed at once, so that a failure is known to whoever wrote. */
  private <T> T change(Supplier<T> operation) throws IOException {
    try {
      T result = operation.get();
      store.commit();
      return result;
    } catch (MVStoreException e) {
      throw ByteStoreException.outcomeUnknown(e.getMessage(), e);
    }
  }
}
