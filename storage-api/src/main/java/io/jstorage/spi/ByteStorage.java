package io.jstorage.spi;

import io.jstorage.ByteTransform;
import io.jstorage.Capability;
import io.jstorage.Codec;
import io.jstorage.CodecException;
import io.jstorage.Entry;
import io.jstorage.StorageException;
import io.jstorage.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The joint of a store, a codec and transforms: it encodes, classifies failures, and adds nothing.
 */
final class ByteStorage<V> extends AbstractStorage<V> {
  private final ByteStore store;
  private final Codec<V> codec;
  private final ByteTransform[] transforms;
  private final int maxKeyBytes;
  private volatile @Nullable Set<Capability> capabilities;

  ByteStorage(ByteStore store, Codec<V> codec, ByteTransform[] transforms) {
    this.store = store;
    this.codec = codec;
    this.transforms = transforms;
    this.maxKeyBytes = store.maxKeyBytes();
  }

  @Override
  protected int maxKeyBytes() {
    return maxKeyBytes;
  }

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> known = capabilities;
    if (known == null) {
      checkOpen();
      try {
        known = Set.copyOf(store.capabilities());
      } catch (IOException e) {
        throw Failures.ofRead("find out the capabilities of " + store, e);
      }
      capabilities = known;
    }
    return known;
  }

  /** One of the ways in which a store is read. */
  private interface Reading<T> {
    @Nullable T of(String key) throws IOException;
  }

  @Override
  protected @Nullable V doGet(String key) {
    byte[] bytes = read(key, store::read);
    return bytes == null ? null : decode(key, bytes);
  }

  @Override
  protected @Nullable V doPeek(String key) {
    byte[] bytes = read(key, store::peek);
    return bytes == null ? null : decode(key, bytes);
  }

  @Override
  protected @Nullable Entry<V> doEntry(String key) {
    Entry<byte[]> entry = read(key, store::readEntry);
    return entry == null ? null : entry.withValue(decode(key, entry.value()));
  }

  @Override
  protected @Nullable Entry<V> doPeekEntry(String key) {
    Entry<byte[]> entry = read(key, store::peekEntry);
    return entry == null ? null : entry.withValue(decode(key, entry.value()));
  }

  private <T> @Nullable T read(String key, Reading<T> reading) {
    try {
      return reading.of(key);
    } catch (IOException e) {
      throw readFailed("get", key, e);
    }
  }

  @Override
  protected boolean doContains(String key) {
    try {
      return store.exists(key);
    } catch (IOException e) {
      throw readFailed("look for", key, e);
    }
  }

  @Override
  protected void doPut(String key, V value, @Nullable Duration ttl) {
    write(key, encode(key, value), ttl);
  }

  private void write(String key, byte[] bytes, @Nullable Duration ttl) {
    try {
      if (ttl == null) {
        store.write(key, bytes);
      } else {
        ((ExpiringByteStore) store).write(key, bytes, ttl);
      }
    } catch (IOException e) {
      throw writeFailed("put", key, e);
    }
  }

  @Override
  protected boolean doPutIfAbsent(String key, V value, @Nullable Duration ttl) {
    return writeIf(key, value, null, ttl);
  }

  @Override
  protected boolean doReplace(String key, Version version, V value, @Nullable Duration ttl) {
    return writeIf(key, value, version, ttl);
  }

  private boolean writeIf(String key, V value, @Nullable Version expected, @Nullable Duration ttl) {
    byte[] bytes = encode(key, value);
    try {
      return ((AtomicByteStore) store).writeIf(key, bytes, expected, ttl);
    } catch (IOException e) {
      throw writeFailed(expected == null ? "put (if absent)" : "replace", key, e);
    }
  }

  @Override
  protected boolean doRemove(String key) {
    try {
      return store.delete(key);
    } catch (IOException e) {
      throw writeFailed("remove", key, e);
    }
  }

  @Override
  protected boolean doRemove(String key, Version version) {
    try {
      return ((AtomicByteStore) store).deleteIf(key, version);
    } catch (IOException e) {
      throw writeFailed("remove", key, e);
    }
  }

  @Override
  protected Stream<String> doKeys(String prefix) {
    try {
      return KeyStream.of(store.keys(prefix), e -> Failures.ofRead("list " + store, e));
    } catch (IOException e) {
      throw Failures.ofRead("list " + store, e);
    }
  }

  @Override
  protected long doSize() {
    try {
      return store.count();
    } catch (IOException | UncheckedIOException e) {
      throw Failures.ofRead("count " + store, e);
    }
  }

  @Override
  protected void doClear() {
    try {
      store.clear();
    } catch (IOException | UncheckedIOException e) {
      throw Failures.ofWrite("clear " + store, e);
    }
  }

  @Override
  protected long doPurgeExpired() {
    if (!capabilities().contains(Capability.EXPIRY)) {
      return super.doPurgeExpired();
    }
    try {
      return ((ExpiringByteStore) store).purgeExpired();
    } catch (IOException | UncheckedIOException e) {
      throw Failures.ofWrite("purge " + store, e);
    }
  }

  @Override
  protected Map<String, V> doGetAll(List<String> keys) {
    if (!(store instanceof BatchByteStore batch)) {
      return super.doGetAll(keys);
    }
    BatchFailures failures = new BatchFailures("getAll", keys);
    Map<String, byte[]> found;
    try {
      found = batch.readAll(keys, (key, e) -> failures.add(key, readFailed("get", key, e)));
    } catch (IOException e) {
      throw Failures.ofRead("get %d keys from %s".formatted(keys.size(), store), e);
    }
    Map<String, V> values = new LinkedHashMap<>();
    for (String key : keys) {
      byte[] bytes = found.get(key);
      if (bytes != null) {
        failures.attempt(key, () -> values.put(key, decode(key, bytes)));
      }
    }
    failures.throwIfAny();
    return values;
  }

  @Override
  protected void doPutAll(Map<String, V> values, @Nullable Duration ttl) {
    Map<String, byte[]> encoded = new LinkedHashMap<>();
    values.forEach((key, value) -> encoded.put(key, encode(key, value)));
    BatchFailures failures = new BatchFailures("putAll", encoded.keySet());
    if (store instanceof BatchByteStore batch) {
      try {
        batch.writeAll(encoded, ttl, (key, e) -> failures.add(key, writeFailed("put", key, e)));
      } catch (IOException e) {
        throw Failures.ofWrite("put %d keys into %s".formatted(encoded.size(), store), e);
      }
    } else {
      encoded.forEach((key, bytes) -> failures.attempt(key, () -> write(key, bytes, ttl)));
    }
    failures.throwIfAny();
  }

  @Override
  protected void doRemoveAll(List<String> keys) {
    if (!(store instanceof BatchByteStore batch)) {
      super.doRemoveAll(keys);
      return;
    }
    BatchFailures failures = new BatchFailures("removeAll", keys);
    try {
      batch.deleteAll(keys, (key, e) -> failures.add(key, writeFailed("remove", key, e)));
    } catch (IOException e) {
      throw Failures.ofWrite("remove %d keys from %s".formatted(keys.size(), store), e);
    }
    failures.throwIfAny();
  }

  @Override
  protected <T> Optional<T> doUnwrap(Class<T> type) {
    return transforms.length == 0 ? store.unwrap(type) : super.doUnwrap(type);
  }

  @Override
  protected void doClose() {
    try {
      store.close();
    } catch (IOException e) {
      throw Failures.ofRead("close " + store, e);
    }
  }

  @Override
  public String toString() {
    return store.toString();
  }

  private byte[] encode(String key, V value) {
    try {
      byte[] bytes = codec.encode(value);
      for (ByteTransform transform : transforms) {
        bytes = transform.apply(key, bytes);
      }
      return Objects.requireNonNull(bytes, "encoded bytes");
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new CodecException(
          "cannot put %s into %s: a value of %s cannot be encoded: %s"
              .formatted(Keys.display(key), store, value.getClass(), Failures.describe(e)),
          e);
    }
  }

  private V decode(String key, byte[] bytes) {
    try {
      byte[] plain = bytes;
      for (int i = transforms.length - 1; i >= 0; i--) {
        plain = transforms[i].invert(key, plain);
      }
      V value = codec.decode(plain);
      if (value == null) {
        throw new IOException("they decode to null, which is never a value");
      }
      return value;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new CodecException(
          "cannot get %s from %s: the stored bytes do not decode: %s. Put or remove the key to repair it"
              .formatted(Keys.display(key), store, Failures.describe(e)),
          e);
    }
  }

  private StorageException readFailed(String operation, String key, IOException e) {
    return Failures.ofRead("%s %s in %s".formatted(operation, Keys.display(key), store), e);
  }

  private StorageException writeFailed(String operation, String key, IOException e) {
    return Failures.ofWrite("%s %s in %s".formatted(operation, Keys.display(key), store), e);
  }
}
