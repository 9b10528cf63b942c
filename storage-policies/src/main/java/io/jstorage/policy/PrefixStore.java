package io.jstorage.policy;

import io.jstorage.Entry;
import io.jstorage.InvalidKeyException;
import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.spi.Access;
import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.ChangeListener;
import io.jstorage.spi.Condition;
import io.jstorage.spi.Keys;
import io.jstorage.spi.PolicyStore;
import io.jstorage.spi.WriteOptions;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts a prefix before each key on the way in, and takes it off on the way out. */
final class PrefixStore<V> extends PolicyStore<V> {
  private static final int CLEARED_AT_ONCE = 500;

  private final String prefix;
  private final int maxKeyBytes;

  PrefixStore(Storage<V> behind, String prefix) {
    super(PrefixStorage.NAME, behind, FallbackStorage.NAME, RefreshStorage.NAME);
    this.prefix = prefix;
    int most = super.maxKeyBytes();
    try {
      Keys.check(prefix, most);
    } catch (InvalidKeyException e) {
      throw new InvalidOptionException(
          "the prefix %s cannot begin keys: %s".formatted(Keys.display(prefix), e.getMessage()), e);
    }
    this.maxKeyBytes = most - prefix.getBytes(StandardCharsets.UTF_8).length;
    if (maxKeyBytes < Keys.PORTABLE_BYTES) {
      throw new InvalidOptionException(
          "the prefix %s is too long for %s: of its %d bytes for a key it would leave %d, and every storage takes keys of %d"
              .formatted(Keys.display(prefix), behind, most, maxKeyBytes, Keys.PORTABLE_BYTES));
    }
  }

  private String in(String key) {
    return prefix + key;
  }

  private List<String> in(List<String> keys) {
    return keys.stream().map(this::in).toList();
  }

  private String out(String key) {
    return key.substring(prefix.length());
  }

  /** Reports failures by the key that the caller knows. */
  private BiConsumer<String, Exception> out(BiConsumer<String, Exception> failed) {
    return (key, e) -> failed.accept(out(key), e);
  }

  @Override
  public @Nullable V read(String key, Access access) throws IOException {
    return super.read(in(key), access);
  }

  @Override
  public @Nullable Entry<V> readEntry(String key, Access access) throws IOException {
    return super.readEntry(in(key), access);
  }

  @Override
  public boolean write(String key, V value, WriteOptions options) throws IOException {
    return super.write(in(key), value, options);
  }

  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    return super.delete(in(key), condition);
  }

  @Override
  public boolean contains(String key) throws IOException {
    return super.contains(in(key));
  }

  /** The prefix itself is a key of the storage behind, but of nothing here. */
  @Override
  public Stream<String> keys(String start) throws IOException {
    return super.keys(in(start)).filter(key -> key.length() > prefix.length()).map(this::out);
  }

  @Override
  public long count() throws IOException {
    try (Stream<String> keys = keys("")) {
      return keys.count();
    }
  }

  @Override
  public void clear() throws IOException {
    Exception[] failure = new Exception[1];
    try (Stream<String> keys = keys("")) {
      List<String> some = new ArrayList<>();
      for (Iterator<String> each = keys.iterator(); each.hasNext(); ) {
        some.add(each.next());
        if (some.size() == CLEARED_AT_ONCE || !each.hasNext()) {
          deleteAll(
              some,
              (key, e) -> {
                synchronized (failure) {
                  failure[0] = add(failure[0], e);
                }
              });
          some = new ArrayList<>();
        }
      }
    }
    if (failure[0] instanceof StorageException known) {
      throw known;
    }
    if (failure[0] instanceof IOException known) {
      throw known;
    }
    if (failure[0] != null) {
      throw new IOException(failure[0].getMessage(), failure[0]);
    }
  }

  private static Exception add(@Nullable Exception first, Exception e) {
    if (first == null) {
      return e;
    }
    if (first != e && first.getSuppressed().length < 10) {
      first.addSuppressed(e);
    }
    return first;
  }

  @Override
  public Map<String, V> readAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    Map<String, V> found = new LinkedHashMap<>();
    super.readAll(in(keys), out(failed)).forEach((key, value) -> found.put(out(key), value));
    return found;
  }

  @Override
  public void writeAll(
      Map<String, V> values, WriteOptions options, BiConsumer<String, Exception> failed)
      throws IOException {
    Map<String, V> prefixed = new LinkedHashMap<>();
    values.forEach((key, value) -> prefixed.put(in(key), value));
    super.writeAll(prefixed, options, out(failed));
  }

  @Override
  public void deleteAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    super.deleteAll(in(keys), out(failed));
  }

  @Override
  public int maxKeyBytes() {
    return maxKeyBytes;
  }

  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    Optional<T> found = super.unwrap(type);
    return type == ChangeFeed.class
        ? found.map(feed -> type.cast(new Feed((ChangeFeed) feed)))
        : found;
  }

  @Override
  public String toString() {
    return "%s, under %s".formatted(super.toString(), Keys.display(prefix));
  }

  /** The changes under the prefix. */
  private final class Feed implements ChangeFeed {
    private final ChangeFeed all;

    Feed(ChangeFeed all) {
      this.all = all;
    }

    @Override
    public Closeable watch(ChangeListener listener) throws IOException {
      return all.watch(
          new ChangeListener() {
            @Override
            public void changed(String key) {
              if (key.startsWith(prefix) && key.length() > prefix.length()) {
                listener.changed(out(key));
              }
            }

            @Override
            public void lost() {
              listener.lost();
            }

            @Override
            public void resumed() {
              listener.resumed();
            }
          });
    }
  }
}
