package io.jstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jstorage.BatchException;
import io.jstorage.Capability;
import io.jstorage.Storage;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Together;
import io.jstorage.s3.server.Fault;
import io.jstorage.s3.server.FaultProxy;
import io.jstorage.s3.server.HttpMessage;
import io.jstorage.s3.server.S3Request;
import io.jstorage.s3.server.S3Request.Kind;
import io.jstorage.spi.ByteStreams;
import io.jstorage.spi.Storages;
import io.jstorage.spi.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A server and a network that fail now and then, or for good. */
@Timeout(300)
class S3FaultsTest {
  @RegisterExtension final TestBucket bucket = TestBucket.behindProxy();

  private FaultProxy proxy;
  private Storage<String> storage;

  @BeforeEach
  void open() {
    proxy = bucket.proxy();
    storage = bucket.store().conditional(Conditional.ASSERT).storage(Codecs.text());
    storage.put("k", "old");
  }

  @AfterEach
  void close() {
    storage.close();
  }

  /** A storage that gives up after its second attempt. */
  private Storage<String> withOneRetry() {
    return bucket.store().retries(1).storage(Codecs.text());
  }

  @Test
  void transientFailuresAreRetried() {
    for (Fault fault : List.of(Fault.slowDown(), Fault.conflict())) {
      proxy.on(S3Request.of(Kind.PUT), 2, fault);
      storage.put("k", "new");
      proxy.on(S3Request.of(Kind.PUT), 2, fault);
      assertThat(storage.putIfAbsent("fresh", "value")).isTrue();
      proxy.on(S3Request.of(Kind.DELETE), 2, fault);
      assertThat(storage.remove("fresh")).isTrue();
    }
    for (Fault fault : List.of(Fault.slowDown(), Fault.internalError(), Fault.reset())) {
      proxy.on(S3Request.of(Kind.GET), 2, fault);
      assertThat(storage.get("k")).hasValue("new");
      proxy.on(S3Request.of(Kind.HEAD), 2, fault);
      assertThat(storage.contains("k")).isTrue();
      proxy.on(S3Request.of(Kind.LIST), 2, fault);
      assertThat(storage.size()).isEqualTo(1);
    }
  }

  @Test
  void aServerThatStaysBusyIsUnavailableAndNothingHasChanged() {
    proxy.on(request -> true, Fault.slowDown());
    try (Storage<String> retrying = withOneRetry()) {
      for (Runnable operation :
          List.<Runnable>of(
              () -> retrying.get("k"),
              () -> retrying.contains("k"),
              () -> retrying.size(),
              () -> retrying.put("k", "new"),
              () -> retrying.remove("k"),
              () -> retrying.clear())) {
        assertThatThrownBy(operation::run)
            .isInstanceOf(StorageUnavailableException.class)
            .hasMessageContaining(bucket.bucket())
            .hasMessageContaining("503")
            .matches(e -> !((StorageException) e).outcomeUnknown());
      }
    }
    proxy.heal();
    assertThat(storage.get("k")).hasValue("old");
  }

  @Test
  void aWriteThatFailedOnTheServersSideIsSentOnce() {
    proxy.forget();
    proxy.on(S3Request.of(Kind.PUT, Kind.DELETE), Fault.internalError());
    for (Runnable write :
        List.<Runnable>of(
            () -> storage.put("k", "new"),
            () -> storage.putIfAbsent("fresh", "value"),
            () -> storage.remove("k"))) {
      assertThatThrownBy(write::run)
          .isInstanceOf(StorageUnavailableException.class)
          .matches(e -> ((StorageException) e).outcomeUnknown());
    }
    assertThat(proxy.count(Kind.DELETE)).isEqualTo(1);
    proxy.heal();
    assertThat(storage.get("k")).hasValue("old");
    assertThat(storage.contains("fresh")).isFalse();
  }

