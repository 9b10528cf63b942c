package io.jstorage.codec;

import io.jstorage.Codec;

/**
 * Copies both ways: the caller keeps the array that it put and may change the one that it got,
 * while a store may keep, and a careless one may hand out again, the very array that it was given.
 */
final class BytesCodec implements Codec<byte[]> {
  static final BytesCodec INSTANCE = new BytesCodec();

  private BytesCodec() {}

  @Override
  public byte[] encode(byte[] value) {
    return value.clone();
  }

  @Override
  public byte[] decode(byte[] bytes) {
    return bytes.clone();
  }
}
