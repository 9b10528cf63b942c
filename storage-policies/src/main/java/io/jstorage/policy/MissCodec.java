package io.jstorage.policy;

import io.jstorage.Codec;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Values as their codec writes them, and nothing as a single zero byte. A value whose encoding
 * starts with a zero byte gets one more in front.
 */
final class MissCodec<V> implements Codec<Optional<V>> {
  private final Codec<V> values;

  MissCodec(Codec<V> values) {
    this.values = values;
  }

  @Override
  public byte[] encode(Optional<V> value) throws IOException {
    if (value.isEmpty()) {
      return new byte[1];
    }
    byte[] coded = values.encode(value.get());
    if (coded.length == 0 || coded[0] != 0) {
      return coded;
    }
    byte[] escaped = new byte[coded.length + 1];
    System.arraycopy(coded, 0, escaped, 1, coded.length);
    return escaped;
  }

  @Override
  public Optional<V> decode(byte[] coded) throws IOException {
    if (coded.length == 0 || coded[0] != 0) {
      return Optional.of(values.decode(coded));
    }
    if (coded.length == 1) {
      return Optional.empty();
    }
    if (coded[1] != 0) {
      throw new IOException("a single zero byte means no value, but other bytes follow it");
    }
    return Optional.of(values.decode(Arrays.copyOfRange(coded, 1, coded.length)));
  }

  @Override
  public String toString() {
    return values + ", or nothing";
  }
}
