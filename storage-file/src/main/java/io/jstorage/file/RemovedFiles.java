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
 * under the directory's lock, and read after the lock has been released. Of many files that one
 * call evicts, the later ones get temporary names instead, so that they are not all open at once.
 */
final class RemovedFiles {
  private static final Logger LOGGER = System.getLogger(RemovedFiles.class.getName());

  private static final int MAX_OPEN = 64;

  private final OpenDirectory directory;
  private final RemovalListener<? super byte[]> listener;

  /** The changes that the thread makes under the lock. */
  private final ThreadLocal<Changes> changes = ThreadLocal.withInitial(Changes::new);

  /** A file that is about to go. It is open, or has a temporary name. */
  private record RemovedFile(
      String key, RemovalCause cause, @Nullable InputStream stream, @Nullable Path renamed) {}

  private static final class Changes {
    /** Those that are about to go; null for what is no file of an entry. */
    final List<@Nullable RemovedFile> expected = new ArrayList<>();

    final List<RemovedFile> gone = new ArrayList<>();
  }

  RemovedFiles(OpenDirectory directory, RemovalListener<? super byte[]> listener) {
    this.directory = directory;
    this.listener = listener;
  }

  /** Opens the file of an entry that is about to go, if there is one. Under the lock. */
  void expect(String name, RemovalCause cause) {
    String key = null;
    try {
      key = directory.keyOfLocked(name);
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "the key of a file that leaves cannot be read: " + name, e);
    }
    if (key == null) {
      changes.get().expected.add(null);
    } else {
      expect(key, directory.file(name), cause);
    }
  }

  /** Opens a file that is about to go. If it cannot be opened, that harms nothing else. */
  void expect(String key, Path file, RemovalCause cause) {
    Changes now = changes.get();
    RemovedFile removed = null;
    try {
      BasicFileAttributes attributes = directory.disk.attributes(file);
      if (attributes != null && attributes.isRegularFile()) {
        removed =
            cause == RemovalCause.EVICTED && now.gone.size() >= MAX_OPEN
                ? new RemovedFile(key, cause, null, rename(file))
                : new RemovedFile(key, cause, directory.disk.open(file), null);
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      LOGGER.log(Level.WARNING, "a file that leaves cannot be read for its listener: " + file, e);
    }
    now.expected.add(removed);
  }

  /** If this process dies, the next opener sweeps the file. */
  private Path rename(Path file) throws IOException {
    Path renamed = directory.path.resolve(TemporaryNames.next(System.currentTimeMillis()));
    directory.disk.rename(file, renamed);
    return renamed;
  }

  /** The file that was expected last has gone. */
  void left() {
    Changes now = changes.get();
    RemovedFile removed = now.expected.remove(now.expected.size() - 1);
    if (removed != null) {
      now.gone.add(removed);
    }
  }

  /** Tells of the files that have gone; the others stayed, as a change failed. Without the lock. */
  void tell() {
    Changes now = changes.get();
    // The listener may use the store.
    changes.remove();
    now.expected.forEach(this::close);
    now.gone.forEach(this::tell);
  }

  private void close(@Nullable RemovedFile removed) {
    if (removed == null) {
      return;
    }
    try {
      if (removed.stream != null) {
        removed.stream.close();
      }
      if (removed.renamed != null) {
        directory.disk.delete(removed.renamed);
      }
    } catch (IOException e) {
      LOGGER.log(Level.DEBUG, "a file that has left cannot be closed or deleted", e);
    }
  }

  private void tell(RemovedFile removed) {
    try {
      byte[] bytes =
          removed.stream != null
              ? directory.disk.readAll(removed.stream, directory.path)
              : removed.renamed != null
                  ? directory.disk.read(removed.renamed, Disk.UNKNOWN_LENGTH)
                  : null;
      if (bytes != null) {
        listener.removed(removed.key, bytes, removed.cause);
      }
    } catch (Throwable e) {
      LOGGER.log(Level.WARNING, "a removal listener failed; the entry has left anyway", e);
    } finally {
      close(removed);
    }
  }
}
