package io.jstorage.s3;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Durations;
import io.jstorage.jvm.Polling;
import io.jstorage.jvm.Together;
import io.jstorage.s3.server.Fault;
import io.jstorage.s3.server.S3Clients;
import io.jstorage.s3.server.S3Request;
import io.jstorage.s3.server.S3Request.Kind;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.S3Client;

/** Storages with clients of their own are closed while threads use them. */
class S3ClosingTest {
  private static final int USERS = 3;

  /** How long closing waits for calls in flight. */
  private static final Duration BOUND = Duration.ofSeconds(2);

  /** Most closings are over by then; others coincide with a pause of the machine. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final int ATTEMPTS = 20;
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  @RegisterExtension final TestBucket bucket = new TestBucket();

  @Test
  void twoHundredClosesUnderLoadLeaveNoConnectionNoFileHandleAndNoThread() throws Exception {
    Random random = new Random(1);
    closeUnderLoad(30);
    long handles = settledHandles();
    Set<Thread> clients = threadsOfClients();
    List<Duration> closings = new ArrayList<>();
    for (int round = 0; round < 200; round++) {
      closings.add(closeUnderLoad(1 + random.nextInt(30)));
    }
    assertThat(Durations.median(closings)).isLessThan(SOON);
    long left = settledHandles();
    for (int i = 0; i < 100 && left > handles; i++) {
      left = settledHandles();
    }
    Polling.until("no thread is left", () -> clients.containsAll(threadsOfClients()));
    assumeTrue(Files.isDirectory(DESCRIPTORS), "the system does not list file handles");
    assertThat(left).isLessThanOrEqualTo(handles);
  }

  @Test
  void aRequestThatIsUnderWayEndsAsIfNothingWereClosed() throws Exception {
    closeDuringAPut(Storage::close);
    try (Storage<String> again = bucket.store().storage(Codecs.text())) {
      assertThat(again.get("k")).contains("v");
    }
  }

  @Test
  void aServerThatHangsIsNotWaitedFor() throws Exception {
    assertThat(Durations.shortest(SOON, this::timeToCloseWhileTheServerHangs)).isLessThan(SOON);
  }

  private Duration timeToCloseWhileTheServerHangs() throws InterruptedException {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    bucket.proxy().on(S3Request.of(Kind.PUT), 1, Fault.hold(arrived, release));
    Storage<String> storage = open();
    List<Duration> times =
        Together.call(
            2,
            number -> {
              if (number == 0) {
                assertThatThrownBy(() -> storage.put("k", "v"))
                    .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.outcomeUnknown()).isTrue());
                return Duration.ZERO;
              }
              arrived.await();
              return timeToClose(storage);
            });
    release.countDown();
    return times.get(1);
  }

  private static Duration timeToClose(Storage<String> storage) {
    long begun = System.nanoTime();
    storage.close();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  @Test
  void anInterruptDoesNotShortenTheClosingAndIsKept() throws Exception {
    closeDuringAPut(
        storage -> {
          Thread.currentThread().interrupt();
          storage.close();
          assertThat(Thread.interrupted()).isTrue();
        });
  }

  @Test
  void aStreamThatIsStillBeingReadFails() throws IOException {
    S3Store store = bucket.store(bucket.server()).open();
    store.write("k", new byte[32 << 20], WriteOptions.NONE);
    try (InputStream bytes = requireNonNull(store.readStream("k"))) {
      assertThat(bytes.read()).isZero();
      store.close();
      assertThatThrownBy(bytes::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aBorrowedClientThatItsOwnerHasClosedIsAFailure() {
    S3Client client =
        S3Clients.of(bucket.server(), bucket.region(), bucket.accessKey(), bucket.secretKey());
    try (Storage<String> storage =
        S3Store.in(bucket.bucket()).folder(bucket.folder()).client(client).storage(Codecs.text())) {
      client.close();
      assertThatThrownBy(() -> storage.get("k"))
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.outcomeUnknown()).isFalse());
      assertThatThrownBy(() -> storage.put("k", "v"))
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.outcomeUnknown()).isTrue());
    }
  }

  private Storage<String> open() {
    return bucket.store().conditional(Conditional.DENY).storage(Codecs.text());
  }

  /**
   * Closes while the request of a put is held, lets the request go when closing has begun, and
   * expects the put to succeed. On a machine that stood still meanwhile, closing has waited for as
   * long as it may, and another attempt is made.
   */
  private void closeDuringAPut(Consumer<Storage<String>> close) throws InterruptedException {
    boolean put = false;
    for (int i = 0; i < ATTEMPTS && !put; i++) {
      put = hasSucceededWhileClosing(close);
    }
    assertThat(put).as("a put ends as if nothing were closed").isTrue();
  }

  private boolean hasSucceededWhileClosing(Consumer<Storage<String>> close)
      throws InterruptedException {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    bucket.proxy().on(S3Request.of(Kind.PUT), 1, Fault.hold(arrived, release));
    Storage<String> storage = open();
    List<Boolean> succeeded =
        Together.call(
            3,
            number -> {
              if (number == 0) {
                return catchThrowable(() -> storage.put("k", "v")) == null;
              }
              arrived.await();
              if (number == 1) {
                awaitClosing(storage);
                release.countDown();
                return true;
              }
              long begun = System.nanoTime();
              close.accept(storage);
              return System.nanoTime() - begun < BOUND.toNanos();
            });
    assertThat(succeeded.get(0) || !succeeded.get(2))
        .as("the put has succeeded, or closing has waited for as long as it may")
        .isTrue();
    return succeeded.get(0);
  }

  /** Returns when calls are refused. */
  private static void awaitClosing(Storage<String> storage) {
    Polling.until(
        "closing has begun", () -> catchThrowable(storage::size) instanceof IllegalStateException);
  }

  private Duration closeUnderLoad(int calls) throws InterruptedException {
    Storage<String> storage =
        bucket.store(bucket.server()).conditional(Conditional.DENY).storage(Codecs.text());
    CountDownLatch called = new CountDownLatch(calls);
    List<Duration> times =
        Together.call(
            USERS + 1,
            number -> {
              if (number < USERS) {
                useUntilClosed(storage, "k" + number, called);
                return Duration.ZERO;
              }
              called.await();
              return timeToClose(storage);
            });
    return times.get(USERS);
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
        assertThat(e).hasMessageEndingWith(" is closed");
        return;
      }
      if (e != null) {
        assertThat(e).isInstanceOf(StorageException.class);
      }
    }
  }

  private static Set<Thread> threadsOfClients() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("jstorage-.*|sdk-.*|idle-connection.*"))
        .collect(Collectors.toSet());
  }

  /** The server is in this process too, and takes a moment to see that its clients are gone. */
  private static long settledHandles() throws IOException, InterruptedException {
    long before;
    long now = handles();
    do {
      before = now;
      Thread.sleep(100);
      now = handles();
    } while (now != before);
    return now;
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
