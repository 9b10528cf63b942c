package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ScriptedServer;
import io.jstorage.redis.server.TcpProxy;
import io.jstorage.redis.server.Until;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Commands of several threads that are sent together, on the only connection that there may be, and
 * what becomes of each when something breaks.
 */
@Timeout(120)
class SharedConnectionFaultsTest {
  private static final String GATE = "gate";

  /** The replies of the server by key; by default a value that names the key. */
  private final Map<String, UnaryOperator<String>> replies = new ConcurrentHashMap<>();

  private final CountDownLatch opened = new CountDownLatch(1);
  private ScriptedServer server;
  private TcpProxy proxy;

  /** A call on a thread of its own. */
  private static final class Call {
    private final FutureTask<Throwable> outcome;
    private final Thread thread;

    Call(ThrowingCallable call) {
      this.outcome = new FutureTask<>(() -> catchThrowable(call));
      this.thread = new Thread(outcome);
      thread.setDaemon(true);
      thread.start();
    }

    Throwable failure() throws Exception {
      return outcome.get(60, TimeUnit.SECONDS);
    }

    /** On a Semaphore and not in a socket. */
    boolean isInLine() {
      return thread.getState() == Thread.State.TIMED_WAITING;
    }
  }

  @BeforeEach
  void start() throws IOException {
    replies.put("jstorage:" + GATE, key -> afterTheGate());
    server = ScriptedServer.answering(words -> reply(words.get(0), words.get(1)));
    proxy = new TcpProxy(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    opened.countDown();
    proxy.close();
    server.close();
  }

  private String reply(String command, String name) {
    UnaryOperator<String> special = replies.get(name);
    if (special != null) {
      return special.apply(name);
    }
    return command.equals("GET") ? valueReply(name) : "+OK\r\n";
  }

  private static String valueReply(String name) {
    String value = "value of " + name;
    return "$%d\r\n%s\r\n".formatted(value.length(), value);
  }

  private String afterTheGate() {
    try {
      opened.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "+OK\r\n";
  }

  private Storage<String> open(String timeout) {
    return Opened.with(Opened.at(proxy.port()).with("pool", 1).with("timeout", timeout));
  }

  /** Makes calls, in their order, that all wait for the connection. */
  private List<Call> inLine(Storage<String> storage, List<ThrowingCallable> calls) {
    long before = proxy.requestBytes();
    Call first = new Call(() -> storage.put(GATE, "v"));
    Until.holds("the connection is in use", () -> proxy.requestBytes() > before);
    List<Call> waiting = new ArrayList<>();
    waiting.add(first);
    for (ThrowingCallable call : calls) {
      Call next = new Call(call);
      waiting.add(next);
      Until.holds("it waits", next::isInLine);
    }
    return waiting;
  }

  /** The requests of calls, after the gate, arrive before the reply to the first of them. */
  private void letPassTogether(Runnable meanwhile) {
    CountDownLatch sent = new CountDownLatch(1);
    UnaryOperator<String> reply =
        name -> {
          meanwhile.run();
          sent.countDown();
          return valueReply(name);
        };
    replies.put("jstorage:first", reply);
    opened.countDown();
  }

  @Test
  void thoseThatWaitAreSentTogetherAndEachHasItsOwnReply() throws Exception {
    replies.put("jstorage:list", name -> "-WRONGTYPE Operation against a wrong kind of value\r\n");
    replies.put("jstorage:nothing", name -> "$-1\r\n");
    try (Storage<String> storage = open("1h")) {
      List<Call> calls =
          inLine(
              storage,
              List.of(
                  () -> assertThat(storage.get("first")).hasValue("value of jstorage:first"),
                  () -> storage.get("list"),
                  () -> assertThat(storage.get("nothing")).isEmpty(),
                  () -> assertThat(storage.get("last")).hasValue("value of jstorage:last"),
                  () -> storage.put("k", "v")));
      long before = proxy.requestBytes();
      letPassTogether(
          () ->
              Until.holds(
                  "all five have been sent without a reply",
                  () ->
                      proxy.requestBytes() - before
                          > 5L * "*2 $3 GET $14 jstorage:first".length()));
      for (int i = 0; i < calls.size(); i++) {
        if (i == 2) {
          assertThat(calls.get(i).failure())
              .isInstanceOf(StorageException.class)
              .hasMessageContaining("not a string");
        } else {
          assertThat(calls.get(i).failure()).isNull();
        }
      }
    }
  }

  @Test
  void aConnectionThatBreaksFailsThoseThatHaveNoReplyYet() throws Exception {
    replies.put("jstorage:second", name -> "");
    try (Storage<String> storage = open("1h")) {
      List<Call> calls =
          inLine(
              storage,
              List.of(
                  () -> assertThat(storage.get("first")).isPresent(),
                  () -> storage.put("second", "v"),
                  () -> storage.put("third", "v"),
                  () -> assertThat(storage.get("fourth")).hasValue("value of jstorage:fourth")));
      opened.countDown();
      assertThat(calls.get(0).failure()).isNull();
      assertThat(calls.get(1).failure()).as("its reply came before").isNull();
      for (Call write : calls.subList(2, 4)) {
        assertThat(write.failure())
            .isInstanceOf(StorageUnavailableException.class)
            .matches(e -> ((StorageException) e).outcomeUnknown(), "of an unknown outcome");
      }
      assertThat(calls.get(4).failure()).as("it reads, and is sent again").isNull();
      storage.put("k", "v");
    }
  }

  @Test
  void longValuesAreSentAlone() throws Exception {
    String longValue = "v".repeat(10_000);
    try (Storage<String> storage = open("1h")) {
      List<Call> calls =
          inLine(storage, List.of(() -> storage.get("first"), () -> storage.put("k", longValue)));
      long before = proxy.requestBytes();
      List<Long> sent = new ArrayList<>();
      letPassTogether(() -> sent.add(proxy.requestBytes() - before));
      for (Call call : calls) {
        assertThat(call.failure()).isNull();
      }
      assertThat(sent).singleElement().matches(bytes -> bytes < longValue.length());
    }
  }

  @Test
  void anInterruptOfAThreadWhoseCommandWasTakenAlongEndsNothingAndIsKept() throws Exception {
    boolean[] kept = new boolean[1];
    try (Storage<String> storage = open("1h")) {
      List<Call> calls =
          inLine(
              storage,
              List.of(
                  () -> storage.get("first"),
                  () -> {
                    storage.put("k", "v");
                    kept[0] = Thread.interrupted();
                  }));
      calls.get(2).thread.interrupt();
      letPassTogether(() -> calls.get(2).thread.interrupt());
      for (Call call : calls) {
        assertThat(call.failure()).isNull();
      }
      assertThat(kept[0]).isTrue();
    }
  }

  /** The JDK closes the socket that an interrupted virtual thread uses. */
  @Test
  void anInterruptOfAVirtualThreadFailsNoWriteOfAnother() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "there are virtual threads from Java 21 on");
    CompletableFuture<Thread> reader = new CompletableFuture<>();
    CountDownLatch interrupted = new CountDownLatch(1);
    replies.put(
        "jstorage:first",
        name -> {
          if (interrupted.getCount() > 0) {
            reader.join().interrupt();
            interrupted.countDown();
            // The connection is closed before there is a reply.
            return "";
          }
          return valueReply(name);
        });
    try (Storage<String> storage = open("1h")) {
      List<Call> gate = inLine(storage, List.of());
      FutureTask<Throwable> read =
          new FutureTask<>(() -> catchThrowable(() -> storage.get("first")));
      reader.complete(
          (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, read));
      Until.holds("it waits", () -> reader.join().getState() == Thread.State.TIMED_WAITING);
      Call write = new Call(() -> storage.put("k", "v"));
      Until.holds("it waits", write::isInLine);
      opened.countDown();
      interrupted.await();
      assertThat(write.failure()).isNull();
      assertThat(read.get(60, TimeUnit.SECONDS)).isNull();
      assertThat(gate.get(0).failure()).isNull();
    }
  }

