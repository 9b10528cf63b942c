package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.spi.ByteStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DirectoryLockTest {
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir Path root;
  private final ExecutorService pool = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  private static DirectoryLock open(Path directory) throws IOException {
    return DirectoryLock.open(Disk.SYSTEM, directory, LONG);
  }

  private static boolean acquires(DirectoryLock lock) throws IOException {
    lock.acquire().close();
    return true;
  }

  private static boolean isFree(DirectoryLock lock) throws IOException {
    DirectoryLock.Held held = lock.tryAcquire();
    if (held != null) {
      held.close();
    }
    return held != null;
  }

  /** A thread that holds a lock until it is told to free it. */
  private final class Holder {
    private final CountDownLatch holds = new CountDownLatch(1);
    private final Semaphore free = new Semaphore(0);
    private final Future<?> done;

    Holder(DirectoryLock lock) throws InterruptedException {
      done =
          pool.submit(
              () -> {
                DirectoryLock.Held held = lock.acquire();
                try (held) {
                  holds.countDown();
                  free.acquireUninterruptibly();
                }
                return lock;
              });
      holds.await();
    }

    void free() throws Exception {
      free.release();
      done.get();
    }
  }

  @Test
  void oneThreadAtATimeHoldsTheLocksOfADirectory() throws Exception {
    Path link = Files.createSymbolicLink(root.resolve("link"), root);
    List<Future<?>> threads = new ArrayList<>();
    int[] count = new int[1];
    try (DirectoryLock one = open(root);
        DirectoryLock two = open(link)) {
      for (DirectoryLock lock : List.of(one, two, one, two)) {
        threads.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < 2000; i++) {
                    DirectoryLock.Held held = lock.acquire();
                    try (held) {
                      count[0]++;
                    }
                  }
                  return lock;
                }));
      }
      for (Future<?> thread : threads) {
        thread.get();
      }
    }
    assertThat(count[0]).isEqualTo(8000);
  }

  @Test
  void theFileIsOpenedOnceAndStaysUntilTheLastIsClosed() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    DirectoryLock one = DirectoryLock.open(disk, root, LONG);
    try (DirectoryLock two = DirectoryLock.open(disk, root, LONG)) {
      assertThat(disk.takeCalls().stream().filter("openLock"::equals)).hasSize(1);
      one.close();
      assertThat(acquires(two)).isTrue();
    }
    try (DirectoryLock three = DirectoryLock.open(disk, root, LONG)) {
      assertThat(disk.takeCalls()).contains("openLock");
      assertThat(acquires(three)).isTrue();
    }
    assertThat(OpenFiles.below(root)).isEmpty();
  }

  @Test
  void aCallThatWantsNotToWaitGetsNothingWhileTheLockIsHeld() throws Exception {
    try (DirectoryLock lock = open(root)) {
      Holder holder = new Holder(lock);
      assertThat(isFree(lock)).isFalse();
      holder.free();
      assertThat(isFree(lock)).isTrue();
    }
  }

  @Test
  void aFailureUnderTheLockFreesIt() throws IOException {
    try (DirectoryLock lock = open(root)) {
      IOException failure = new IOException("broken");
      assertThatThrownBy(
              () -> {
                DirectoryLock.Held held = lock.acquire();
                try (held) {
                  throw failure;
                }
              })
          .isSameAs(failure);
      assertThat(acquires(lock)).isTrue();
    }
  }

  @Test
  void aWaiterThatIsInterruptedKeepsWaitingAndItsFlag() throws Exception {
    try (ChildJvm child = ChildJvm.start(FileProcessesTest.LockHolder.class, root);
        DirectoryLock lock = open(root)) {
      assertThat(child.hear()).isEqualTo("locked");
      AtomicBoolean acquired = new AtomicBoolean();
      AtomicInteger flags = new AtomicInteger();
      List<Thread> waiters = new ArrayList<>();
      // The second one waits for the first, which waits for the process.
      for (int i = 0; i < 2; i++) {
        Thread waiter =
            new Thread(
                () -> {
                  try {
                    acquired.set(acquires(lock));
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                  flags.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                });
        waiters.add(waiter);
        waiter.start();
      }
      for (int i = 0; i < 10; i++) {
        for (Thread waiter : waiters) {
          waiter.interrupt();
          waiter.join(5);
        }
      }
      assertThat(acquired).isFalse();
      child.kill();
      for (Thread waiter : waiters) {
        waiter.join();
      }
      assertThat(acquired).isTrue();
      assertThat(flags).hasValue(2);
    }
  }

  @Test
  void waitingForAnotherThreadEndsWithTheTimeOut() throws Exception {
    try (DirectoryLock lock = open(root);
        DirectoryLock impatient = DirectoryLock.open(Disk.SYSTEM, root, Duration.ofMillis(50))) {
      Holder holder = new Holder(lock);
      assertThatThrownBy(impatient::acquire)
          .isInstanceOf(ByteStoreException.class)
          .hasMessageContaining("held by another thread")
          .hasMessageContaining("PT0.05S");
      holder.free();
      assertThat(acquires(impatient)).isTrue();
    }
  }

  @Test
  void closingMakesWaitingThreadsGiveUp() throws Exception {
    try (DirectoryLock other = open(root)) {
      Holder holder = new Holder(other);
      DirectoryLock lock = open(root);
      List<Future<?>> waiters = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        waiters.add(pool.submit(lock::acquire));
      }
      lock.close();
      for (Future<?> waiter : waiters) {
        assertThatThrownBy(waiter::get)
            .cause()
            .isInstanceOf(ByteStoreException.class)
            .hasMessageContaining("closed");
      }
      assertThat(isFree(other)).isFalse();
      holder.free();
      assertThat(isFree(other)).isTrue();
    }
  }

  @Test
  void aThreadThatHoldsTheLockKeepsItBeyondItsClosing() throws Exception {
    DirectoryLock lock = open(root);
    Holder holder = new Holder(lock);
    lock.close();
    try (ChildJvm child = ChildJvm.start(FileProcessesTest.LockHolder.class, root);
        DirectoryLock next = open(root)) {
      assertThat(isFree(next)).isFalse();
      holder.free();
      // Nobody but the child wants it now.
      assertThat(child.hear()).isEqualTo("locked");
      assertThat(isFree(next)).isFalse();
    }
    assertThat(OpenFiles.below(root)).isEmpty();
  }
}
