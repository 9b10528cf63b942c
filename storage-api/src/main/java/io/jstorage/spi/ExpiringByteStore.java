package io.jstorage.spi;

import java.io.IOException;
import java.time.Duration;

/**
 * A store that keeps a deadline with each entry. Past it, the entry is never read, reported to
 * exist, or in the way of a conditional write, and removing it never removes bytes written
 * meanwhile.
 */
public interface ExpiringByteStore extends ByteStore {
  /**
   * Writes bytes that expire.
   *
   * @param key the key
   * @param bytes the bytes
   * @param ttl how long the bytes live from now on, positive; a deadline beyond what the store can
   *     express is the latest that it can
   * @throws IOException if the access failed
   */
  void write(String key, byte[] bytes, Duration ttl) throws IOException;

  /**
   * Deletes the entries that have expired.
   *
   * @return how many were deleted
   * @throws IOException if the access failed; some entries may have been deleted
   */
  long purgeExpired() throws IOException;
}
