package io.jstorage.spi;

import io.jstorage.Version;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A store that decides conditional writes itself, in one step that no other writer can divide. Its
 * {@link #readEntry(String)} always tells a version.
 */
public interface AtomicByteStore extends ByteStore {
  /**
   * Writes bytes if the entry is in an expected state.
   *
   * @param key the key
   * @param bytes the bytes
   * @param expected the version that the entry must have, or null if there must be no entry
   * @param ttl how long the bytes live, positive; null for the store's own expiration. Only ever
   *     given to an {@link ExpiringByteStore}
   * @return true if the bytes were written
   * @throws IOException if the access failed
   */
  boolean writeIf(String key, byte[] bytes, @Nullable Version expected, @Nullable Duration ttl)
      throws IOException;

  /**
   * Deletes the bytes under a key if the entry has an expected version.
   *
   * @param key the key
   * @param expected the version
   * @return true if they were deleted
   * @throws IOException if the access failed
   */
  boolean deleteIf(String key, Version expected) throws IOException;
}
