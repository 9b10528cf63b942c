package io.jstorage.spi;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A store that carries out many operations faster together than one by one. Each method attempts
 * every key, reports the failure of a single key to {@code failed}, on any thread before it
 * returns, and throws only if nothing could be attempted.
 */
public interface BatchByteStore extends ByteStore {
  /**
   * Reads the bytes under several keys.
   *
   * @param keys the keys, without duplicates
   * @param failed receives the failure of each key that failed
   * @return the bytes of the keys that are there, in any order
   * @throws IOException if the access failed as a whole
   */
  Map<String, byte[]> readAll(List<String> keys, BiConsumer<String, IOException> failed)
      throws IOException;

  /**
   * Writes bytes under several keys.
   *
   * @param entries the bytes by key
   * @param ttl how long the bytes live, positive; null for the store's own expiration. Only ever
   *     given to an {@link ExpiringByteStore}
   * @param failed receives the failure of each key that failed
   * @throws IOException if the access failed as a whole
   */
  void writeAll(
      Map<String, byte[]> entries, @Nullable Duration ttl, BiConsumer<String, IOException> failed)
      throws IOException;

  /**
   * Deletes the bytes under several keys; absent keys are no failure.
   *
   * @param keys the keys, without duplicates
   * @param failed receives the failure of each key that failed
   * @throws IOException if the access failed as a whole
   */
  void deleteAll(List<String> keys, BiConsumer<String, IOException> failed) throws IOException;
}
