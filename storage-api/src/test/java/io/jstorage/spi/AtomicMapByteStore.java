package io.jstorage.spi;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Version;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The same with conditional writes, by comparing content. */
class AtomicMapByteStore extends MapByteStore {
  static Version version(byte[] value) {
    return Version.of(Arrays.copyOf(value, value.length + 1));
  }

  private static boolean holds(Condition condition, byte @Nullable [] value) {
    return condition.holds(value == null ? null : version(value));
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.of(Capability.ATOMIC);
  }

  @Override
  public @Nullable Entry<byte[]> readEntry(String key, Access access) throws IOException {
    byte[] value = read(key, access);
    return value == null ? null : Entry.of(value).withVersion(version(value));
  }

  @Override
  public boolean write(String key, byte[] value, WriteOptions options) throws IOException {
    mayFail();
    AtomicBoolean written = new AtomicBoolean();
    bytes.compute(
        key,
        (k, old) -> {
          written.set(holds(options.condition(), old));
          return written.get() ? value : old;
        });
    return written.get();
  }

  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    mayFail();
    byte[] old = bytes.get(key);
    return old != null && holds(condition, old) && bytes.remove(key, old);
  }
}
