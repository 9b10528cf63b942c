package io.jstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Latches;
import io.jstorage.jvm.Together;
import io.jstorage.s3.server.Fault;
import io.jstorage.s3.server.HttpMessage;
import io.jstorage.s3.server.S3Clients;
import io.jstorage.s3.server.S3Request;
import io.jstorage.s3.server.S3Request.Kind;
import io.jstorage.spi.Storages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Parts of a stream or a file that are on their way at the same time. */
@Timeout(300)
class S3PartsFaultsTest {
  private static final int PART = 5 << 20;

  @RegisterExtension final TestBucket bucket = TestBucket.behindProxy();
  @TempDir Path directory;

  private Storage<byte[]> open() {
    return bucket.store().storage(Codecs.bytes());
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static void write(Storage<byte[]> storage, String key, byte[] value) {
    storage.streams().orElseThrow().write(key, new ByteArrayInputStream(value));
  }

  private static FutureTask<Boolean> begin(Runnable call) {
    FutureTask<Boolean> task = new FutureTask<>(call, true);
    new Thread(task).start();
    return task;
  }

  /** Lets no part pass before so many of them are on their way. */
  private void gather(int parts) {
    bucket.proxy().on(S3Request.of(Kind.PUT_PART), parts, Fault.gather(parts));
  }

  private int uploads() {
    return bucket
        .client()
        .listMultipartUploads(request -> request.bucket(bucket.bucket()))
        .uploads()
        .size();
  }

  @Test
  void partsThatOvertakeEachOtherKeepTheirOrder() throws IOException {
    Random random = new Random(1);
    bucket
        .proxy()
        .on(
            S3Request.of(Kind.PUT_PART),
            (request, server) ->
                Fault.delay(Duration.ofMillis(ThreadLocalRandom.current().nextInt(100)))
                    .answer(request, server));
    List<Integer> lengths =
        List.of(0, 1, PART, 3 * PART, 4 * PART + 1, 5 * PART - 1, PART + random.nextInt(4 * PART));
    try (Storage<byte[]> storage = open()) {
      for (int length : lengths) {
        byte[] value = bytes(length);
        write(storage, "stream", value);
        assertThat(storage.get("stream")).as("%d", length).hasValue(value);
      }
    }
    byte[] value = bytes(4 * PART + random.nextInt(PART));
    Path file = Files.write(directory.resolve("file"), value);
    try (Storage<byte[]> storage =
        Storages.of(bucket.store().open(new StreamUploads.Lengths(PART, PART)), Codecs.bytes())) {
      storage.streams().orElseThrow().writeFile("file", file);
      assertThat(storage.get("file")).hasValue(value);
    }
  }

  @Test
  void severalPartsAreOnTheirWayAtOnceAndNoMoreThanTheOptionSays() throws IOException {
    byte[] value = bytes(8 * PART);
    Path file = Files.write(directory.resolve("file"), value);
    try (Storage<byte[]> storage = open()) {
      gather(6);
      write(storage, "stream", value);
      assertThat(storage.get("stream")).hasValue(value);
      gather(5);
      storage.streams().orElseThrow().writeFile("file", file);
      assertThat(storage.get("file")).hasValue(value);
    }
    try (Storage<byte[]> storage = bucket.store().parallelism(2).storage(Codecs.bytes())) {
      bucket.proxy().heal();
      bucket.proxy().forget();
      gather(2);
      write(storage, "stream", value);
      storage.streams().orElseThrow().writeFile("file", file);
      assertThat(bucket.proxy().mostAtOnce()).isEqualTo(2);
    }
  }

  @Test
  void streamsThatAreWrittenConcurrentlyShareTheMemoryForParts() throws Exception {
    int streams = 3;
    int most = (50 << 20) / PART + streams - 1;
    byte[] value = bytes(7 * PART);
    gather(streams);
    bucket.proxy().on(S3Request.of(Kind.PUT_PART), Fault.delay(Duration.ofMillis(100)));
    try (Storage<byte[]> storage = bucket.store().parallelism(100).storage(Codecs.bytes())) {
      Together.run(streams, number -> write(storage, "k" + number, value));
      assertThat(bucket.proxy().mostAtOnce()).isBetween(streams, most);
      for (int i = 0; i < streams; i++) {
        assertThat(storage.get("k" + i)).hasValue(value);
      }
      bucket.proxy().heal();
      gather(6);
      write(storage, "later", value);
      assertThat(storage.get("later")).as("the memory is free again").hasValue(value);
    }
  }

  @Test
  void aPartThatFailsEndsTheUploadWhenTheOthersHaveEnded() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            return length;
          }
        };
    AtomicInteger parts = new AtomicInteger();
    AtomicInteger running = new AtomicInteger();
    AtomicInteger runningAtTheEnd = new AtomicInteger(-1);
    bucket
        .proxy()
        .on(
            S3Request.of(Kind.PUT_PART),
            (request, server) -> {
              if (parts.incrementAndGet() == 3) {
                return Fault.error(403, "AccessDenied").answer(request, server);
              }
              running.incrementAndGet();
              LockSupport.parkNanos(200_000_000);
              running.decrementAndGet();
              // Nothing is kept, however many parts come before the failure has been heard of.
              return HttpMessage.ok("").with("ETag", "\"0\"");
            });
    bucket
        .proxy()
        .on(
            S3Request.of(Kind.ABORT_UPLOAD),
            (request, server) -> {
              runningAtTheEnd.set(running.get());
              return server.send(request);
            });
    try (Storage<byte[]> storage = open()) {
      storage.put("k", bytes(1));
      assertThatThrownBy(() -> storage.streams().orElseThrow().write("k", endless))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("AccessDenied");
      assertThat(runningAtTheEnd).as("parts on their way at the end").hasValue(0);
      assertThat(bucket.proxy().count(Kind.COMPLETE_UPLOAD)).isZero();
      assertThat(storage.get("k")).hasValue(bytes(1));
    }
    assertThat(uploads()).isZero();
  }

  @Test
  void aSourceThatFailsEndsTheUploadWhenThePartsHaveEnded() {
    bucket.proxy().on(S3Request.of(Kind.PUT_PART), Fault.gather(2));
    InputStream failing =
        new InputStream() {
          private int left = 2 * PART + 100;

          @Override
          public int read() {
            throw new AssertionError("reads in bulk are wanted");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
              throw new IOException("broken on purpose");
            }
            int count = Math.min(left, length);
            left -= count;
            return count;
          }
        };
    try (Storage<byte[]> storage = open()) {
      assertThatThrownBy(() -> storage.streams().orElseThrow().write("k", failing))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("broken on purpose");
      assertThat(storage.contains("k")).isFalse();
    }
    assertThat(bucket.proxy().count(Kind.PUT_PART)).isEqualTo(2);
    assertThat(uploads()).isZero();
  }

  @Test
  void anInterruptWhilePartsAreOnTheirWayEndsNothingAndIsKept() throws Exception {
    byte[] value = bytes(8 * PART);
    CountDownLatch arrived = new CountDownLatch(6);
    CountDownLatch release = new CountDownLatch(1);
    bucket.proxy().on(S3Request.of(Kind.PUT_PART), Fault.hold(arrived, release));
    AtomicBoolean flag = new AtomicBoolean();
    try (Storage<byte[]> storage = open()) {
      Thread writer =
          new Thread(
              () -> {
                write(storage, "k", value);
                flag.set(Thread.currentThread().isInterrupted());
              });
      writer.start();
      arrived.await();
      writer.interrupt();
      release.countDown();
      writer.join();
      assertThat(flag).as("the flag of the interrupt").isTrue();
      assertThat(storage.get("k")).hasValue(value);
    }
  }

  @Test
  void closingEndsAnUploadAndLeavesNothingToBeSeen() throws Exception {
    CountDownLatch arrived = new CountDownLatch(6);
    CountDownLatch release = new CountDownLatch(1);
    Storage<byte[]> storage = open();
    storage.put("k", bytes(1));
    bucket.proxy().on(S3Request.of(Kind.PUT_PART), Fault.hold(arrived, release));
    FutureTask<Boolean> upload =
        begin(
            () ->
                assertThatThrownBy(() -> write(storage, "k", bytes(8 * PART)))
                    .isInstanceOf(StorageException.class));
    arrived.await();
    storage.close();
    assertThat(upload.get()).isTrue();
    release.countDown();
    bucket.proxy().heal();
    try (Storage<byte[]> again = open()) {
      assertThat(again.get("k")).hasValue(bytes(1));
    }
  }

  @Test
  void anUploadByABorrowedClientGoesOnWhenTheStorageIsClosed() throws Exception {
    byte[] value = bytes(8 * PART);
    CountDownLatch arrived = new CountDownLatch(6);
    CountDownLatch release = new CountDownLatch(1);
    bucket.proxy().on(S3Request.of(Kind.PUT_PART), Fault.hold(arrived, release));
    try (S3Client client =
        S3Clients.of(bucket.endpoint(), bucket.region(), bucket.accessKey(), bucket.secretKey())) {
      Storage<byte[]> storage =
          S3Store.in(bucket.bucket())
              .folder(bucket.folder())
              .client(client)
              .storage(Codecs.bytes());
      FutureTask<Boolean> upload = begin(() -> write(storage, "k", value));
      arrived.await();
      storage.close();
      release.countDown();
      assertThat(upload.get()).isTrue();
    }
    bucket.proxy().heal();
    try (Storage<byte[]> again = open()) {
      assertThat(again.get("k")).hasValue(value);
    }
  }

  @Test
  void anUploadDoesNotWaitForABatchThatHasAllThreads() throws Exception {
    byte[] value = bytes(3 * PART + 1);
    CountDownLatch arrived = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    try (Storage<byte[]> storage = bucket.store().parallelism(2).storage(Codecs.bytes())) {
      bucket.proxy().on(S3Request.of(Kind.GET), 2, Fault.hold(arrived, release));
      FutureTask<Boolean> batch = begin(() -> storage.getAll(List.of("a", "b", "c")));
      arrived.await();
      write(storage, "k", value);
      assertThat(batch.isDone()).isFalse();
      assertThat(storage.get("k")).hasValue(value);
      release.countDown();
      assertThat(batch.get()).isTrue();
    }
  }

  @Test
  void checksumsThatAreRefusedOfSeveralAtOnceAreDoneWithout() {
    byte[] value = bytes(4 * PART);
    CountDownLatch arrived = new CountDownLatch(4);
    bucket
        .proxy()
        .on(
            request ->
                request.kind() == Kind.PUT_PART && request.header("x-amz-checksum-crc32") != null,
            (request, server) -> {
              arrived.countDown();
              Latches.await(arrived);
              return Fault.error(501, "NotImplemented").answer(request, server);
            });
    try (Storage<byte[]> storage = open()) {
      write(storage, "k", value);
      assertThat(storage.get("k")).hasValue(value);
    }
  }

  @Test
  void checksumsThatAreRefusedOfABatchAreDoneWithout() {
    CountDownLatch arrived = new CountDownLatch(4);
    bucket
        .proxy()
        .on(
            request -> request.kind() == Kind.PUT && request.header("x-amz-checksum-crc32") != null,
            (request, server) -> {
              arrived.countDown();
              Latches.await(arrived);
              return Fault.error(501, "NotImplemented").answer(request, server);
            });
    Map<String, byte[]> values = new HashMap<>();
    IntStream.range(0, 20).forEach(i -> values.put("k" + i, bytes(i)));
    try (Storage<byte[]> storage = bucket.store().parallelism(4).storage(Codecs.bytes())) {
      storage.putAll(values);
      assertThat(storage.getAll(values.keySet())).containsExactlyInAnyOrderEntriesOf(values);
    }
  }
}
