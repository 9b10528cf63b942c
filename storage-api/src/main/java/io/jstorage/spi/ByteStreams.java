package io.jstorage.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * The capability of a {@link ByteStore} to read and write values as streams, for values too large
 * for memory. A store returns it from {@link Store#unwrap}. Users get it from {@link
 * io.jstorage.Storage#streams()}, which checks keys and reports failures as every other call does.
 * The streams are the stored bytes, without codec and transforms.
 */
public interface ByteStreams {
  /**
   * Opens the bytes under a key. The stream is one whole value, even if others write or delete
   * concurrently, or ends with an {@link IOException}.
   *
   * @param key the key
   * @return the bytes, to be closed by the caller; null if there are none
   * @throws IOException if the access failed
   */
  @Nullable InputStream readStream(String key) throws IOException;

  /**
   * Writes the bytes of a stream up to its end under a key. They replace the old ones in one step,
   * after the last of them was read; a stream that fails changes nothing.
   *
   * @param key the key
   * @param bytes the bytes; the caller closes the stream
   * @param options the time to live, which begins at the end of the stream, and the condition
   * @return true if the bytes were written, false if the condition did not hold
   * @throws IOException if reading the stream or the access failed; see {@link ByteStoreException}
   */
  boolean writeStream(String key, InputStream bytes, WriteOptions options) throws IOException;

  /**
   * Copies the bytes under a key to a file.
   *
   * @param key the key
   * @param target the file, replaced if it exists; after a failure it may be incomplete
   * @return true if there were bytes; otherwise the file is not touched
   * @throws IOException if writing the file or the access failed
   */
  default boolean readFile(String key, Path target) throws IOException {
    try (InputStream bytes = readStream(key)) {
      if (bytes == null) {
        return false;
      }
      Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
      return true;
    }
  }

  /**
   * Writes the content of a file under a key, as {@link #writeStream} does.
   *
   * @param key the key
   * @param source the file, which must not be changed concurrently
   * @param options the time to live and the condition
   * @return true if the bytes were written, false if the condition did not hold
   * @throws IOException if reading the file or the access failed; see {@link ByteStoreException}
   */
  default boolean writeFile(String key, Path source, WriteOptions options) throws IOException {
    try (InputStream bytes = Files.newInputStream(source)) {
      return writeStream(key, bytes, options);
    }
  }
}
