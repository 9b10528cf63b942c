package io.jstorage.codec;

import io.jstorage.Codec;

/** The codecs of one type each that need no library. Both are thread-safe. */
public final class Codecs {
  // A store may keep, and a careless one may hand out again, the very array that it was given.
  private static final Codec<byte[]> BYTES = Codec.of(byte[]::clone, byte[]::clone);

  private Codecs() {}

  /**
   * Returns the codec {@code bytes}, which keeps values as they are.
   *
   * <p>It copies on both ways, at the cost of one {@code clone()}: changing an array after putting
   * or getting it changes nothing in any store.
   *
   * @return the codec
   */
  public static Codec<byte[]> bytes() {
    return BYTES;
  }

  /**
   * Returns the codec {@code text}, which keeps strings as UTF-8 without a byte order mark.
   *
   * <p>It is strict: a string with an unpaired surrogate cannot be put, and malformed bytes are an
   * {@link java.io.IOException}; nothing is ever replaced by a question mark.
   *
   * @return the codec
   */
  public static Codec<String> text() {
    return TextCodec.INSTANCE;
  }
}
