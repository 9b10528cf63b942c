package io.jstorage.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Watches a directory for all stores of this JVM that have it open, by one thread: a user may have
 * few instances of inotify, 128 on most systems. Linux says nothing when the directory itself is
 * renamed or replaced by another one, so the thread looks for that every second.
 */
final class DirectoryWatch {
  /** How long it may take until it is detected that the directory is another one. */
  private static final long INTERVAL_MILLIS = 1_000;

  /** Guards the following, and who joins and leaves. */
  private static final ReentrantLock REGISTRY = new ReentrantLock();

  private static final Map<Place, DirectoryWatch> WATCHES = new HashMap<>();

  /** A directory of a path; another one may take its place. */
  private record Place(Path path, @Nullable Object identity) {}

  private final Place place;
  private final WatchService service;
  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

  /** Guards the following, so that nobody joins in the middle of a change of it. */
  private final ReentrantLock state = new ReentrantLock();

  /** Null while the directory is not in its place. */
  private @Nullable WatchKey key;

  /** Hears of names of files. Called by the thread of the watch, and when joining it. */
  interface Subscriber {
    void changed(String name);

    /** Any file may have changed. */
    void missed();

    /** Nothing will be reported until {@link #resumed}. */
    void lost();

    void resumed();
  }

  private DirectoryWatch(Place place, WatchService service) throws IOException {
    this.place = place;
    this.service = service;
    this.key = register();
  }

  private WatchKey register() throws IOException {
    return place.path.register(
        service,
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY,
        StandardWatchEventKinds.ENTRY_DELETE);
  }

  /**
   * Reports all that happens in a directory from now on.
   *
   * @return ends the reports
   */
  static Closeable join(Path path, Subscriber subscriber) throws IOException {
    REGISTRY.lock();
    try {
      Place place = new Place(path, identity(path));
      DirectoryWatch watch = WATCHES.get(place);
      if (watch == null) {
        watch = start(place);
        WATCHES.put(place, watch);
      }
      watch.add(subscriber);
      DirectoryWatch joined = watch;
      return () -> joined.leave(subscriber);
    } finally {
      REGISTRY.unlock();
    }
  }

  private static DirectoryWatch start(Place place) throws IOException {
    WatchService service = place.path.getFileSystem().newWatchService();
    try {
      DirectoryWatch watch = new DirectoryWatch(place, service);
      Thread thread = new Thread(null, watch::runToTheEnd, "jstorage-file-changes", 0, false);
      thread.setDaemon(true);
      thread.start();
      return watch;
    } catch (IOException | RuntimeException | Error e) {
      service.close();
      throw e;
    }
  }

  private static @Nullable Object identity(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  private void add(Subscriber subscriber) {
    state.lock();
    try {
      subscribers.add(subscriber);
      if (key == null) {
        subscriber.lost();
      }
    } finally {
      state.unlock();
    }
  }

  private void leave(Subscriber subscriber) throws IOException {
    REGISTRY.lock();
    try {
      subscribers.remove(subscriber);
      if (subscribers.isEmpty()) {
        WATCHES.remove(place, this);
        service.close();
      }
    } finally {
      REGISTRY.unlock();
    }
  }

  /** Reports a loss at the end of the thread, for any reason. */
  private void runToTheEnd() {
    try {
      run();
    } finally {
      REGISTRY.lock();
      try {
        WATCHES.remove(place, this);
      } finally {
        REGISTRY.unlock();
      }
      subscribers.forEach(Subscriber::lost);
    }
  }

  private void run() {
    long looked = System.nanoTime();
    while (true) {
      try {
        WatchKey signalled = service.poll(INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        if (signalled != null) {
          report(signalled);
        }
        if (System.nanoTime() - looked >= TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS)) {
          lookForDirectory();
          looked = System.nanoTime();
        }
      } catch (ClosedWatchServiceException e) {
        return;
      } catch (InterruptedException e) {
        // Nobody else has this thread.
      }
    }
  }

  private void report(WatchKey signalled) {
    for (WatchEvent<?> event : signalled.pollEvents()) {
      if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
        subscribers.forEach(Subscriber::missed);
      } else {
        String name = Objects.requireNonNull(event.context()).toString();
        subscribers.forEach(subscriber -> subscriber.changed(name));
      }
    }
    if (!signalled.reset()) {
      lose(signalled);
    }
  }

  private void lose(WatchKey ended) {
    state.lock();
    try {
      if (key == ended) {
        key = null;
        subscribers.forEach(Subscriber::lost);
      }
    } finally {
      state.unlock();
    }
  }

  /** Detects that the directory left its place, or came back. */
  private void lookForDirectory() {
    boolean inPlace;
    try {
      inPlace = Objects.equals(identity(place.path), place.identity);
    } catch (IOException e) {
      inPlace = false;
    }
    WatchKey watched = key;
    if (!inPlace && watched != null) {
      watched.cancel();
      lose(watched);
    } else if (inPlace && watched == null) {
      comeBack();
    }
  }

  private void comeBack() {
    state.lock();
    try {
      key = register();
      subscribers.forEach(Subscriber::resumed);
    } catch (IOException e) {
      // It left again; the next look tells.
      key = null;
    } finally {
      state.unlock();
    }
  }
}
