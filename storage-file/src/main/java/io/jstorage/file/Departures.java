package io.jstorage.file;

import io.jstorage.RemovalCause;
import io.jstorage.RemovalListener;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener of the files that a store deletes or replaces. A file is opened before it goes,
 * under the directory's lock, and read after the lock has been released.
 */
final class Departures {
  private static final Logger LOGGER = System.getLogger(Departures.class.getName());

  /** How many files one call keeps open; further ones are read before they go. */
  private static final int MAX_OPEN = 64;

  private final OpenDirectory directory;
  private final RemovalListener<? super byte[]> listener;

  /** The files that the thread has let go, under a lock that it still holds. */
  private final ThreadLocal<List<Departure>> gone = ThreadLocal.withInitial(ArrayList::new);

  /** A file that is about to go. It is open, or has been read. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Departure(
      String key, RemovalCause cause, @Nullable InputStream stream, byte @Nullable [] bytes) {}

  Departures(OpenDirectory directory, RemovalListener<? super byte[]> listener) {
    this.directory = directory;
    this.listener = listener;
  }

  /**
   * Opens a file that is about to go.
   *
   * @param name the name of the entry
   * @param file the file, under that name or another one
   * @return null if it is no file of an entry; or if it cannot be opened, which harms nothing else
   */
  @Nullable Departure open(String name, Path file, RemovalCause cause) {
    try {
      String key = directory.keyOfLocked(name);
      BasicFileAttributes attributes = directory.disk.attributes(file);
      if (key == null || attributes == null || !attributes.isRegularFile()) {
        return null;
      }
      if (gone.get().size() >= MAX_OPEN) {
        return new Departure(key, cause, null, directory.disk.read(file));
      }
      return new Departure(key, cause, directory.disk.open(file), null);
    } catch (IOException | OutOfMemoryError e) {
      LOGGER.log(Level.WARNING, "a file that leaves cannot be read for its listener: " + file, e);
      return null;
    }
  }

  /** The file has gone. */
  void left(@Nullable Departure departure) {
    if (departure != null) {
      gone.get().add(departure);
    }
  }

  /** The file has not gone. */
  static void stayed(@Nullable Departure departure) {
    if (departure != null && departure.stream != null) {
      try {
        departure.stream.close();
      } catch (IOException e) {
        LOGGER.log(Level.DEBUG, "a file that was only read cannot be closed", e);
      }
    }
  }

  /** Tells of the files that the thread has let go. Without the lock. */
  void tell() {
    List<Departure> told = gone.get();
    // The listener may use the store.
    gone.remove();
    told.forEach(this::tell);
  }

  private void tell(Departure departure) {
    try {
      byte[] bytes = departure.bytes;
      InputStream stream = departure.stream;
      if (stream != null) {
        bytes = directory.disk.readAll(stream, directory.path);
      }
      if (bytes != null) {
        listener.removed(departure.key, bytes, departure.cause);
      }
    } catch (Throwable e) {
      LOGGER.log(Level.WARNING, "a removal listener failed; the entry has left anyway", e);
    } finally {
      stayed(departure);
    }
  }
}
