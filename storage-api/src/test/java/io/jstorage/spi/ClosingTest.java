package io.jstorage.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls and closing are kept apart: the promise of {@link Store} to its implementors. */
@Timeout(300)
class ClosingTest {
  /** How long closing waits for calls in flight. */
  private static final Duration BOUND = Duration.ofSeconds(2);

  private static final int ATTEMPTS = 20;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** Waits in every read and write until it is let go, or closed. */
  private static final class BlockingStore extends MapByteStore {
    final CountDownLatch calls;
    final CountDownLatch mayEnd = new CountDownLatch(1);

    BlockingStore(int calls) {
      this.calls = new CountDownLatch(calls);
    }

    private void block() throws IOException {
      calls.countDown();
      boolean interrupted = false;
      while (true) {
        try {
          mayEnd.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (closed) {
        throw new IOException("the connection is gone");
      }
    }

    @Override
    public byte @Nullable [] read(String key, Access access) throws IOException {
      block();
      return super.read(key, access);
    }

    @Override
    public boolean write(String key, byte[] value, WriteOptions options) throws IOException {
      block();
      return super.write(key, value, options);
    }

    @Override
    public void close() {
      super.close();
      mayEnd.countDown();
    }
  }

  @Test
  void aCallInFlightEndsBeforeTheStoreIsClosed() throws Exception {
    closeDuringACall(closer -> {}, false);
  }

  @Test
  void anInterruptDoesNotShortenTheWaitingAndIsKept() throws Exception {
    closeDuringACall(Thread::interrupt, true);
  }

  private void closeDuringACall(Consumer<Thread> meanwhile, boolean interrupted) throws Exception {
    boolean inTime = false;
    for (int i = 0; i < ATTEMPTS && !inTime; i++) {
      inTime = closesDuringACall(meanwhile, interrupted);
    }
    assertThat(inTime).as("closing waits no longer than for the call").isTrue();
  }

  /**
   * Closes during a call, which is let go when closing has begun. Returns false after a pause of
   * the machine that was so long that closing has not waited for the call.
   */
  private boolean closesDuringACall(Consumer<Thread> meanwhile, boolean interrupted)
      throws Exception {
    BlockingStore store = new BlockingStore(1);
    store.bytes.put("k", new byte[] {'v'});
    Storage<String> storage = Storages.of(store, Text.CODEC);
    Future<String> reading = threads.submit(() -> storage.require("k"));
    store.calls.await();
    AtomicBoolean kept = new AtomicBoolean();
    Thread closer =
        new Thread(
            () -> {
              storage.close();
              kept.set(Thread.currentThread().isInterrupted());
            });
    long begun = System.nanoTime();
    closer.start();
    while (!isRefused(storage)) {
      Thread.onSpinWait();
    }
    meanwhile.accept(closer);
    // Long enough to see a closing that does not wait.
    closer.join(100);
    boolean closedEarly = store.closed;
    store.mayEnd.countDown();
    closer.join();
    assertThat(store.closed).isTrue();
    if (System.nanoTime() - begun >= BOUND.toNanos()) {
      return false;
    }
    assertThat(closedEarly).isFalse();
    assertThat(reading.get()).isEqualTo("v");
    assertThat(kept.get()).isEqualTo(interrupted);
    return true;
  }

  private static boolean isRefused(Storage<String> storage) {
    try {
      storage.size();
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  @Test
  void aCallThatDoesNotEndIsBrokenOffAndSaysWhy() throws Exception {
    BlockingStore store = new BlockingStore(2);
    Storage<String> storage = Storages.of(store, Text.CODEC);
    Future<?> reading = threads.submit(() -> storage.get("k"));
    Future<?> writing = threads.submit(() -> storage.put("k", "v"));
    store.calls.await();
    storage.close();
    assertThat(failureOf(reading))
        .isInstanceOf(StorageUnavailableException.class)
        .hasMessageContainingAll("get 'k'", "the test map", "closed while the call was in flight");
    StorageException ofWrite = failureOf(writing);
    assertThat(ofWrite).isInstanceOf(StorageUnavailableException.class);
    assertThat(ofWrite.outcomeUnknown()).isTrue();
  }

  private static StorageException failureOf(Future<?> call) {
    ExecutionException e = catchThrowableOfType(ExecutionException.class, call::get);
    return (StorageException) Objects.requireNonNull(e.getCause());
  }

  /** Notes calls that begin after it was closed. */
  private static final class StrictStore extends AtomicMapByteStore implements ByteStreams {
    final List<String> late = new ArrayList<>();
    final AtomicInteger closes = new AtomicInteger();

    private void note(String call) {
      if (closed) {
        synchronized (late) {
          late.add(call);
        }
      }
    }

    @Override
    void mayFail() throws IOException {
      note("a call");
      super.mayFail();
    }

    @Override
    public Stream<String> keys(String prefix) throws IOException {
      return super.keys(prefix).peek(key -> note("a step")).onClose(() -> note("a close"));
    }

    @Override
    public InputStream readStream(String key) {
      note("a stream");
      return new FilterInputStream(new ByteArrayInputStream(new byte[10])) {
        @Override
        public int read() throws IOException {
          note("a read");
          return super.read();
        }

        @Override
        public int read(byte[] target, int start, int length) throws IOException {
          note("a read");
          return super.read(target, start, length);
        }

        @Override
        public void close() {
          note("a close of a stream");
        }
      };
    }

    @Override
    public boolean writeStream(String key, InputStream source, WriteOptions options) {
      note("a stream");
      return true;
    }

    @Override
    public void close() {
      closes.incrementAndGet();
      super.close();
    }
  }

  @Test
  void nothingIsCalledAfterClosingWhateverIsInFlight() throws Exception {
    int roundsInTime = 0;
    for (int round = 0; round < 200; round++) {
      StrictStore store = new StrictStore();
      IntStream.range(0, 20).forEach(i -> store.bytes.put("k" + i, new byte[] {'v'}));
      Storage<String> storage = Storages.of(store, Text.CODEC);
      CountDownLatch working = new CountDownLatch(4);
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int worker = i;
        workers.add(threads.submit(() -> work(storage, worker, working)));
      }
      working.await();
      long begun = System.nanoTime();
      List<Future<?>> closers =
          List.of(threads.submit(storage::close), threads.submit(storage::close));
      for (Future<?> closer : closers) {
        closer.get();
      }
      // A call that meets a long pause of the machine is not waited for any longer.
      boolean inTime = System.nanoTime() - begun < BOUND.toNanos();
      for (Future<?> worker : workers) {
        worker.get();
      }
      if (inTime) {
        roundsInTime++;
        assertThat(store.late).isEmpty();
      }
      assertThat(store.closes).hasValue(1);
    }
    assertThat(roundsInTime).as("rounds in which closing waited no longer").isGreaterThan(100);
  }

  /** Uses the storage until it is refused; nothing else may go wrong. */
  private static void work(Storage<String> storage, int worker, CountDownLatch working) {
    try {
      while (true) {
        storage.put("k" + worker, "v");
        storage.get("k" + worker);
        storage.putIfAbsent("k" + worker, "w");
        try (Stream<String> keys = storage.keys();
            InputStream in = storage.streams().orElseThrow().read("k1").orElseThrow()) {
          keys.forEach(key -> working.countDown());
          in.read();
        } catch (IOException e) {
          assertThat(e).hasMessageContaining("is closed");
        }
      }
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("is closed");
    } finally {
      while (working.getCount() > 0) {
        working.countDown();
      }
    }
  }

  @Test
  void anOpenListingEndsWithTheStorageAndItsSourceIsClosedBeforeTheStore() {
    AtomicBoolean closedInTime = new AtomicBoolean();
    MapByteStore store =
        new MapByteStore() {
          @Override
          public Stream<String> keys(String prefix) {
            return Stream.of("a", "b").onClose(() -> closedInTime.set(!closed));
          }
        };
    Storage<String> storage = Storages.of(store, Text.CODEC);
    Stream<String> open = storage.keys();
    Iterator<String> keys = open.iterator();
    assertThat(keys.next()).isEqualTo("a");
    storage.close();
    assertThat(closedInTime).isTrue();
    assertThatThrownBy(keys::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the test map is closed");
    open.close();
  }

  @Test
  void aStoreThatFailsToCloseIsClosedAnyway() {
    MapByteStore store =
        new MapByteStore() {
          @Override
          public void close() {
            super.close();
            throw new IllegalStateException("broken");
          }
        };
    Storage<String> storage = Storages.of(store, Text.CODEC);
    assertThatThrownBy(storage::close)
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll("close the test map", "broken");
    storage.close();
    assertThatThrownBy(() -> storage.get("k")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aPolicyClosesWhatItOwnsAndTellsOfEachFailure() {
    MapByteStore behind = new MapByteStore();
    Storage<String> sound = Storages.of(behind, Text.CODEC);
    Closeable broken =
        () -> {
          throw new IOException("broken");
        };
    Storage<String> policy =
        Storages.ofPolicy(
            new ForwardingStore<>(Storages.asStore(sound)) {}, List.of(broken, sound));
    policy.put("k", "v");
    assertThatThrownBy(policy::close)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("broken");
    assertThat(behind.closed).isTrue();
    assertThatThrownBy(() -> policy.get("k")).isInstanceOf(IllegalStateException.class);
  }
}
