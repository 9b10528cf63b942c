package io.jstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.s3.server.Fault;
import io.jstorage.s3.server.S3Request;
import io.jstorage.s3.server.S3Request.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An interrupt ends no call, and is still to be seen afterwards. */
@Timeout(300)
class S3InterruptFaultsTest {
  private static final int INTERRUPTS = 1_000;

  @RegisterExtension final TestBucket bucket = TestBucket.behindProxy();

  /** Does something with a storage whose key k holds "old", and fails unless all went well. */
  @FunctionalInterface
  private interface Call {
    void run(Storage<String> storage) throws Exception;
  }

  private static Map<String, Call> calls() {
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("get", s -> assertThat(s.get("k")).hasValue("old"));
    calls.put("entry", s -> assertThat(s.entry("k")).isPresent());
    calls.put("contains", s -> assertThat(s.contains("k")).isTrue());
    calls.put("size", s -> assertThat(s.size()).isEqualTo(1));
    calls.put("keys", s -> assertThat(s.keys().toList()).containsExactly("k"));
    calls.put("getAll", s -> assertThat(s.getAll(List.of("k", "l"))).hasSize(1));
    calls.put("read a stream", S3InterruptFaultsTest::readStream);
    calls.put("put", s -> s.put("k", "new"));
    calls.put("putIfAbsent", s -> assertThat(s.putIfAbsent("l", "new")).isTrue());
    calls.put("remove", s -> assertThat(s.remove("k")).isTrue());
    calls.put("putAll", s -> s.putAll(Map.of("k", "new", "l", "new")));
    calls.put("removeAll", s -> s.removeAll(List.of("k")));
    calls.put(
        "write a stream",
        s -> s.streams().orElseThrow().write("k", new ByteArrayInputStream(new byte[9 << 20])));
    calls.put("clear", Storage::clear);
    return calls;
  }

  private static void readStream(Storage<String> storage) throws IOException {
    try (var in = storage.streams().orElseThrow().read("k").orElseThrow()) {
      assertThat(in).hasContent("old");
    }
  }

  @Test
  void aThreadThatIsInterruptedCarriesEveryCallThrough() {
    calls()
        .forEach(
            (name, call) -> {
              try (Storage<String> storage = bucket.store().storage(Codecs.text())) {
                storage.clear();
                storage.put("k", "old");
                assertThat(storage.capabilities()).as("known before").isNotEmpty();
                Thread.currentThread().interrupt();
                call.run(storage);
                assertThat(Thread.interrupted()).as("the flag after %s", name).isTrue();
              } catch (Exception e) {
                throw new AssertionError(name, e);
              }
            });
  }

  @Test
  void anInterruptThatComesWhileTheServerWorksEndsNoCall() throws Exception {
    for (Map.Entry<String, Call> each : calls().entrySet()) {
      try (Storage<String> storage =
          bucket.store().conditional(Conditional.ASSERT).storage(Codecs.text())) {
        storage.clear();
        storage.put("k", "old");
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        bucket.proxy().on(request -> true, Fault.hold(arrived, release));
        AtomicBoolean flag = new AtomicBoolean();
        FutureTask<Boolean> task =
            new FutureTask<>(
                () -> {
                  each.getValue().run(storage);
                  flag.set(Thread.interrupted());
                  return true;
                });
        Thread thread = new Thread(task);
        thread.start();
        arrived.await();
        thread.interrupt();
        release.countDown();
        assertThat(task.get()).as(each.getKey()).isTrue();
        assertThat(flag).as("the flag after %s", each.getKey()).isTrue();
        bucket.proxy().heal();
      }
    }
  }

  @Test
  void ofAThousandInterruptsUnderLoadNoneFailsACall() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (Storage<String> storage =
        bucket.store().conditional(Conditional.ASSERT).storage(Codecs.text())) {
      FutureTask<Long> task =
          new FutureTask<>(
              () -> {
                long calls = 0;
                do {
                  String value = "value " + calls;
                  storage.put("k", value);
                  assertThat(storage.get("k")).hasValue(value);
                  assertThat(storage.remove("k")).isTrue();
                  if (calls % 2 == 0) {
                    Thread.interrupted();
                  }
                  calls += 3;
                } while (!over.get());
                return calls;
              });
      Thread thread = new Thread(task);
      thread.start();
      for (int i = 0; i < INTERRUPTS && !task.isDone(); i++) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(2_000_000));
        thread.interrupt();
      }
      over.set(true);
      assertThat(Objects.requireNonNull(task.get())).isPositive();
    }
  }

  @Test
  void anInterruptedWaitBetweenRepetitionsIsNotShortened() {
    bucket.proxy().on(S3Request.of(Kind.PUT), 3, Fault.slowDown());
    try (Storage<String> storage = bucket.store().storage(Codecs.text())) {
      Thread.currentThread().interrupt();
      storage.put("k", "v");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(storage.get("k")).hasValue("v");
    }
  }
}
