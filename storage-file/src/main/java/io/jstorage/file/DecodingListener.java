package io.jstorage.file;

import io.jstorage.ByteTransform;
import io.jstorage.Codec;
import io.jstorage.RemovalCause;
import io.jstorage.RemovalListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Tells a listener of values what leaves a store of bytes. */
final class DecodingListener<V> implements RemovalListener<byte[]> {
  private final RemovalListener<? super V> listener;
  private final Codec<V> codec;
  private final List<? extends ByteTransform> transforms;

  DecodingListener(
      RemovalListener<? super V> listener,
      Codec<V> codec,
      List<? extends ByteTransform> transforms) {
    this.listener = listener;
    this.codec = codec;
    this.transforms = transforms;
  }

  /** A value that does not decode is not told; whoever calls logs the reason. */
  @Override
  public void removed(String key, byte[] bytes, RemovalCause cause) {
    V value;
    try {
      byte[] plain = bytes;
      for (int i = transforms.size() - 1; i >= 0; i--) {
        plain = transforms.get(i).invert(key, plain);
      }
      value = codec.decode(plain);
      if (value == null) {
        throw new IOException("it decodes to null, which is never a value");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the value that has left does not decode", e);
    }
    listener.removed(key, value, cause);
  }
}
