package io.jstorage.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads of damaged bytes, in a thread of their own: one that hangs is named, and the memory that a
 * read takes is that of its thread.
 *
 * @param <T> what is read
 */
final class Reads<T> {
  /** How often a sound array is read between, to see that nothing is spoilt. */
  private static final int SOUND_EVERY = 50;

  private final String method;
  private final Reader<T> reader;
  private final BiPredicate<T, T> equality;
  private final Collection<Class<? extends Exception>> declared;
  private final long mostMemory;

  /** Reads an array that it may keep. */
  @FunctionalInterface
  interface Reader<T> {
    @Nullable T read(byte[] bytes) throws Exception;
  }

  Reads(
      String method,
      Reader<T> reader,
      BiPredicate<T, T> equality,
      Collection<Class<? extends Exception>> declared,
      long mostMemory) {
    this.method = method;
    this.reader = reader;
    this.equality = equality;
    this.declared = declared;
    this.mostMemory = mostMemory;
  }

  /**
   * Reads all of them; what is read must equal the original, where another value is not allowed.
   */
  void expectOriginalOrFailure(Stream<Damage> damages, byte[] sound, T original, boolean detects) {
    run(
        damages,
        (damage, read) -> {
          if (detects && !equality.test(read, original)) {
            throw new AssertionError(
                "%s: read as another value, %s, though this is said to be detected"
                    .formatted(damage.what(), MessageRepresentation.argument(read)));
          }
        },
        () -> readSound(sound, original));
  }

  /** Reads all of them; each may be a value, or fail in a declared way. */
  void expectAnythingDeclared(Stream<Damage> damages) {
    run(damages, (damage, read) -> {}, () -> {});
  }

  /** Reads all of them, and each must be refused in a declared way. */
  void expectFailure(Stream<Damage> damages) {
    run(
        damages,
        (damage, read) -> {
          throw new AssertionError(
              "%s: not refused, but read as %s"
                  .formatted(damage.what(), MessageRepresentation.argument(read)));
        },
        () -> {});
  }

  /** Judges what was read of damaged bytes. */
  @FunctionalInterface
  private interface Judge<T> {
    void judge(Damage damage, T read);
  }

  private void readSound(byte[] sound, T original) {
    try {
      T read = reader.read(sound.clone());
      if (read == null || !equality.test(read, original)) {
        throw new AssertionError(
            "after damaged bytes, sound ones are read as " + MessageRepresentation.argument(read));
      }
    } catch (Exception e) {
      throw new AssertionError("after damaged bytes, sound ones are not read: " + e, e);
    }
  }

  private void run(Stream<Damage> damages, Judge<T> judge, Runnable between) {
    AtomicLong done = new AtomicLong();
    AtomicReference<String> current = new AtomicReference<>("nothing");
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              Trace trace = Trace.ofThread();
              try {
                damages.forEach(
                    damage -> {
                      current.set(damage.what());
                      readAndJudge(damage, judge, trace);
                      if (done.incrementAndGet() % SOUND_EVERY == 0) {
                        between.run();
                      }
                    });
                between.run();
                return true;
              } catch (AssertionError e) {
                throw new ThreadFailure(String.valueOf(e.getMessage()), e, trace);
              }
            });
    Thread thread = Race.daemon(task);
    thread.start();
    try {
      StallDetector.until(
          millis -> isDone(task, millis),
          done::get,
          () ->
              "%s has not ended for %s, after %d reads that have; it stands at%s"
                  .formatted(method, current.get(), done.get(), stackOf(thread)));
    } finally {
      thread.interrupt();
    }
    Race.resultOf(task);
  }

  private static String stackOf(Thread thread) {
    return String.join(
        "", Stream.of(thread.getStackTrace()).limit(12).map(frame -> "\n    " + frame).toList());
  }

  private static boolean isDone(FutureTask<?> task, long millis) throws InterruptedException {
    try {
      task.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  private void readAndJudge(Damage damage, Judge<T> judge, Trace trace) {
    TracedCall call = new TracedCall("", method, List.of(damage.bytes()), true);
    trace.begin(call);
    long before = allocated();
    T read = null;
    try {
      read = reader.read(damage.bytes().clone());
      trace.end(call, read);
    } catch (Throwable e) {
      trace.end(call, e);
      if (declared.stream().noneMatch(type -> type.isInstance(e))) {
        throw new AssertionError(
            "%s: fails by %s, and declared are %s"
                .formatted(damage.what(), e, declared.stream().map(Class::getName).toList()),
            e);
      }
    }
    long taken = allocated() - before;
    if (taken > mostMemory) {
      throw new AssertionError(
          "%s: took %d bytes of memory, and %d is the most that is stated"
              .formatted(damage.what(), taken, mostMemory));
    }
    if (read != null) {
      judge.judge(damage, read);
    } else if (!call.failed()) {
      throw new AssertionError("%s: read as null".formatted(damage.what()));
    }
  }

  /** The bytes that the thread has allocated so far; constant if the JVM does not count them. */
  private static long allocated() {
    return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
            && threads.isThreadAllocatedMemorySupported()
        ? threads.getCurrentThreadAllocatedBytes()
        : 0;
  }
}
