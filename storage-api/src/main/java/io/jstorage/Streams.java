package io.jstorage;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The values of a {@link Storage} as streams of bytes, for values too large for memory: the bytes
 * as they are stored, without codec and transforms. Thread-safe. Keys are checked and failures
 * reported as by the storage itself.
 */
public interface Streams {
  /**
   * Opens the bytes under a key. The stream is one value as a whole, whatever is written or removed
   * concurrently, or ends with an {@link java.io.IOException}; also if the storage is closed.
   *
   * @param key the key
   * @return the bytes, to be closed by the caller, or empty if there are none
   * @throws StorageException if the access failed
   */
  Optional<InputStream> read(String key);

  /**
   * Stores the bytes of a stream up to its end. They replace the old ones in one step, after the
   * last of them was read; a stream that fails changes nothing.
   *
   * @param key the key
   * @param bytes the bytes; the caller closes the stream
   * @throws StorageException if reading the stream or the access failed; the old bytes still exist
   *     unless {@link StorageException#outcomeUnknown()}
   */
  void write(String key, InputStream bytes);

  /**
   * Stores the bytes of a stream as {@link #write(String, InputStream)} does, for a time. Needs
   * {@link Capability#EXPIRY}.
   *
   * @param key the key
   * @param bytes the bytes; the caller closes the stream
   * @param ttl how long the bytes live, from the end of the stream
   * @throws IllegalArgumentException if {@code ttl} is zero or negative
   * @throws StorageException if reading the stream or the access failed; the old bytes still exist
   *     unless {@link StorageException#outcomeUnknown()}
   */
  void write(String key, InputStream bytes, Duration ttl);

  /**
   * Copies the bytes under a key to a file.
   *
   * @param key the key
   * @param target the file, replaced if it exists; after a failure it may be incomplete
   * @return true if there were bytes; otherwise the file is not touched
   * @throws StorageException if writing the file or the access failed
   */
  boolean readFile(String key, Path target);

  /**
   * Stores the content of a file, as {@link #write(String, InputStream)} does.
   *
   * @param key the key
   * @param source the file, which must not be changed concurrently
   * @throws StorageException if reading the file or the access failed; the old bytes still exist
   *     unless {@link StorageException#outcomeUnknown()}
   */
  void writeFile(String key, Path source);

  /**
   * Stores the content of a file as {@link #writeFile(String, Path)} does, for a time. Needs {@link
   * Capability#EXPIRY}.
   *
   * @param key the key
   * @param source the file, which must not be changed concurrently
   * @param ttl how long the bytes live, from the end of the file
   * @throws IllegalArgumentException if {@code ttl} is zero or negative
   * @throws StorageException if reading the file or the access failed; the old bytes still exist
   *     unless {@link StorageException#outcomeUnknown()}
   */
  void writeFile(String key, Path source, Duration ttl);
}
