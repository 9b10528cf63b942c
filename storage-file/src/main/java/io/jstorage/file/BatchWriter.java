package io.jstorage.file;

import io.jstorage.spi.ByteStoreException;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes and deletes several entries with fewer and overlapping waits for the disk: all files of a
 * group are written, then all are forced to the disk by several threads, then all take their
 * places, and then their names are forced once. Each entry is old or new at any moment, as after a
 * single write, and none is acknowledged before its name is durable.
 */
final class BatchWriter {
  /** Bounds the files that are open and the temporary names. */
  private static final int GROUP = 128;

  /** Bounds how long other writers wait for the lock: a rename takes some microseconds. */
  private static final int TURN = 32;

  /** Disks and file systems merge the waits of so many threads; more make little difference. */
  private static final int THREADS = 8;

  /** From so many files on, threads pay for themselves. */
  private static final int WORTH_THREADS = 16;

  private static final String PLACED = "the new value is in place";
  private static final String DELETED = "the value is gone";

  private final OpenDirectory directory;
  private final EntryWriter writer;
  private final EntryTimes times;

  BatchWriter(OpenDirectory directory, EntryWriter writer, EntryTimes times) {
    this.directory = directory;
    this.writer = writer;
    this.times = times;
  }

  /** A file that is written and has not taken its place. */
  private record Staged(String key, String name, PreparedFile file) {}

  void writeAll(
      Map<String, byte[]> values, WriteOptions options, BiConsumer<String, Exception> failed)
      throws IOException {
    directory.lock();
    @Nullable IOException[] unavailable = new @Nullable IOException[1];
    for (List<Map.Entry<String, byte[]>> group : groups(List.copyOf(values.entrySet()), GROUP)) {
      IOException failure = unavailable[0];
      if (failure != null) {
        group.forEach(entry -> failed.accept(entry.getKey(), failure));
        continue;
      }
      List<Staged> staged = new ArrayList<>(group.size());
      try {
        for (Map.Entry<String, byte[]> entry : group) {
          stage(entry.getKey(), entry.getValue(), options, staged, failed);
        }
        acknowledge(placeAll(forceAll(staged, failed), unavailable, failed), PLACED, failed);
      } finally {
        // Deletes the files that did not take their places, whatever was thrown.
        staged.forEach(each -> discard(each, null));
      }
    }
  }

