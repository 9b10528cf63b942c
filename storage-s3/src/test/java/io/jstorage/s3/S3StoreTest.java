package io.jstorage.s3;

import static io.jstorage.spi.Access.TOUCH;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.InvalidKeyException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.Streams;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.provider.StorageProvider;
import io.jstorage.s3.server.Fault;
import io.jstorage.s3.server.S3Clients;
import io.jstorage.s3.server.S3Request;
import io.jstorage.s3.server.S3Request.Kind;
import io.jstorage.spi.ByteStreams;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
import io.jstorage.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class S3StoreTest {
  private static final int PART = 5 << 20;

  @RegisterExtension final TestBucket bucket = new TestBucket();
  @TempDir Path directory;

  private S3Store open() {
    return bucket.store().open();
  }

  private HeadObjectResponse head(String name) {
    return bucket
        .client()
        .headObject(head -> head.bucket(bucket.bucket()).key(bucket.folder() + "/" + name));
  }

  private void putForeign(String name, String content) {
    bucket.client().putObject(putOf(name).build(), RequestBody.fromString(content));
  }

  private PutObjectRequest.Builder putOf(String name) {
    return PutObjectRequest.builder().bucket(bucket.bucket()).key(bucket.folder() + "/" + name);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void anObjectHoldsTheBytesAndItsNameIsTheKey() {
    try (Storage<String> storage = bucket.store().storage(Codecs.text())) {
      storage.put("reports/2026 über.txt", "Hello World!");
    }
    assertThat(
            bucket
                .client()
                .getObjectAsBytes(
                    get ->
                        get.bucket(bucket.bucket()).key(bucket.folder() + "/reports/2026 über.txt"))
                .asUtf8String())
        .isEqualTo("Hello World!");
    HeadObjectResponse head = head("reports/2026 über.txt");
    assertThat(head.contentType().replace(" ", "")).isEqualTo("text/plain;charset=utf-8");
    assertThat(head.metadata()).containsOnlyKeys("jstorage-write");
  }

  @Test
  void theContentTypeIsTheCodecsUnlessTheBytesAreTransformed() {
    StorageOptions options =
        StorageOptions.of("bucket", bucket.bucket(), "folder", bucket.folder())
            .with("client", bucket.client())
            .with("codec", "text");
    StorageProvider provider = StorageProvider.load();
    try (Storage<String> plain = provider.create("storage.s3", String.class, options);
        Storage<String> gzip =
            provider.create("storage.s3", String.class, options.with("transforms", "gzip"))) {
      plain.put("plain", "v");
      gzip.put("gzip", "v");
    }
    assertThat(head("plain").contentType().replace(" ", "")).isEqualTo("text/plain;charset=utf-8");
    assertThat(head("gzip").contentType()).isEqualTo("application/octet-stream");
  }

  @Test
  void aBuilderMakesStoragesOfSeveralCodecs() {
    S3StoreBuilder builder = bucket.store();
    try (Storage<String> text = builder.storage(Codecs.text());
        Storage<byte[]> bytes = builder.storage(Codecs.bytes());
        Storage<String> other = builder.contentType("text/csv").storage(Codecs.text())) {
      text.put("text", "v");
      bytes.put("bytes", bytes(1));
      other.put("other", "v");
    }
    assertThat(head("text").contentType().replace(" ", "")).isEqualTo("text/plain;charset=utf-8");
    assertThat(head("bytes").contentType()).isEqualTo("application/octet-stream");
    assertThat(head("other").contentType()).isEqualTo("text/csv");
  }

  @Test
  void everyWriteBearsAnIdOfItsOwn() throws IOException {
    try (S3Store store = open()) {
      store.write("k", bytes(10), WriteOptions.NONE);
      String first = head("k").metadata().get("jstorage-write");
      store.write("k", bytes(10), WriteOptions.NONE);
      assertThat(head("k").metadata().get("jstorage-write")).isNotEqualTo(first);
    }
  }

  @Test
  void everyOperationCostsTheRequestsThatItSays() throws IOException {
    try (S3Store store = open()) {
      assertRequests(() -> store.write("k", bytes(100), WriteOptions.NONE), Kind.PUT);
      assertRequests(() -> store.read("k", TOUCH), Kind.GET);
      assertRequests(() -> store.readEntry("k", TOUCH), Kind.GET);
      assertRequests(() -> store.read("absent", TOUCH), Kind.GET);
      assertRequests(() -> store.contains("k"), Kind.HEAD);
      assertRequests(() -> store.contains("absent"), Kind.HEAD);
      assertRequests(() -> store.delete("k", Condition.NONE), Kind.HEAD, Kind.DELETE);
      assertRequests(() -> store.delete("k", Condition.NONE), Kind.HEAD);
      assertRequests(store::count, Kind.LIST);
      store.write("k", bytes(1), WriteOptions.NONE);
      assertRequests(store::clear, Kind.LIST, Kind.DELETE_MANY);
      store.capabilities();
      assertRequests(() -> store.write("k", bytes(1), WriteOptions.IF_ABSENT), Kind.PUT);
    }
  }

  @FunctionalInterface
  private interface Operation {
    void run() throws IOException;
  }

  private void assertRequests(Operation operation, Kind... kinds) throws IOException {
    bucket.proxy().forget();
    operation.run();
    for (Kind kind : kinds) {
      assertThat(bucket.proxy().count(kind)).as(kind.name()).isEqualTo(1);
    }
    assertThat(bucket.proxy().count()).as("requests").isEqualTo(kinds.length);
  }

  @Test
  void listingsAndDeletionsGoByTheThousand() throws IOException {
    List<String> keys = IntStream.range(0, 2_100).mapToObj("key-%05d"::formatted).toList();
    Map<String, byte[]> entries = new HashMap<>();
    keys.forEach(key -> entries.put(key, new byte[0]));
    try (S3Store store = open()) {
      store.writeAll(entries, WriteOptions.NONE, S3StoreTest::fail);
      bucket.proxy().forget();
      try (Stream<String> all = store.keys("")) {
        assertThat(all).containsExactlyElementsOf(keys);
      }
      assertThat(bucket.proxy().count(Kind.LIST)).isEqualTo(3);
      store.deleteAll(keys.subList(0, 1_001), S3StoreTest::fail);
      assertThat(bucket.proxy().count(Kind.DELETE_MANY)).isEqualTo(2);
      assertThat(store.count()).isEqualTo(1_099);
      store.clear();
      assertThat(bucket.proxy().count(Kind.DELETE_MANY)).isEqualTo(4);
      assertThat(store.count()).isZero();
    }
  }

  private static void fail(String key, Exception e) {
    throw new AssertionError(key, e);
  }

  @Test
  void aPrefixWhoseLastCharacterIsEscapedFindsItsKeys() throws IOException {
    List<String> keys =
        List.of("a/", "a//b", "a/.", "a/./b", "a/b", "a.", "a.b", "a ", "a b", "%a");
    try (S3Store store = open()) {
      for (String key : keys) {
        store.write(key, bytes(1), WriteOptions.NONE);
      }
      for (String prefix : List.of("a", "a/", "a//", "a/.", "a.", "a ", "%", "/", ".", "\ud800")) {
        try (Stream<String> found = store.keys(prefix)) {
          assertThat(found)
              .as(prefix)
              .containsExactlyInAnyOrderElementsOf(
                  keys.stream().filter(key -> key.startsWith(prefix)).toList());
        }
      }
    }
  }

  @Test
  void aBatchRunsAsManyRequestsAtOnceAsItMayAndNoMore() throws IOException {
    List<String> keys = IntStream.range(0, 60).mapToObj(i -> "k" + i).toList();
    Map<String, String> values = new HashMap<>();
    keys.forEach(key -> values.put(key, "value of " + key));
    try (Storage<String> storage = bucket.store().parallelism(6).storage(Codecs.text())) {
      storage.putAll(values);
      bucket.proxy().on(request -> true, 6, Fault.gather(6));
      bucket.proxy().on(request -> true, Fault.delay(Duration.ofMillis(10)));
      bucket.proxy().forget();
      assertThat(storage.getAll(keys)).isEqualTo(values);
      assertThat(bucket.proxy().mostAtOnce()).isEqualTo(6);
      assertThat(bucket.proxy().count(Kind.GET)).isEqualTo(60);
    }
  }

  @Test
  void anInterruptedBatchGoesOnToItsEndAndKeepsTheFlag() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch end = new CountDownLatch(1);
    bucket.proxy().on(S3Request.of(Kind.PUT), Fault.hold(begun, end));
    Map<String, String> values = new HashMap<>();
    IntStream.range(0, 10).forEach(i -> values.put("k" + i, "v"));
    AtomicBoolean flag = new AtomicBoolean();
    try (Storage<String> storage = bucket.store().parallelism(2).storage(Codecs.text())) {
      Thread caller =
          new Thread(
              () -> {
                storage.putAll(values);
                flag.set(Thread.currentThread().isInterrupted());
              });
      caller.start();
      begun.await();
      caller.interrupt();
      end.countDown();
      caller.join();
      assertThat(flag).as("the flag of the interrupt").isTrue();
      assertThat(storage.getAll(values.keySet())).isEqualTo(values);
    }
  }

  @Test
  void aBorrowedClientIsNotClosedAndSendsNoWriteTwice() throws IOException {
    try (S3Client client =
        S3Clients.of(bucket.endpoint(), bucket.region(), bucket.accessKey(), bucket.secretKey())) {
      try (S3Store store = S3Store.in(bucket.bucket()).folder("f").client(client).open()) {
        bucket.proxy().on(request -> request.kind() == Kind.PUT, 1, Fault.internalError());
        bucket.proxy().forget();
        assertThatThrownBy(() -> store.write("k", bytes(1), WriteOptions.NONE))
            .isInstanceOf(IOException.class);
        assertThat(bucket.proxy().count(Kind.PUT)).isEqualTo(1);
        store.write("k", bytes(1), WriteOptions.NONE);
        bucket.proxy().on(request -> request.kind() == Kind.GET, 2, Fault.internalError());
        assertThat(store.read("k", TOUCH)).isEqualTo(bytes(1));
      }
      assertThat(client.listBuckets().buckets()).isNotEmpty();
    }
  }

  @Test
  void aClientOfOurOwnIsClosedWithTheStore() {
    S3Store store = open();
    S3Client client = store.unwrap(S3Client.class).orElseThrow();
    assertThat(client.listBuckets().buckets()).isNotEmpty();
    store.close();
    assertThatThrownBy(client::listBuckets).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void conditionsAreTriedOutOnceWhenTheyAreFirstAskedFor() throws IOException {
    try (Storage<String> storage = bucket.store().storage(Codecs.text())) {
      bucket.proxy().forget();
      storage.put("k", "v");
      storage.get("k");
      storage.remove("k");
      assertThat(bucket.proxy().count()).isEqualTo(4);
      assertThat(storage.putIfAbsent("k", "v")).isTrue();
      assertThat(bucket.proxy().count()).isLessThanOrEqualTo(4 + 12 + 1);
      bucket.proxy().forget();
      assertThat(storage.putIfAbsent("k", "v")).isFalse();
      assertThat(bucket.proxy().count()).isEqualTo(1);
    }
    assertThat(bucket.client().listObjectsV2(list -> list.bucket(bucket.bucket())).contents())
        .extracting(object -> object.key())
        .containsExactly(bucket.folder() + "/k");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ASSERT", "DENY"})
  void declaredSupportOfConditionsIsNotProbed(String conditional) throws IOException {
    Conditional said = Conditional.valueOf(conditional);
    try (S3Store store = bucket.store().conditional(said).open()) {
      bucket.proxy().forget();
      assertThat(store.capabilities().has(Capability.ATOMIC)).isEqualTo(said == Conditional.ASSERT);
      assertThat(bucket.proxy().count()).isZero();
      store.write("k", bytes(1), WriteOptions.NONE);
      assertThat(store.delete("k", Condition.NONE)).isTrue();
      assertThat(store.delete("k", Condition.NONE)).isFalse();
    }
  }

  @Test
  void aVersionThatNoServerGivesHoldsOfNothing() throws IOException {
    try (S3Store store = open()) {
      store.write("k", bytes(1), WriteOptions.NONE);
      Entry<byte[]> entry = requireNonNull(store.readEntry("k", TOUCH));
      assertThat(entry.version().orElseThrow().toString()).doesNotContain("\"");
      for (String never : List.of("a\"b", "a\r\nx-amz-acl: public-read", "ü", "a b")) {
        assertThat(
                store.write(
                    "k",
                    bytes(2),
                    WriteOptions.NONE.onlyIf(Condition.version(Version.parse(never)))))
            .isFalse();
        assertThat(store.delete("k", Condition.version(Version.parse(never)))).isFalse();
      }
      assertThat(store.read("k", TOUCH)).isEqualTo(bytes(1));
      assertThat(store.delete("k", Condition.version(entry.version().orElseThrow()))).isTrue();
    }
  }

  @Test
  void anObjectOfAnotherProgramExpiresOnlyIfItSaysSo() throws IOException {
    SettableClock clock = new SettableClock();
    try (S3Store store = bucket.store().expiration(Duration.ofHours(1)).clock(clock).open()) {
      putForeign("foreign", "v");
      clock.advance(Duration.ofDays(1_000));
      Entry<byte[]> entry = requireNonNull(store.readEntry("foreign", TOUCH));
      assertThat(entry.value()).asString().isEqualTo("v");
      assertThat(entry.expiresAt()).isEmpty();
      assertThat(store.purgeExpired()).isZero();
      Instant deadline = clock.instant().plusSeconds(10);
      bucket
          .client()
          .putObject(
              putOf("dated").metadata(Map.of("jstorage-expires", deadline.toString())).build(),
              RequestBody.fromString("v"));
      assertThat(requireNonNull(store.readEntry("dated", TOUCH)).expiresAt()).contains(deadline);
      clock.advance(Duration.ofSeconds(10));
      assertThat(store.contains("dated")).isFalse();
      assertThat(store.purgeExpired()).isEqualTo(1);
      assertThat(store.contains("foreign")).isTrue();
    }
  }

  @Test
  void aDeadlineThatIsNoTimeIsAFailureThatAWriteRepairs() throws IOException {
    try (S3Store store = bucket.store().expiration(Duration.ofHours(1)).open()) {
      bucket
          .client()
          .putObject(
              putOf("k").metadata(Map.of("jstorage-expires", "tomorrow")).build(),
              RequestBody.fromString("v"));
      assertThatThrownBy(() -> store.read("k", TOUCH)).hasMessageContaining("jstorage-expires");
      assertThatThrownBy(() -> store.contains("k")).hasMessageContaining("jstorage-expires");
      store.write("k", bytes(1), WriteOptions.NONE);
      assertThat(store.read("k", TOUCH)).isEqualTo(bytes(1));
    }
  }

  @Test
  void expiredObjectsStayUntilTheyArePurged() throws IOException {
    SettableClock clock = new SettableClock();
    try (S3Store store = bucket.store().expiration(Duration.ofHours(1)).clock(clock).open()) {
      store.write("k", bytes(1), WriteOptions.NONE);
      clock.advance(Duration.ofHours(1));
      assertThat(store.read("k", TOUCH)).isNull();
      assertThat(store.readStream("k")).isNull();
      assertThat(store.delete("k", Condition.NONE)).isFalse();
      assertThat(store.count()).isEqualTo(1);
      assertThat(store.purgeExpired()).isEqualTo(1);
      assertThat(store.count()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 12345})
  void aStreamOfAnyLengthComesBackByteForByte(int length) throws IOException {
    try (S3Store store = open()) {
      byte[] bytes = bytes(length);
      store.writeStream("k", new Trickle(bytes), WriteOptions.NONE);
      assertThat(store.read("k", TOUCH)).isEqualTo(bytes);
      try (InputStream in = requireNonNull(store.readStream("k"))) {
        assertThat(in.readAllBytes()).isEqualTo(bytes);
        assertThat(in.read()).isEqualTo(-1);
      }
      assertThat(head("k").metadata()).containsOnlyKeys("jstorage-write");
      assertThat(store.delete("k", Condition.NONE)).isTrue();
    }
  }

  /** Gives what it has bit by bit, and does not tell how much that is. */
  private static final class Trickle extends FilterInputStream {
    Trickle(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return super.read(bytes, offset, Math.min(length, 100_000));
    }

    @Override
    public int available() {
      return 0;
    }
  }

  @Test
  void aStreamUpToOnePartTakesOneRequest() throws IOException {
    try (S3Store store = open()) {
      assertRequests(
          () -> store.writeStream("k", new ByteArrayInputStream(bytes(1_000)), WriteOptions.NONE),
          Kind.PUT);
    }
  }

  @Test
  void aStreamThatFailsLeavesTheOldValueAndNoParts() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("broken on purpose");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };
    try (S3Store store = open()) {
      store.write("k", bytes(1), WriteOptions.NONE);
      for (int length : new int[] {0, 1_000, PART, PART + 1_000}) {
        assertThatThrownBy(
                () ->
                    store.writeStream(
                        "k",
                        new SequenceInputStream(new ByteArrayInputStream(bytes(length)), broken),
                        WriteOptions.NONE))
            .isInstanceOf(IOException.class)
            .hasMessage("broken on purpose");
      }
      assertThat(store.read("k", TOUCH)).isEqualTo(bytes(1));
      assertThat(bucket.proxy().count(Kind.START_UPLOAD)).isEqualTo(2);
      assertThat(bucket.proxy().count(Kind.ABORT_UPLOAD)).isEqualTo(2);
    }
  }

  @Test
  void aStreamThatIsLeftEarlyIsNotReadToItsEnd() throws IOException {
    try (S3Store store = bucket.store(bucket.server()).open()) {
      store.write("k", bytes(4 << 20), WriteOptions.NONE);
      InputStream in = requireNonNull(store.readStream("k"));
      assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(bytes(4 << 20), 10));
      in.close();
      in.close();
      assertThatThrownBy(in::read).isInstanceOf(IOException.class);
      for (int i = 0; i < 100; i++) {
        requireNonNull(store.readStream("k")).close();
      }
      assertThat(store.read("k", TOUCH)).as("a connection is left").isNotNull();
    }
  }

  @Test
  void aFileGoesInAndOutByteForByte() throws IOException {
    Path source = directory.resolve("source");
    Path target = directory.resolve("target");
    try (Storage<String> storage = bucket.store().storage(Codecs.text())) {
      ByteStreams store = storage.unwrap(ByteStreams.class).orElseThrow();
      assertThat(store.readFile("test.html", target)).isFalse();
      assertThat(target).doesNotExist();
      Files.writeString(source, "<h1>Hello</h1>");
      store.writeFile("test.html", source, WriteOptions.NONE);
      assertThat(storage.contains("test.html")).isTrue();
      assertThat(store.readFile("test.html", target)).isTrue();
      assertThat(target).hasSameBinaryContentAs(source);
      Streams streams = storage.streams().orElseThrow();
      assertThatThrownBy(() -> streams.writeFile("k", directory.resolve("absent")))
          .isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> streams.writeFile("", source))
          .isInstanceOf(InvalidKeyException.class);
      assertThatThrownBy(() -> streams.read("k".repeat(1_000)))
          .isInstanceOf(InvalidKeyException.class);
    }
  }

  @Test
  void aLongFileIsSentInPartsAndAppearsAtTheEnd() throws IOException {
    Path source = directory.resolve("source");
    Files.write(source, bytes(2 * PART + 5));
    try (S3Store store = bucket.store().open(new StreamUploads.Lengths(PART, PART))) {
      store.writeFile("k", source, WriteOptions.NONE);
      assertThat(bucket.proxy().count(Kind.PUT_PART)).isEqualTo(3);
      assertThat(bucket.proxy().count()).isEqualTo(1 + 3 + 1);
      assertThat(store.read("k", TOUCH)).isEqualTo(Files.readAllBytes(source));
      Files.write(source, bytes(PART));
      assertRequests(() -> store.writeFile("k", source, WriteOptions.NONE), Kind.PUT);
      assertThat(store.read("k", TOUCH)).isEqualTo(Files.readAllBytes(source));
    }
  }

  @Test
  void aStreamIsWrittenOnConditionWhereTheServerDecidesThat() throws IOException {
    byte[] large = bytes(PART + 1);
    WriteOptions ifAbsent = WriteOptions.IF_ABSENT;
    try (S3Store store = bucket.store().conditional(Conditional.ASSERT).open()) {
      store.write("k", bytes(1), WriteOptions.NONE);
      assertThat(store.writeStream("k", new ByteArrayInputStream(bytes(2)), ifAbsent)).isFalse();
      assertThat(store.read("k", TOUCH)).isEqualTo(bytes(1));
      assertThat(store.writeStream("l", new ByteArrayInputStream(large), ifAbsent)).isTrue();
      assertThat(store.read("l", TOUCH)).isEqualTo(large);
    }
    bucket
        .proxy()
        .on(
            S3Request.of(Kind.COMPLETE_UPLOAD),
            (request, server) -> server.send(request.withoutConditions()));
    try (S3Store store = bucket.store().open()) {
      assertThat(store.capabilities().has(Capability.ATOMIC)).isTrue();
      assertThatThrownBy(() -> store.writeStream("k", new ByteArrayInputStream(large), ifAbsent))
          .isInstanceOfAny(UnsupportedOperationException.class, IOException.class);
      assertThat(store.read("k", TOUCH)).isEqualTo(bytes(1));
    }
  }

  @Test
  void theKeyStandsInMessagesAndThePlaceToo() {
    try (Storage<String> storage = bucket.store().retries(0).storage(Codecs.text())) {
      bucket.proxy().on(request -> true, Fault.slowDown());
      assertThatThrownBy(() -> storage.put("some\nkey", "v"))
          .isInstanceOf(StorageUnavailableException.class)
          .hasMessageContainingAll("put", "'some\\u{a}key'", storage.toString(), "503", "SlowDown");
    }
  }

  @Test
  void encryptionIsAskedForWhereItIsSet() throws IOException {
    List<String> asked = new ArrayList<>();
    bucket
        .proxy()
        .on(
            request -> {
              asked.add(String.valueOf(request.header("x-amz-server-side-encryption")));
              return false;
            },
            Fault.reset());
    try (S3Store plain = open();
        S3Store encrypted = bucket.store().sse("AES256").open()) {
      plain.write("k", bytes(1), WriteOptions.NONE);
      encrypted.write("k", bytes(1), WriteOptions.NONE);
      assertThat(asked).containsExactly("null", "AES256");
    }
  }
}
