package io.jstorage.spi;

import io.jstorage.Entry;
import io.jstorage.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The same with conditional writes, by comparing content. */
class AtomicMapByteStore extends MapByteStore implements AtomicByteStore {
  static Version version(byte[] value) {
    return Version.of(Arrays.copyOf(value, value.length + 1));
  }

  @Override
  public @Nullable Entry<byte[]> readEntry(String key) throws IOException {
    byte[] value = read(key);
    return value == null ? null : Entry.of(value).withVersion(version(value));
  }

  @Override
  public boolean writeIf(
      String key, byte[] value, @Nullable Version expected, @Nullable Duration ttl)
      throws IOException {
    mayFail();
    AtomicBoolean written = new AtomicBoolean();
    bytes.compute(
        key,
        (k, old) -> {
          boolean matches =
              old == null ? expected == null : expected != null && version(old).equals(expected);
          written.set(matches);
          return matches ? value : old;
        });
    return written.get();
  }

  @Override
  public boolean deleteIf(String key, Version expected) throws IOException {
    mayFail();
    byte[] old = bytes.get(key);
    return old != null && version(old).equals(expected) && bytes.remove(key, old);
  }
}
