package io.jstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import io.jstorage.s3.server.TestBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Storages with clients of their own are closed while threads use them. */
@Timeout(120)
class S3ClosingTest {
  private static final int USERS = 3;
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  @RegisterExtension final TestBucket bucket = new TestBucket();

  @Test
  void twoHundredClosesUnderLoadLeaveNoConnectionNoFileHandleAndNoThread() throws Exception {
    Random random = new Random(1);
    try (Together threads = new Together(USERS + 1)) {
      closeUnderLoad(threads, 30);
      long handles = handles();
      for (int round = 0; round < 200; round++) {
        closeUnderLoad(threads, 1 + random.nextInt(30));
      }
      // The server is in this process too: it takes a moment to see that its clients are gone.
      for (int i = 0; i < 1_000 && (handles() > handles || !threadsOfTheStore().isEmpty()); i++) {
        Thread.sleep(10);
      }
      assertThat(handles()).isLessThanOrEqualTo(handles);
      assertThat(threadsOfTheStore()).isEmpty();
    }
  }

  private void closeUnderLoad(Together threads, int calls) throws Exception {
    Storage<String> storage =
        bucket.store(bucket.server()).conditional(Conditional.DENY).storage(Codecs.text());
    CountDownLatch called = new CountDownLatch(calls);
    threads.run(
        number ->
            () -> {
              if (number < USERS) {
                useUntilClosed(storage, "k" + number, called);
                return number;
              }
              called.await();
              long begun = System.nanoTime();
              storage.close();
              assertThat(Duration.ofNanos(System.nanoTime() - begun))
                  .isLessThan(Duration.ofSeconds(5));
              return number;
            });
  }

  private static void useUntilClosed(Storage<String> storage, String key, CountDownLatch called) {
    List<ThrowingCallable> calls =
        List.of(
            () -> storage.put(key, "v"),
            () -> storage.get(key),
            () -> storage.putAll(Map.of(key, "v", "l", "v")),
            () -> storage.getAll(List.of(key, "l")),
            storage::size,
            () -> storage.remove(key));
    for (int i = 0; true; i++) {
      Throwable e = catchThrowable(calls.get(i % calls.size()));
      called.countDown();
      if (e instanceof IllegalStateException) {
        return;
      }
      if (e != null) {
        assertThat(e).isInstanceOf(StorageException.class);
      }
    }
  }

  private List<Thread> threadsOfTheStore() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains(bucket.bucket()))
        .toList();
  }

  private static long handles() throws IOException {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return 0;
    }
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      return open.count();
    }
  }
}
