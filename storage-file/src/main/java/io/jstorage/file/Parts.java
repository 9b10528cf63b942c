package io.jstorage.file;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a batch, done at once by the thread that calls and others, which end when this is
 * closed. Not thread-safe.
 */
final class Parts implements Closeable {
  private final int others;
  private final ThreadPoolExecutor pool;

  /**
   * Makes no thread yet.
   *
   * @param threads how many take part, with the one that calls: at least two
   */
  Parts(int threads) {
    this.others = threads - 1;
    this.pool =
        new ThreadPoolExecutor(
            others, others, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), Parts::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "jstorage-file-batch", 0, false);
    thread.setDaemon(true);
    return thread;
  }

  /** The work on one part. */
  @FunctionalInterface
  interface Work<T, R> {
    R of(List<T> part) throws IOException;
  }

  /** Divides a list into parts of a size, the last one perhaps smaller; they are views of it. */
  static <T> List<List<T>> ofSize(int size, List<T> all) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      parts.add(all.subList(from, Math.min(from + size, all.size())));
    }
    return parts;
  }

  /**
   * Does the parts of a list. The calling thread does not wait for another one to begin: where no
   * processor is free, it does them all. Returns the results in order, or throws a failure of a
   * part, when all have ended; an interrupt does not end the wait, and is kept.
   */
  <T, R> List<R> atOnce(int size, List<T> all, Work<T, R> work) throws IOException {
    List<FutureTask<R>> tasks = new ArrayList<>();
    for (List<T> part : ofSize(size, all)) {
      tasks.add(new FutureTask<>(() -> work.of(part)));
    }
    // A task that another thread has begun is not run again.
    Runnable allTasks = () -> tasks.forEach(FutureTask::run);
    for (int i = 0; i < others; i++) {
      help(allTasks);
    }
    allTasks.run();
    List<R> results = new ArrayList<>();
    Throwable failure = null;
    for (FutureTask<R> task : tasks) {
      try {
        results.add(resultOf(task));
      } catch (ExecutionException e) {
        failure = e.getCause();
      }
    }
    if (failure != null) {
      throw asThrown(failure);
    }
    return results;
  }

  private void help(Runnable tasks) {
    try {
      pool.execute(tasks);
    } catch (OutOfMemoryError e) {
      // There may be no more threads, as in a container; those that there are do it.
    }
  }

  private static <R> R resultOf(Future<R> task) throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A failure as the work threw it. */
  private static IOException asThrown(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    return failure instanceof IOException e ? e : new IOException(failure);
  }

  /** Ends the other threads; none has work left. */
  @Override
  public void close() {
    pool.shutdown();
  }
}