  private static <T> List<List<T>> groups(List<T> all, int size) {
    List<List<T>> groups = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      groups.add(all.subList(from, Math.min(from + size, all.size())));
    }
    return groups;
  }

  private void stage(
      String key,
      byte[] bytes,
      WriteOptions options,
      List<Staged> staged,
      BiConsumer<String, Exception> failed) {
    try {
      PreparedFile file = PreparedFile.create(directory.disk, directory.path);
      Staged one = new Staged(key, directory.names.nameOf(key), file);
      try {
        file.write(Content.of(bytes));
        times.stamp(file.path(), options.ttl());
      } catch (IOException e) {
        discard(one, e);
        throw e;
      }
      staged.add(one);
    } catch (IOException e) {
      failed.accept(key, writer.reason(e));
    }
  }

  /** Deletes the file of an entry that is not written. */
  private static void discard(Staged staged, @Nullable Exception failure) {
    try {
      staged.file.close();
    } catch (IOException e) {
      if (failure != null) {
        failure.addSuppressed(e);
      }
    }
  }

  private void fail(Staged staged, IOException e, BiConsumer<String, Exception> failed) {
    discard(staged, e);
    failed.accept(staged.key, writer.reason(e));
  }

  /** Forces files to the disk if the durability requires it; returns those without a failure. */
  private List<Staged> forceAll(List<Staged> staged, BiConsumer<String, Exception> failed) {
    boolean sync = directory.durability != Durability.NONE;
    int threads = sync && staged.size() >= WORTH_THREADS ? THREADS : 1;
    if (threads == 1) {
      return force(staged, sync, failed);
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "jstorage-file-batch");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<List<Staged>>> parts = new ArrayList<>();
      int size = (staged.size() + threads - 1) / threads;
      for (List<Staged> part : groups(staged, size)) {
        parts.add(pool.submit(() -> force(part, true, failed)));
      }
      List<Staged> forced = new ArrayList<>(staged.size());
      for (Future<List<Staged>> part : parts) {
        forced.addAll(resultOf(part));
      }
      return forced;
    } finally {
      pool.shutdown();
    }
  }

  private List<Staged> force(
      List<Staged> staged, boolean sync, BiConsumer<String, Exception> failed) {
    List<Staged> forced = new ArrayList<>(staged.size());
    for (Staged each : staged) {
      try {
        each.file.finish(sync);
        forced.add(each);
      } catch (IOException e) {
        fail(each, e, failed);
      }
    }
    return forced;
  }

  /** Waits for a part of the work; an interrupt does not end the wait, and is kept. */
  private static <T> T resultOf(Future<T> part) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return part.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IllegalStateException("a part of a batch failed", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Gives files their names; returns the keys of those that have them.
   *
   * @param unavailable receives the failure to acquire the lock, after which no turn waits for it
   */
  private List<String> placeAll(
      List<Staged> forced,
      @Nullable IOException[] unavailable,
      BiConsumer<String, Exception> failed) {
    List<String> placed = new ArrayList<>(forced.size());
    for (List<Staged> turn : groups(forced, TURN)) {
      DirectoryLock.Held held = acquire(unavailable);
      if (held == null) {
        IOException failure = Objects.requireNonNull(unavailable[0]);
        turn.forEach(each -> fail(each, failure, failed));
        continue;
      }
      List<String> now = new ArrayList<>(turn.size());
      try (held) {
        for (Staged each : turn) {
          try {
            writer.place(each.file, each.name, each.key);
            now.add(each.key);
          } catch (IOException e) {
            fail(each, e, failed);
          }
        }
      } catch (IOException e) {
        // Releasing the lock failed.
        report(now, PLACED, e, failed);
        continue;
      }
      placed.addAll(now);
    }
    return placed;
  }

  /** Acquires the lock; null after a failure, which is noted, as the next wait would be as long. */
  private DirectoryLock.@Nullable Held acquire(@Nullable IOException[] unavailable) {
    if (unavailable[0] == null) {
      try {
        return directory.lock().acquire();
      } catch (IOException e) {
        unavailable[0] = e;
      }
    }
    return null;
  }

  /** Forces the names of changed entries to the disk; without that, their outcome is unknown. */
  private void acknowledge(
      List<String> changed, String state, BiConsumer<String, Exception> failed) {
    if (changed.isEmpty()) {
      return;
    }
    try {
      directory.syncNames();
    } catch (IOException e) {
      report(changed, state, e, failed);
    }
  }

  /** Reports that entries are changed, but perhaps not for good. */
  private static void report(
      List<String> changed, String state, IOException e, BiConsumer<String, Exception> failed) {
    ByteStoreException unknown = EntryWriter.outcomeUnknown(state, e);
    changed.forEach(key -> failed.accept(key, unknown));
  }

  void deleteAll(List<String> keys, BiConsumer<String, Exception> failed) throws IOException {
    directory.lock();
    @Nullable IOException[] unavailable = new @Nullable IOException[1];
    for (List<String> group : groups(keys, GROUP)) {
      List<String> deleted = new ArrayList<>(group.size());
      for (List<String> turn : groups(group, TURN)) {
        deleted.addAll(deleteTurn(turn, unavailable, failed));
      }
      acknowledge(deleted, DELETED, failed);
    }
  }

  /** Deletes entries under the lock; returns the keys of those that existed. */
  private List<String> deleteTurn(
      List<String> turn,
      @Nullable IOException[] unavailable,
      BiConsumer<String, Exception> failed) {
    DirectoryLock.Held held = acquire(unavailable);
    if (held == null) {
      IOException failure = Objects.requireNonNull(unavailable[0]);
      turn.forEach(key -> failed.accept(key, failure));
      return List.of();
    }
    List<String> deleted = new ArrayList<>(turn.size());
    try (held) {
      for (String key : turn) {
        try {
          if (writer.deleteLocked(directory.names.nameOf(key))) {
            deleted.add(key);
          }
        } catch (IOException e) {
          failed.accept(key, e);
        }
      }
    } catch (IOException e) {
      // Releasing the lock failed.
      report(deleted, DELETED, e, failed);
      return List.of();
    }
    return deleted;
  }
}