  @Test
  void closingBreaksOffThoseThatWereSentTogetherAndThoseThatWait() throws Exception {
    Storage<String> storage = open("1h");
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    replies.put(
        "jstorage:first",
        name -> {
          sent.countDown();
          try {
            closed.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return valueReply(name);
        });
    List<Call> calls =
        inLine(storage, List.of(() -> storage.get("first"), () -> storage.put("second", "v")));
    opened.countDown();
    sent.await();
    Call late = new Call(() -> storage.put("late", "v"));
    Until.holds("it waits", late::isInLine);
    storage.close();
    closed.countDown();
    assertThat(calls.get(1).failure()).hasMessageContaining("closed");
    assertThat(calls.get(2).failure())
        .isInstanceOf(StorageUnavailableException.class)
        .matches(e -> ((StorageException) e).outcomeUnknown(), "of an unknown outcome");
    assertThat(late.failure())
        .isInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining("closed")
        .matches(e -> !((StorageException) e).outcomeUnknown(), "not carried out");
  }

  /** The time-out of a socket begins again with each byte. */
  @Test
  void repliesThatTrickleInTakeOneTimeoutInAll() throws Exception {
    UnaryOperator<String> slow =
        name -> {
          LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
          return "+OK\r\n";
        };
    List<ThrowingCallable> puts = new ArrayList<>();
    try (Storage<String> storage = open("1s")) {
      for (int i = 0; i < 4; i++) {
        String key = "slow" + i;
        replies.put("jstorage:" + key, slow);
        puts.add(() -> storage.put(key, "v"));
      }
      List<Call> calls = inLine(storage, puts);
      opened.countDown();
      assertThat(calls.get(1).failure()).isNull();
      assertThat(calls.get(2).failure()).isNull();
      for (Call late : calls.subList(3, 5)) {
        assertThat(late.failure())
            .isInstanceOf(StorageUnavailableException.class)
            .hasMessageContaining("time-out")
            .matches(e -> ((StorageException) e).outcomeUnknown(), "of an unknown outcome");
      }
    }
  }

  /** On a real server, which goes on later with what it was sent. */
  @Test
  void aServerThatStopsFailsEachInTimeAndNoneThatIsSaidNotToHaveHappenedHas() throws Exception {
    Duration timeout = Duration.ofSeconds(1);
    try (RedisServer redis = RedisServer.start();
        Storage<String> storage =
            Opened.with(
                Opened.at(redis.port())
                    .with("pool", 1)
                    .with("timeout", timeout.toMillis() + "ms"))) {
      storage.put("k", "v");
      redis.suspend();
      long begun = System.nanoTime();
      List<Call> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String key = "k" + i;
        calls.add(new Call(() -> storage.put(key, "v")));
      }
      List<String> undone = new ArrayList<>();
      for (int i = 0; i < calls.size(); i++) {
        Throwable failure = calls.get(i).failure();
        assertThat(failure).isInstanceOf(StorageUnavailableException.class);
        if (!((StorageException) failure).outcomeUnknown()) {
          undone.add("k" + i);
        }
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(timeout.multipliedBy(6));
      assertThat(undone).hasSizeLessThan(calls.size());
      redis.resume();
      assertThat(storage.getAll(undone)).isEmpty();
      assertThat(storage.get("k")).hasValue("v");
    }
  }
}
