package com.example.largest;

import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStreams;
import io.jstorage.spi.ForwardingByteStore;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Refuses a value beyond a largest size, and a batch with one; what was stored stays. */
public final class LargestEntry extends ForwardingByteStore {
  private final int most;

  public LargestEntry(ByteStore store, int most) {
    super(store);
    this.most = most;
  }

  private void check(byte[] value) throws IOException {
    if (value.length > most) {
      throw new IOException(value.length + " bytes are more than the " + most + " allowed");
    }
  }

  @Override
  public boolean write(String key, byte[] value, WriteOptions options) throws IOException {
    check(value);
    return super.write(key, value, options);
  }

  @Override
  public void writeAll(Map<String, byte[]> all, WriteOptions how, BiConsumer<String, Exception> failed)
      throws IOException {
    for (byte[] value : all.values()) {
      check(value);
    }
    super.writeAll(all, how, failed);
  }

  @Override // Streams would pass by.
  public <T> Optional<T> unwrap(Class<T> type) {
    return type == ByteStreams.class ? Optional.empty() : super.unwrap(type);
  }
}