  @Test
  void aBodyShorterThanItsLengthIsNoValue() throws IOException {
    storage.put("large", "x".repeat(200_000));
    for (String key : List.of("k", "large")) {
      proxy.once(Kind.GET, Fault.cutBody());
      assertThat(storage.require(key)).isEqualTo(key.equals("k") ? "old" : "x".repeat(200_000));
    }
    proxy.on(S3Request.of(Kind.GET), Fault.cutBody());
    for (String key : List.of("k", "large")) {
      try (Storage<String> retrying = withOneRetry()) {
        assertThatThrownBy(() -> retrying.get(key)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> retrying.entry(key)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> retrying.getAll(List.of(key)))
            .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> readAll(retrying, key)).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aWrongChecksumIsNoValue() throws IOException {
    storage.put("large", "x".repeat(200_000));
    proxy.on(S3Request.of(Kind.GET), Fault.corruptBody());
    for (String key : List.of("k", "large")) {
      try (Storage<String> retrying = withOneRetry()) {
        assertThatThrownBy(() -> retrying.get(key)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> retrying.entry(key)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> retrying.getAll(List.of(key)))
            .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> readAll(retrying, key)).isInstanceOf(IOException.class);
      }
    }
  }

  private static byte[] readAll(Storage<String> storage, String key) throws IOException {
    try (InputStream bytes = storage.unwrap(ByteStreams.class).orElseThrow().readStream(key)) {
      return Objects.requireNonNull(bytes).readAllBytes();
    }
  }

  @Test
  void aBodyThatIsCorruptedOnItsWayInIsRefused() {
    proxy.on(
        S3Request.of(Kind.PUT),
        1,
        (request, server) -> {
          byte[] body = request.body();
          body[body.length / 2] ^= 1;
          return server.send(request.withBody(body));
        });
    assertThatThrownBy(() -> storage.put("k", "n".repeat(1_000)))
        .isInstanceOf(StorageException.class);
    assertThat(storage.get("k")).hasValue("old");
  }

  @Test
  void aServerThatDoesNotAnswerIsNotWaitedForForever() {
    CountDownLatch release = new CountDownLatch(1);
    try (Storage<String> hasty =
        bucket.store().retries(1).timeout(Duration.ofSeconds(2)).storage(Codecs.text())) {
      proxy.on(S3Request.of(Kind.GET, Kind.PUT), Fault.hold(new CountDownLatch(1), release));
      long start = System.nanoTime();
      assertThatThrownBy(() -> hasty.get("k")).isInstanceOf(StorageUnavailableException.class);
      assertThatThrownBy(() -> hasty.put("k", "new"))
          .isInstanceOfSatisfying(
              StorageUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isTrue());
      // Three requests of two seconds, and less than one of the usual thirty.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
    } finally {
      release.countDown();
    }
  }

  @Test
  void aListingThatBreaksOffSaysSo() {
    storage.putAll(Map.of("a", "1", "b", "2", "c", "3"));
    proxy.on(S3Request.of(Kind.LIST), Fault.cutBody());
    try (Storage<String> retrying = withOneRetry()) {
      assertThatThrownBy(retrying::size).isInstanceOf(StorageException.class);
      assertThatThrownBy(retrying::clear).isInstanceOf(StorageException.class);
      assertThatThrownBy(
              () -> {
                try (Stream<String> keys = retrying.keys()) {
                  assertThat(keys.toList()).isNull();
                }
              })
          .isInstanceOf(StorageException.class);
    }
    proxy.heal();
    assertThat(storage.size()).isEqualTo(4);
  }

  @Test
  void ofABatchOnlyWhatFailedIsReportedAsFailed() {
    storage.putAll(Map.of("a", "1", "b", "2", "c", "3"));
    proxy.on(request -> request.key().endsWith("/b"), Fault.error(403, "AccessDenied"));
    BatchException reading =
        catchThrowableOfType(
            BatchException.class, () -> storage.getAll(List.of("a", "b", "c", "d")));
    assertThat(reading.failures()).containsOnlyKeys("b");
    assertThat(reading.failures().get("b")).isInstanceOf(StorageAccessDeniedException.class);
    BatchException writing =
        catchThrowableOfType(
            BatchException.class, () -> storage.putAll(Map.of("a", "A", "b", "B", "c", "C")));
    assertThat(writing.failures()).containsOnlyKeys("b");
    proxy.heal();
    assertThat(new TreeMap<>(storage.getAll(List.of("a", "b", "c"))))
        .isEqualTo(Map.of("a", "A", "b", "2", "c", "C"));
  }

  @Test
  void ofADeletionOfManyEachFailureIsReported() {
    storage.putAll(Map.of("a", "1", "b", "2", "c", "3"));
    proxy.once(
        Kind.DELETE_MANY,
        (request, server) ->
            HttpMessage.ok(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <DeleteResult>
                  <Error><Key>%1$s/a</Key><Code>AccessDenied</Code><Message>no</Message></Error>
                  <Error><Key>%1$s/b</Key><Code>InternalError</Code><Message>?</Message></Error>
                </DeleteResult>"""
                    .formatted(bucket.folder())));
    BatchException failure =
        catchThrowableOfType(BatchException.class, () -> storage.removeAll(List.of("a", "b", "c")));
    assertThat(failure.failures()).containsOnlyKeys("a", "b");
    assertThat(failure.failures().get("a")).isInstanceOf(StorageAccessDeniedException.class);
    assertThat(failure.failures().get("b"))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.outcomeUnknown()).isTrue());
    proxy.once(Kind.DELETE_MANY, Fault.dropReply());
    assertThatThrownBy(() -> storage.removeAll(List.of("a", "b", "c")))
        .isInstanceOfSatisfying(
            BatchException.class,
            e ->
                assertThat(e.failures())
                    .hasSize(3)
                    .allSatisfy((key, cause) -> assertThat(cause.outcomeUnknown()).isTrue()));
  }

  @Test
  void aFailureThatCannotBeToldWhoseItIsIsThatOfEachKey() {
    storage.putAll(Map.of("a", "1", "b", "2"));
    for (String error :
        List.of(
            "<Error><Key>another</Key><Code>AccessDenied</Code><Message>no</Message></Error>",
            "<Error><Code>AccessDenied</Code><Message>no</Message></Error>")) {
      proxy.once(
          Kind.DELETE_MANY,
          (request, server) -> HttpMessage.ok("<DeleteResult>" + error + "</DeleteResult>"));
      assertThatThrownBy(() -> storage.removeAll(List.of("a", "b")))
          .isInstanceOfSatisfying(
              BatchException.class, e -> assertThat(e.failures()).containsOnlyKeys("a", "b"));
    }
    proxy.once(
        Kind.DELETE_MANY,
        (request, server) ->
            HttpMessage.ok(
                "<DeleteResult><Error><Key>%s/a</Key></Error></DeleteResult>"
                    .formatted(bucket.folder())));
    assertThatThrownBy(() -> storage.removeAll(List.of("a", "b")))
        .isInstanceOfSatisfying(
            BatchException.class, e -> assertThat(e.failures()).containsOnlyKeys("a"));
  }

  @Test
  void aWriteWhoseClientIsClosedMeanwhileHasAnUnknownOutcome() {
    S3Store store = bucket.store().open();
    proxy.on(S3Request.of(Kind.PUT), 1, Fault.dropReplyAfter(store::close));
    Storage<String> closing = Storages.of(store, Codecs.text());
    assertThatThrownBy(() -> closing.put("k", "new"))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.outcomeUnknown()).isTrue());
    closing.close();
  }

  @Test
  void anUploadThatFailsLeavesTheOldValueAndNoParts() throws IOException {
    ByteStreams streams = storage.unwrap(ByteStreams.class).orElseThrow();
    byte[] large = new byte[20 << 20];
    for (Fault fault : List.of(Fault.error(403, "AccessDenied"), Fault.error(500, "Any"))) {
      for (Kind kind : List.of(Kind.START_UPLOAD, Kind.PUT_PART, Kind.COMPLETE_UPLOAD)) {
        proxy.on(S3Request.of(kind), fault);
        assertThatThrownBy(
                () -> streams.writeStream("k", new ByteArrayInputStream(large), WriteOptions.NONE))
            .as("%s", kind)
            .isInstanceOf(IOException.class);
        proxy.heal();
        assertThat(storage.get("k")).hasValue("old");
        assertThat(uploads()).as("after %s", kind).isZero();
      }
    }
    proxy.forget();
    streams.writeStream("k", new ByteArrayInputStream(large), WriteOptions.NONE);
    assertThat(proxy.count(Kind.COMPLETE_UPLOAD)).isEqualTo(1);
    assertThat(readAll(storage, "k")).isEqualTo(large);
  }

  @Test
  void aFileThatIsGoneBeforeItIsSentAgainIsAFailureOfReading(@TempDir Path directory)
      throws IOException {
    ByteStreams streams = storage.unwrap(ByteStreams.class).orElseThrow();
    Path file = Files.writeString(directory.resolve("file"), "new");
    proxy.once(
        Kind.PUT,
        (request, server) -> {
          Files.delete(file);
          return Fault.slowDown().answer(request, server);
        });
    assertThatThrownBy(() -> streams.writeFile("k", file, WriteOptions.NONE))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(storage.get("k")).hasValue("old");
  }

  @Test
  void aPartIsSentAgainAsItCannotUndoAnything() throws IOException {
    ByteStreams streams = storage.unwrap(ByteStreams.class).orElseThrow();
    byte[] large = new byte[20 << 20];
    ThreadLocalRandom.current().nextBytes(large);
    proxy.once(Kind.PUT_PART, Fault.slowDown());
    proxy.once(Kind.PUT_PART, Fault.dropReply());
    proxy.once(Kind.COMPLETE_UPLOAD, Fault.dropReply());
    streams.writeStream("k", new ByteArrayInputStream(large), WriteOptions.NONE);
    assertThat(readAll(storage, "k")).isEqualTo(large);
  }

  @Test
  void aStreamThatFailsMidwayLeavesTheOldValueAndNoParts() {
    ByteStreams streams = storage.unwrap(ByteStreams.class).orElseThrow();
    InputStream failing =
        new InputStream() {
          private int left = 20 << 20;

          @Override
          public int read() throws IOException {
            throw new IOException("read in bulk");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left <= 0) {
              throw new IOException("the source is gone");
            }
            left -= length;
            return length;
          }
        };
    assertThatThrownBy(() -> streams.writeStream("k", failing, WriteOptions.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the source is gone");
    assertThat(storage.get("k")).hasValue("old");
    assertThat(uploads()).isZero();
  }

  private int uploads() {
    return bucket
        .client()
        .listMultipartUploads(request -> request.bucket(bucket.bucket()))
        .uploads()
        .size();
  }

  /**
   * Each thread has a key of its own, and knows what may be there. It goes on until operations have
   * gone well and a write has had an unknown outcome, which takes longer on a busy machine.
   */
  @Test
  void underManyErrorsNothingIsLostOrInvented() throws Exception {
    Duration time = Duration.ofSeconds(Integer.getInteger("jstorage.s3.seconds", 3));
    int threads = 8;
    try (Storage<String> storage = bucket.store().retries(2).storage(Codecs.text())) {
      assertThat(storage.capabilities())
          .as("found out before calls fail")
          .contains(Capability.ATOMIC);
      proxy.on(request -> ThreadLocalRandom.current().nextInt(100) < 30, Fault.any());
      long end = System.nanoTime() + time.toNanos();
      List<Model> models =
          Together.call(
              threads,
              time.plusMinutes(5),
              number -> {
                Model model = new Model(storage, "mine " + number);
                while (System.nanoTime() < end || model.done < 10 || model.unknown == 0) {
                  model.step();
                }
                return model;
              });
      proxy.heal();
      models.forEach(Model::check);
    }
  }

  /** One key, one thread, and all states that the key may be in. */
  private static final class Model {
    private static final String ABSENT = "(nothing)";

    private final Storage<String> storage;
    private final String key;
    private List<String> possible = new ArrayList<>(List.of(ABSENT));
    private int writes;
    private long done;
    private long unknown;

    Model(Storage<String> storage, String key) {
      this.storage = storage;
      this.key = key;
    }

    void step() {
      switch (ThreadLocalRandom.current().nextInt(4)) {
        case 0 -> put();
        case 1 -> putIfAbsent();
        case 2 -> remove();
        default -> check();
      }
    }

    private void put() {
      String value = "value " + writes++;
      try {
        storage.put(key, value);
        is(value);
      } catch (StorageException e) {
        maybe(e, value);
      }
    }

    private void putIfAbsent() {
      String value = "value " + writes++;
      try {
        boolean put = storage.putIfAbsent(key, value);
        if (put) {
          assertThat(possible).as("was absent").contains(ABSENT);
          is(value);
        } else {
          possible.remove(ABSENT);
          assertThat(possible).as("was present").isNotEmpty();
          done++;
        }
      } catch (StorageException e) {
        maybe(e, value);
      }
    }

    private void remove() {
      try {
        boolean removed = storage.remove(key);
        assertThat(possible)
            .as("removed %s", removed)
            .anyMatch(state -> state.equals(ABSENT) != removed);
        is(ABSENT);
      } catch (StorageException e) {
        maybe(e, ABSENT);
      }
    }

    void check() {
      try {
        String seen = storage.get(key).orElse(ABSENT);
        assertThat(possible).contains(seen);
        is(seen);
      } catch (StorageException e) {
        assertThat(e.outcomeUnknown()).isFalse();
      }
    }

    private void is(String state) {
      possible = new ArrayList<>(List.of(state));
      done++;
    }

    private void maybe(StorageException e, String state) {
      if (e.outcomeUnknown()) {
        possible.add(state);
        unknown++;
      }
    }
  }
}
