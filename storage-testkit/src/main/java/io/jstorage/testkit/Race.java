package io.jstorage.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.opentest4j.IncompleteExecutionException;

/** Threads that start together, repeatedly. A thread that hangs fails the test and is abandoned. */
final class Race implements AutoCloseable {
  private final int size;
  private final ExecutorService threads;

  /** The work of one of the threads. */
  @FunctionalInterface
  interface Task<T> {
    T run(int number) throws Exception;
  }

  Race(int size) {
    this.size = size;
    this.threads = Executors.newFixedThreadPool(size, Race::daemon);
  }

  static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "contract");
    thread.setDaemon(true);
    return thread;
  }

  /** One of the threads during one run. */
  private static final class Runner<T> {
    private final int number;
    private final Future<T> future;
    private volatile Thread thread = Thread.currentThread();
    private volatile Trace trace = Trace.ofThread();

    Runner(int number, ExecutorService threads, CyclicBarrier start, Task<T> task) {
      this.number = number;
      CountDownLatch known = new CountDownLatch(1);
      this.future =
          threads.submit(
              () -> {
                thread = Thread.currentThread();
                trace = Trace.ofThread();
                trace.clear();
                known.countDown();
                start.await();
                return run(number, task);
              });
      await(known);
    }

    private static <T> T run(int number, Task<T> task) throws Exception {
      try {
        return task.run(number);
      } catch (IncompleteExecutionException | VirtualMachineError e) {
        throw e;
      } catch (Exception | AssertionError e) {
        String what = e instanceof AssertionError ? e.getMessage() : e.toString();
        throw new ThreadFailure("in thread %d: %s".formatted(number, what), e, Trace.ofThread());
      }
    }

    String state() {
      return "thread %d, after %d calls, is in %s"
          .formatted(
              number,
              trace.ended(),
              trace
                  .last()
                  .filter(call -> !call.hasEnded())
                  .map(TracedCall::asked)
                  .orElse("no call"));
    }
  }

  /** Runs the task once in every thread, and returns the results in the order of their numbers. */
  <T> List<T> run(Task<T> task) {
    CyclicBarrier start = new CyclicBarrier(size);
    List<Runner<T>> runners = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      runners.add(new Runner<>(i, threads, start, task));
    }
    List<T> results = new ArrayList<>();
    for (Runner<T> runner : runners) {
      StallDetector.until(
          millis -> isDone(runner.future, millis),
          () -> runners.stream().mapToLong(each -> each.trace.ended()).sum(),
          () -> progressOf(runners));
      results.add(resultOf(runner.future));
    }
    runners.forEach(runner -> runner.trace.last().ifPresent(call -> noteLast(runner, call)));
    return results;
  }

  /** Makes the last call of each thread known: the test is about to judge its result. */
  private static void noteLast(Runner<?> runner, TracedCall call) {
    Trace.ofThread().begin(call.inThread(runner.number));
  }

  private static <T> String progressOf(List<Runner<T>> runners) {
    List<Runner<T>> running = runners.stream().filter(runner -> !runner.future.isDone()).toList();
    return "%d of %d threads are done; %s; it stands at%s"
        .formatted(
            runners.size() - running.size(),
            runners.size(),
            String.join("; ", running.stream().map(Runner::state).toList()),
            String.join(
                "",
                running.stream()
                    .limit(1)
                    .flatMap(runner -> Stream.of(runner.thread.getStackTrace()).limit(20))
                    .map(frame -> "\n    " + frame)
                    .toList()));
  }

  private static boolean isDone(Future<?> future, long millis) throws InterruptedException {
    try {
      future.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  /** Waits for what another thread computes. */
  static <T> T resultOf(Future<T> future) {
    StallDetector.until(
        millis -> isDone(future, millis), () -> "a thread that the test started has not ended");
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ThreadFailure failure) {
        throw failure;
      }
      throw new AssertionError("a thread failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError("the test was interrupted", e);
    }
  }

  static void await(CountDownLatch latch) {
    StallDetector.until(
        millis -> latch.await(millis, TimeUnit.MILLISECONDS),
        () -> Trace.allEnded() + latch.getCount(),
        () -> "the test still waits for %d steps of other threads".formatted(latch.getCount()));
  }

  static void sleep(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      throw new AssertionError("the test was interrupted", e);
    }
  }

  /** Waits until a thread waits for something itself. */
  static void awaitBlocked(Thread thread) {
    StallDetector.until(
        millis -> isBlocked(thread, millis),
        () -> "a thread that should wait for another one does not: " + thread);
  }

  private static boolean isBlocked(Thread thread, long millis) throws InterruptedException {
    for (long waited = 0; waited < millis; waited++) {
      switch (thread.getState()) {
        case BLOCKED, WAITING, TIMED_WAITING, TERMINATED -> {
          return true;
        }
        default -> Thread.sleep(1);
      }
    }
    return false;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
