package io.jstorage;

import java.io.IOException;
import java.util.Objects;

/**
 * Turns values into bytes and back, for storages that keep bytes.
 *
 * <p>A codec is stateless or thread-safe; any number of threads may call it concurrently. {@code
 * decode} accepts every result of {@code encode} and returns an equal value. Arrays change owner:
 * neither side touches an array after handing it over.
 *
 * <p>Failures are thrown as {@link IOException} or any {@link RuntimeException}; the storage turns
 * either into a {@link CodecException} that names the key.
 *
 * @param <V> the type of the values
 */
public interface Codec<V> {
  /**
   * Encodes a value.
   *
   * @param value the value, never null
   * @return its bytes
   * @throws IOException if the value has no encoding
   */
  byte[] encode(V value) throws IOException;

  /**
   * Decodes a value.
   *
   * @param bytes the bytes, possibly written by someone else or damaged
   * @return the value, never null
   * @throws IOException if the bytes are not an encoding of such a value
   */
  V decode(byte[] bytes) throws IOException;

  /**
   * Returns the media type of the encoded bytes, for stores that keep one.
   *
   * @return a media type, by default {@code application/octet-stream}
   */
  default String contentType() {
    return "application/octet-stream";
  }

  /**
   * Makes a codec of two functions.
   *
   * @param encoder turns a value into bytes
   * @param decoder turns the bytes back into an equal value
   * @param <V> the type of the values
   * @return the codec
   */
  static <V> Codec<V> of(Encoder<? super V> encoder, Decoder<? extends V> decoder) {
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(decoder, "decoder");
    return new Codec<>() {
      @Override
      public byte[] encode(V value) throws IOException {
        return encoder.encode(value);
      }

      @Override
      public V decode(byte[] bytes) throws IOException {
        return decoder.decode(bytes);
      }
    };
  }

  /**
   * The writing half of a codec.
   *
   * @param <V> the type of the values
   */
  @FunctionalInterface
  interface Encoder<V> {
    /**
     * Encodes a value.
     *
     * @param value the value, never null
     * @return its bytes
     * @throws IOException if the value has no encoding
     */
    byte[] encode(V value) throws IOException;
  }

  /**
   * The reading half of a codec.
   *
   * @param <V> the type of the values
   */
  @FunctionalInterface
  interface Decoder<V> {
    /**
     * Decodes a value.
     *
     * @param bytes the bytes
     * @return the value, never null
     * @throws IOException if the bytes are not an encoding of such a value
     */
    V decode(byte[] bytes) throws IOException;
  }
}
