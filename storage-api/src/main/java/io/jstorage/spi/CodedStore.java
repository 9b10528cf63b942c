package io.jstorage.spi;

import io.jstorage.ByteTransform;
import io.jstorage.Codec;
import io.jstorage.CodecException;
import io.jstorage.Entry;
import io.jstorage.Statistics;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values as bytes: the one place where a store, a codec and transforms meet. */
final class CodedStore<V> implements Store<V> {
  private final ByteStore bytes;
  private final Codec<V> codec;
  private final ByteTransform[] transforms;

  CodedStore(ByteStore bytes, Codec<V> codec, ByteTransform[] transforms) {
    this.bytes = bytes;
    this.codec = codec;
    this.transforms = transforms;
  }

  @Override
  public @Nullable V read(String key, Access access) throws IOException {
    byte[] coded = bytes.read(key, access);
    return coded == null ? null : decode(key, coded);
  }

  @Override
  public @Nullable Entry<V> readEntry(String key, Access access) throws IOException {
    Entry<byte[]> entry = bytes.readEntry(key, access);
    return entry == null ? null : entry.withValue(decode(key, entry.value()));
  }

  @Override
  public boolean write(String key, V value, WriteOptions options) throws IOException {
    return bytes.write(key, encode(key, value), options);
  }

  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    return bytes.delete(key, condition);
  }

  @Override
  public Stream<String> keys(String prefix) throws IOException {
    return bytes.keys(prefix);
  }

  @Override
  public boolean contains(String key) throws IOException {
    return bytes.contains(key);
  }

  @Override
  public long count() throws IOException {
    return bytes.count();
  }

  @Override
  public void clear() throws IOException {
    bytes.clear();
  }

  @Override
  public long purgeExpired() throws IOException {
    return bytes.purgeExpired();
  }

  @Override
  public Map<String, V> readAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    Map<String, byte[]> found = bytes.readAll(keys, failed);
    Map<String, V> values = new HashMap<>(Batches.capacity(keys.size()));
    found.forEach(
        (key, coded) -> {
          try {
            values.put(key, decode(key, coded));
          } catch (CodecException e) {
            failed.accept(key, e);
          }
        });
    return values;
  }

  /** Encodes everything before anything is written. */
  @Override
  public void writeAll(
      Map<String, V> values, WriteOptions options, BiConsumer<String, Exception> failed)
      throws IOException {
    Map<String, byte[]> coded = new LinkedHashMap<>(Batches.capacity(values.size()));
    values.forEach((key, value) -> coded.put(key, encode(key, value)));
    bytes.writeAll(coded, options, failed);
  }

  @Override
  public void deleteAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    bytes.deleteAll(keys, failed);
  }

  @Override
  public Capabilities capabilities() throws IOException {
    return bytes.capabilities();
  }

  @Override
  public int maxKeyBytes() {
    return bytes.maxKeyBytes();
  }

  /** With transforms only what has no values: all else would bypass them. */
  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    boolean valueless =
        type == ChangeFeed.class || type == Statistics.class || type == LoadCounter.class;
    return valueless || transforms.length == 0 ? bytes.unwrap(type) : Optional.empty();
  }

  @Override
  public String toString() {
    return bytes.toString();
  }

  private byte[] encode(String key, V value) {
    try {
      byte[] coded = codec.encode(value);
      for (ByteTransform transform : transforms) {
        coded = transform.apply(key, coded);
      }
      return Objects.requireNonNull(coded, "encoded bytes");
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new CodecException(
          "cannot put %s into %s: a value of %s cannot be encoded: %s"
              .formatted(Keys.display(key), this, value.getClass(), Failures.describe(e)),
          e);
    }
  }

  private V decode(String key, byte[] coded) {
    try {
      byte[] plain = coded;
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
          "cannot get %s from %s: the stored bytes do not decode: %s. If other keys decode, the entry is damaged, and a put or remove repairs it; if none does, open the storage with the codec, transforms and keys that wrote it"
              .formatted(Keys.display(key), this, Failures.describe(e)),
          e);
    }
  }
}
