package io.jstorage.file;

import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.ChangeListener;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

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

  private FileChanges(OpenDirectory directory) {
    this.directory = directory;
  }

  /**
   * Returns the changes of a directory; empty where they are not known to be reported: on other
   * systems, where the JDK lists the directory from time to time, and on file systems that other
   * machines may change.
   */
  static Optional<FileChanges> of(OpenDirectory directory) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return system.equals("linux") && directory.isKnown()
        ? Optional.of(new FileChanges(directory))
        : Optional.empty();
  }

  @Override
  public Closeable watch(ChangeListener listener) throws IOException {
    Subscriber subscriber = new Subscriber(Objects.requireNonNull(listener, "listener"));
    Closeable watching = DirectoryWatch.join(directory.path, subscriber);
    try {
      directory.checkInPlace();
    } catch (IOException | RuntimeException e) {
      watching.close();
      throw e;
    }
    subscriber.watching = watching;
    subscribers.add(subscriber);
    return () -> {
      subscribers.remove(subscriber);
      subscriber.end(false);
    };
  }

  /** Ends all reports, and says so. */
  @Override
  public void close() {
    subscribers.forEach(subscriber -> subscriber.end(true));
    subscribers.clear();
  }

  /** A listener of this store, which hears of one thing at a time. */
  private final class Subscriber implements DirectoryWatch.Subscriber {
    private final ChangeListener listener;
    private final ReentrantLock delivery = new ReentrantLock();
    private volatile Closeable watching = () -> {};
    private boolean ended;

    Subscriber(ChangeListener listener) {
      this.listener = listener;
    }

    @Override
    public void changed(String name) {
      String key;
      try {
        key = directory.keyOf(name);
      } catch (UncheckedIOException e) {
        key = null;
      }
      if (key != null) {
        String changed = key;
        deliver(() -> listener.changed(changed));
      } else if (directory.names.isHashed(name)) {
        missed();
      }
    }

    /** Some changes were missed, and from now on none is. */
    @Override
    public void missed() {
      deliver(
          () -> {
            listener.lost();
            listener.resumed();
          });
    }

    @Override
    public void lost() {
      deliver(listener::lost);
    }

    @Override
    public void resumed() {
      deliver(listener::resumed);
    }

    private void deliver(Runnable report) {
      delivery.lock();
      try {
        if (!ended) {
          report.run();
        }
      } catch (RuntimeException e) {
        // The fault of one listener must not keep the others from hearing.
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      } finally {
        delivery.unlock();
      }
    }

    void end(boolean withStore) {
      try {
        watching.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        deliver(
            () -> {
              ended = true;
              if (withStore) {
                listener.lost();
              }
            });
      }
    }
  }
}
