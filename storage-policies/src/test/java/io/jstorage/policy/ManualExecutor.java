package io.jstorage.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Keeps tasks until it is told to run them. */
final class ManualExecutor implements Executor {
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  volatile boolean rejecting;

  @Override
  public synchronized void execute(Runnable task) {
    if (rejecting) {
      throw new RejectedExecutionException("full");
    }
    tasks.add(task);
  }

  synchronized int waiting() {
    return tasks.size();
  }

  void runAll() {
    for (Runnable task = next(); task != null; task = next()) {
      task.run();
    }
  }

  private synchronized @Nullable Runnable next() {
    return tasks.poll();
  }
}
