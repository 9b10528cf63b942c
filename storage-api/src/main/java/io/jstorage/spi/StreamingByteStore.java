package io.jstorage.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A store that takes and gives values as streams, for values that are never to be held in memory as
 * a whole. Users reach it by {@link io.jstorage.Storage#unwrap}: what streams are the bytes as they
 * stand in the store, without codec and transforms. Because of that its methods check their keys
 * themselves.
 */
public interface StreamingByteStore extends ByteStore {
  /**
   * Opens the bytes under a key. What is read is one value as a whole, whatever is written or
   * deleted meanwhile, or ends with an {@link IOException}.
   *
   * @param key the key
   * @return the bytes, to be closed by the caller; null if there are none
   * @throws io.jstorage.InvalidKeyException if the key is not valid
   * @throws IOException if the access failed
   */
  @Nullable InputStream readStream(String key) throws IOException;

  /**
   * Writes what a stream holds up to its end under a key. The bytes come in place of what was there
   * in one step, after the last of them; a stream that fails changes nothing.
   *
   * @param key the key
   * @param bytes the bytes; the caller closes the stream
   * @throws io.jstorage.InvalidKeyException if the key is not valid
   * @throws IOException if reading the stream or the access failed; see {@link ByteStoreException}
   */
  void writeStream(String key, InputStream bytes) throws IOException;

  /**
   * Copies the bytes under a key to a file.
   *
   * @param key the key
   * @param target the file, replaced if it is there; after a failure it may be incomplete
   * @return true if there were bytes; otherwise the file is not touched
   * @throws io.jstorage.InvalidKeyException if the key is not valid
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
   * @param source the file; nobody changes it meanwhile
   * @throws io.jstorage.InvalidKeyException if the key is not valid
   * @throws IOException if reading the file or the access failed; see {@link ByteStoreException}
   */
  default void writeFile(String key, Path source) throws IOException {
    try (InputStream bytes = Files.newInputStream(source)) {
      writeStream(key, bytes);
    }
  }
}
