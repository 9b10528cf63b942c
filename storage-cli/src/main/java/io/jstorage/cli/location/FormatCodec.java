package io.jstorage.cli.location;

import io.jstorage.CodecException;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.codec.Codecs;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreFactory;
import io.jstorage.spi.Condition;
import io.jstorage.spi.Keys;
import io.jstorage.spi.WriteOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns values into the bytes of a format and back, in memory. For one thread. */
public final class FormatCodec implements AutoCloseable {
  private final One one = new One();
  private final Storage<Object> values;
  private final Storage<byte[]> contents;

  /**
   * Makes one of a codec and transforms by their names.
   *
   * @param options the options of codec and transforms, whose names are not among them
   */
  public static FormatCodec of(String codec, List<String> transforms, StorageOptions options) {
    return new FormatCodec(new Format(codec, transforms, Map.of()), options, StorageOptions.none());
  }

  /**
   * Makes one.
   *
   * @param options the options of codec and transforms
   * @param transforming those of the transforms alone
   */
  FormatCodec(Format format, StorageOptions options, StorageOptions transforming) {
    StorageProvider provider = StorageProvider.load(FormatCodec.class.getClassLoader());
    provider.register(new Factory(format, one));
    this.values = provider.create(Factory.NAME, options);
    this.contents = provider.create(Factory.NAME, Codecs.bytes(), transforming);
  }

  /**
   * Returns the bytes of a value.
   *
   * @throws CodecException if it has none
   */
  public byte[] encode(String key, Object value) {
    values.put(key, value);
    return one.bytes(key);
  }

  /**
   * Returns the value of stored bytes.
   *
   * @throws CodecException if there is none
   */
  public Object decode(String key, byte[] bytes) {
    one.bytes.put(key, bytes);
    try {
      return values.require(key);
    } finally {
      one.bytes.remove(key);
    }
  }

  /** Returns the stored bytes of what the codec has written, such as a text of JSON. */
  public byte[] transform(String key, byte[] content) {
    contents.put(key, content);
    return one.bytes(key);
  }

  @Override
  public void close() {
    values.close();
    contents.close();
  }

  /** A storage of the same codec and transforms, in memory. */
  private static final class Factory extends ByteStoreFactory {
    static final String NAME = "trial";

    private final Format format;
    private final ByteStore store;

    Factory(Format format, ByteStore store) {
      this.format = format;
      this.store = store;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Set<Option<?>> options() {
      return Set.of();
    }

    @Override
    public Optional<String> defaultCodec() {
      return Optional.of(format.codec());
    }

    @Override
    public List<String> defaultTransforms() {
      return format.transforms();
    }

    @Override
    protected ByteStore open(StorageOptions options) {
      return store;
    }
  }

  private static final class One implements ByteStore {
    final Map<String, byte[]> bytes = new HashMap<>();

    byte[] bytes(String key) {
      return Objects.requireNonNull(bytes.remove(key), key);
    }

    @Override
    public byte @Nullable [] read(String key, Access access) {
      return bytes.get(key);
    }

    @Override
    public boolean write(String key, byte[] value, WriteOptions options) {
      bytes.put(key, value);
      return true;
    }

    @Override
    public boolean delete(String key, Condition condition) {
      return bytes.remove(key) != null;
    }

    @Override
    public Stream<String> keys(String prefix) {
      return List.copyOf(bytes.keySet()).stream();
    }

    @Override
    public int maxKeyBytes() {
      return Keys.MAX_BYTES;
    }

    @Override
    public String toString() {
      return "memory";
    }
  }
}
