package io.jstorage.near;

import io.jstorage.Storage;
import io.jstorage.spi.Access;
import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.ChangeListener;
import io.jstorage.spi.Condition;
import io.jstorage.spi.ForwardingStore;
import io.jstorage.spi.Storages;
import io.jstorage.spi.WriteOptions;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A near cache as it is written at first: it keeps what it read, and drops what changes; but a
 * change between the reading and the keeping drops nothing.
 */
final class NaiveNear extends ForwardingStore<String> implements ChangeListener {
  private final Map<String, String> near = new ConcurrentHashMap<>();

  private NaiveNear(Storage<String> far) {
    super(Storages.asStore(far));
  }

  static Storage<String> over(Storage<String> far) throws IOException {
    NaiveNear naive = new NaiveNear(far);
    Closeable watching = far.unwrap(ChangeFeed.class).orElseThrow().watch(naive);
    return Storages.ofPolicy(naive, List.of(watching));
  }

  @Override
  public @Nullable String read(String key, Access access) throws IOException {
    String known = near.get(key);
    if (known != null) {
      return known;
    }
    String read = super.read(key, access);
    if (read != null) {
      near.put(key, read);
    }
    return read;
  }

  @Override
  public boolean write(String key, String value, WriteOptions options) throws IOException {
    boolean written = super.write(key, value, options);
    near.remove(key);
    return written;
  }

  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    boolean deleted = super.delete(key, condition);
    near.remove(key);
    return deleted;
  }

  @Override
  public void changed(String key) {
    near.remove(key);
  }

  @Override
  public void lost() {
    near.clear();
  }

  @Override
  public void resumed() {
    near.clear();
  }
}
