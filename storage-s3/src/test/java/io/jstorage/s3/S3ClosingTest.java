package io.jstorage.s3;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Callers;
import io.jstorage.jvm.Durations;
import io.jstorage.jvm.FileHandles;
import io.jstorage.jvm.Polling;
import io.jstorage.jvm.Together;
import io.jstorage.s3.server.Fault;
import io.jstorage.s3.server.S3Clients;
import io.jstorage.s3.server.S3Request;
import io.jstorage.s3.server.S3Request.Kind;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.S3Client;

/** Storages with clients of their own are closed while threads use them. */
@Timeout(300)
class S3ClosingTest {
  private static final int USERS = 3;

  /** How long closing waits for calls in flight. */
  private static final Duration BOUND = Duration.ofSeconds(2);

  /** Closings are over by then, but for those that meet a pause of the machine. */
  private static final Duration SOON = Duration.ofSeconds(5);

  /** How many of 200 closings may meet a pause. */
  private static final int MAX_PAUSES = 10;

  private static final int ATTEMPTS = 20;

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
    assertThat(closings)
        .filteredOn(closing -> closing.compareTo(SOON) >= 0)
        .hasSizeLessThanOrEqualTo(MAX_PAUSES);
    Polling.until("no thread is left", () -> clients.containsAll(threadsOfClients()));
    Polling.until("all file handles are given back", () -> FileHandles.count() <= handles);
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
              return Durations.of(storage::close);
            });
    release.countDown();
    return times.get(1);
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
   * expects the put to succeed. After a pause of the machine, closing has waited for as long as it
   * may, and another attempt is made.
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
              return Durations.of(storage::close);
            });
    return times.get(USERS);
  }

  private static void useUntilClosed(Storage<String> storage, String key, CountDownLatch called)
      throws Exception {
    Callers.untilClosed(
        List.of(
            () -> storage.put(key, "v"),
            () -> storage.get(key),
            () -> storage.putAll(Map.of(key, "v", "l", "v")),
            () -> storage.getAll(List.of(key, "l")),
            storage::size,
            () -> storage.remove(key)),
        StorageException.class,
        called);
  }

  private static Set<Thread> threadsOfClients() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("jstorage-.*|sdk-.*|idle-connection.*"))
        .collect(Collectors.toSet());
  }

  /** The server is in this process too, and takes a moment to see that its clients are gone. */
  private static long settledHandles() throws InterruptedException {
    long before;
    long now = FileHandles.count();
    do {
      before = now;
      Thread.sleep(100);
      now = FileHandles.count();
    } while (now != before);
    return now;
  }
}
