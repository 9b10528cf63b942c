package io.jstorage;

import java.io.IOException;

/**
 * A reversible step between codec and store, such as compression or encryption.
 *
 * <p>Stateless or thread-safe. {@code invert} undoes {@code apply} for the same key. Arrays change
 * owner: neither side touches an array after handing it over. Failures are thrown as {@link
 * IOException} or any {@link RuntimeException}; the storage turns either into a {@link
 * CodecException} that names the key.
 */
public interface ByteTransform {
  /**
   * Transforms bytes on their way into the store.
   *
   * @param key the key under which they are stored
   * @param plain the bytes
   * @return the transformed bytes
   * @throws IOException if the bytes cannot be transformed
   */
  byte[] apply(String key, byte[] plain) throws IOException;

  /**
   * Restores bytes on their way out of the store.
   *
   * @param key the key under which they are stored
   * @param coded the transformed bytes, possibly damaged or hostile
   * @return the bytes that {@code apply} was given
   * @throws IOException if these are not transformed bytes, or exceed a limit of this transform
   */
  byte[] invert(String key, byte[] coded) throws IOException;
}
