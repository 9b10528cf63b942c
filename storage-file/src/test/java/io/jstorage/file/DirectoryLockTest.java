package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DirectoryLockTest {
  @TempDir Path root;

  private static DirectoryLock open(Path directory) throws IOException {
    return DirectoryLock.open(Disk.SYSTEM, directory);
  }

  @Test
  void oneThreadAtATimeHoldsTheLocksOfADirectory() throws Exception {
    Path link = Files.createSymbolicLink(root.resolve("link"), root);
    List<Thread> threads = new ArrayList<>();
    int[] count = new int[1];
    try (DirectoryLock one = open(root);
        DirectoryLock two = open(link)) {
      for (DirectoryLock lock : List.of(one, two, one, two)) {
        threads.add(new Thread(() -> increment(lock, count)));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(count[0]).isEqualTo(8000);
  }

  private static void increment(DirectoryLock lock, int[] count) {
    for (int i = 0; i < 2000; i++) {
      try {
        lock.whileHeld(() -> ++count[0] > 0);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void theFileIsOpenedOnceAndStaysUntilTheLastIsClosed() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    DirectoryLock one = DirectoryLock.open(disk, root);
    try (DirectoryLock two = DirectoryLock.open(disk, root)) {
      assertThat(disk.takeCalls().stream().filter("openLock"::equals)).hasSize(1);
      one.close();
      assertThat(two.whileHeld(() -> true)).isTrue();
    }
    try (DirectoryLock three = DirectoryLock.open(disk, root)) {
      assertThat(disk.takeCalls()).contains("openLock");
      assertThat(three.whileHeld(() -> true)).isTrue();
    }
  }

  @Test
  void whatWantsNotToWaitDoesNothingWhileTheLockIsHeld() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    Semaphore release = new Semaphore(0);
    AtomicBoolean ran = new AtomicBoolean();
    try (DirectoryLock lock = open(root)) {
      Thread holder =
          new Thread(
              () -> {
                try {
                  lock.whileHeld(
                      () -> {
                        held.countDown();
                        release.acquireUninterruptibly();
                        return true;
                      });
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      holder.start();
      held.await();
      lock.ifFree(() -> ran.getAndSet(true));
      assertThat(ran).isFalse();
      release.release();
      holder.join();
      lock.ifFree(() -> ran.getAndSet(true));
      assertThat(ran).isTrue();
    }
  }

  @Test
  void aFailureUnderTheLockFreesIt() throws IOException {
    try (DirectoryLock lock = open(root)) {
      IOException failure = new IOException("broken");
      assertThatThrownBy(
              () ->
                  lock.whileHeld(
                      () -> {
                        throw failure;
                      }))
          .isSameAs(failure);
      assertThat(lock.whileHeld(() -> true)).isTrue();
    }
  }

  @Test
  void aWaiterThatIsInterruptedKeepsWaitingAndItsFlag() throws Exception {
    try (ChildJvm child = ChildJvm.start(FileProcessesTest.LockHolder.class, root);
        DirectoryLock lock = open(root)) {
      assertThat(child.hear()).isEqualTo("locked");
      AtomicBoolean acquired = new AtomicBoolean();
      AtomicBoolean flag = new AtomicBoolean();
      Thread waiter =
          new Thread(
              () -> {
                try {
                  lock.whileHeld(() -> acquired.getAndSet(true));
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
                flag.set(Thread.currentThread().isInterrupted());
              });
      waiter.start();
      for (int i = 0; i < 10; i++) {
        waiter.interrupt();
        waiter.join(5);
      }
      assertThat(acquired).isFalse();
      child.kill();
      waiter.join();
      assertThat(acquired).isTrue();
      assertThat(flag).isTrue();
    }
  }
}
