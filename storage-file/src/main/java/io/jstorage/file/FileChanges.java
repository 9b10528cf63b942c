package io.jstorage.file;

import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.ChangeListener;
import io.jstorage.spi.SerialListener;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The changes of a store's files, whoever makes them: of each file of the directory whose name is
 * that of an entry. They are those that Linux reports (inotify); a change made by another machine,
 * or through a memory-mapped file, is none of them.
 *
 * <p>Of a deleted entry whose key was too long for a name, the key is not known any more; that is
 * reported as a loss.
 */
final class FileChanges implements ChangeFeed, Closeable {
  private final OpenDirectory directory;
  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  private FileChanges(OpenDirectory directory) {
    this.directory = directory;
  }

  /**
   * Returns the changes of a directory; empty where they are not known to be reported: on other
   * systems, where the JDK lists the directory from time to time, and on file systems that other
   * machines may change.
   */
  static Optional<FileChanges> of(OpenDirectory directory) {
    return Disk.IS_LINUX && directory.isKnown()
        ? Optional.of(new FileChanges(directory))
        : Optional.empty();
  }

  @Override
  public Closeable watch(ChangeListener listener) throws IOException {
    Subscriber subscriber = new Subscriber(listener);
    Closeable watching = DirectoryWatch.join(directory.path, subscriber);
    try {
      directory.checkInPlace();
    } catch (IOException | RuntimeException e) {
      watching.close();
      throw e;
    }
    subscriber.watching = watching;
    subscribers.add(subscriber);
    Closeable watch =
        () -> {
          subscribers.remove(subscriber);
          subscriber.end(false);
        };
    if (closed) {
      watch.close();
      throw new IOException("the storage was closed");
    }
    return watch;
  }

  /** Ends all reports, and says so. */
  @Override
  public void close() {
    closed = true;
    subscribers.forEach(subscriber -> subscriber.end(true));
    subscribers.clear();
  }

  /** A listener of this store. */
  private final class Subscriber implements DirectoryWatch.Subscriber {
    private final SerialListener listener;
    private volatile Closeable watching = () -> {};

    Subscriber(ChangeListener listener) {
      this.listener = new SerialListener(listener);
    }

    @Override
    public void changed(String name) {
      String key;
      try {
        key = directory.keyOf(name);
      } catch (UncheckedIOException e) {
        key = null; // That of a hashed name; the key file is gone or cannot be read.
      }
      if (key != null) {
        listener.changed(key);
      } else if (directory.names.isHashed(name)) {
        listener.missed();
      }
    }

    @Override
    public void missed() {
      listener.missed();
    }

    @Override
    public void lost() {
      listener.lost();
    }

    @Override
    public void resumed() {
      listener.resumed();
    }

    void end(boolean withStore) {
      try {
        watching.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        if (withStore) {
          listener.endLost();
        } else {
          listener.end();
        }
      }
    }
  }
}
