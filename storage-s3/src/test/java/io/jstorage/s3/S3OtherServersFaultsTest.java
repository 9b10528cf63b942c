package io.jstorage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.codec.Codecs;
import io.jstorage.s3.server.Fault;
import io.jstorage.s3.server.FaultProxy;
import io.jstorage.s3.server.HttpMessage;
import io.jstorage.s3.server.S3Clients;
import io.jstorage.s3.server.S3Request;
import io.jstorage.s3.server.S3Request.Kind;
import io.jstorage.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Servers that refuse or change what AWS takes and keeps. */
@Timeout(300)
class S3OtherServersFaultsTest {
  @RegisterExtension final TestBucket bucket = TestBucket.behindProxy();

  private FaultProxy proxy;

  private static boolean hasChecksum(S3Request request) {
    return request.header("x-amz-checksum-crc32") != null;
  }

  private static boolean startsChecksums(S3Request request) {
    return hasChecksum(request) || request.header("x-amz-checksum-algorithm") != null;
  }

  private static boolean isConditionalDelete(S3Request request) {
    return request.kind() == Kind.DELETE && request.header("If-Match") != null;
  }

  @BeforeEach
  void proxy() {
    proxy = bucket.proxy();
  }

  private Storage<String> open() {
    return bucket.store().retries(1).storage(Codecs.text());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 405, 501})
  void aRefusedChecksumIsDoneWithoutFromThenOn(int status) {
    proxy.on(S3OtherServersFaultsTest::hasChecksum, Fault.error(status, "NotImplemented"));
    try (Storage<String> storage = open()) {
      storage.put("k", "first");
      assertThat(storage.get("k")).hasValue("first");
      proxy.forget();
      storage.put("k", "second");
      assertThat(proxy.count()).as("requests of the second put").isEqualTo(1);
      assertThat(storage.get("k")).hasValue("second");
      assertThat(storage.putIfAbsent("k", "third")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 501})
  void aChecksumThatIsRefusedOfPartsIsDoneWithout(int status) {
    proxy.on(S3OtherServersFaultsTest::startsChecksums, Fault.error(status, "NotImplemented"));
    byte[] large = new byte[9 << 20];
    try (Storage<byte[]> storage = bucket.store().storage(Codecs.bytes())) {
      storage.streams().orElseThrow().write("k", new ByteArrayInputStream(large));
      assertThat(storage.require("k")).isEqualTo(large);
    }
  }

  @Test
  void aServerThatFailsAtChecksumsMakesTheMessageNameTheOption() {
    proxy.on(S3OtherServersFaultsTest::hasChecksum, Fault.internalError());
    try (Storage<String> storage = open()) {
      assertThatThrownBy(() -> storage.put("k", "v"))
          .isInstanceOf(StorageUnavailableException.class)
          .hasMessageContainingAll("500", "'checksum'");
    }
    try (Storage<String> storage = bucket.store().checksum(false).storage(Codecs.text())) {
      storage.put("k", "v");
      assertThat(storage.get("k")).hasValue("v");
    }
  }

  @Test
  void aServerThatTookAChecksumOnceIsNotDoubted() {
    try (Storage<String> storage = open()) {
      storage.put("k", "old");
      proxy.on(S3OtherServersFaultsTest::hasChecksum, 1, Fault.error(400, "InvalidRequest"));
      proxy.forget();
      assertThatThrownBy(() -> storage.put("k", "new")).isInstanceOf(StorageException.class);
      assertThat(proxy.count()).isEqualTo(1);
      assertThat(storage.get("k")).hasValue("old");
    }
  }

  @Test
  void aBodyThatArrivedDamagedIsNotSentWithoutItsChecksum() {
    proxy.on(S3OtherServersFaultsTest::hasChecksum, 1, Fault.error(400, "BadDigest"));
    try (Storage<String> storage = open()) {
      assertThatThrownBy(() -> storage.put("k", "v")).hasMessageContaining("BadDigest");
      assertThat(proxy.count(Kind.PUT)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 405, 501})
  void removeWorksWhereConditionalDeletionsAreRefused(int status) {
    proxy.on(S3OtherServersFaultsTest::isConditionalDelete, Fault.error(status, "NotImplemented"));
    try (Storage<String> storage = open()) {
      storage.putAll(Map.of("a", "1", "b", "2"));
      assertThat(storage.remove("a")).isTrue();
      assertThat(storage.remove("a")).isFalse();
      proxy.forget();
      assertThat(storage.remove("b")).isTrue();
      assertThat(proxy.count()).as("requests of the next removal").isEqualTo(2);
      assertThat(storage.size()).isZero();
    }
  }

  @Test
  void aServerThatFailsAtConditionalDeletionsMakesTheMessageNameTheOption() {
    proxy.on(S3OtherServersFaultsTest::isConditionalDelete, Fault.internalError());
    try (Storage<String> storage = open()) {
      storage.put("k", "v");
      assertThatThrownBy(() -> storage.remove("k"))
          .isInstanceOf(StorageUnavailableException.class)
          .hasMessageContainingAll("500", "'conditional'", "deny");
    }
    try (Storage<String> storage =
        bucket.store().conditional(Conditional.DENY).storage(Codecs.text())) {
      assertThat(storage.remove("k")).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 405, 500, 501})
  void aConditionThatIsRefusedIsFoundByTheProbe(int status) {
    Map<Predicate<S3Request>, String> conditions =
        Map.of(
            request -> request.header("If-None-Match") != null,
            "If-None-Match of PUT",
            request -> request.kind() == Kind.PUT && request.header("If-Match") != null,
            "If-Match of PUT",
            S3OtherServersFaultsTest::isConditionalDelete,
            "If-Match of DELETE");
    conditions.forEach(
        (when, condition) -> {
          proxy.on(when, Fault.error(status, "NotImplemented"));
          try (Storage<String> storage = open()) {
            assertThat(storage.capabilities()).doesNotContain(Capability.ATOMIC);
            assertThatThrownBy(() -> storage.putIfAbsent("k", "v"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("the server answers %d to %s".formatted(status, condition));
          }
          proxy.heal();
        });
  }

  @Test
  void theProbeSaysWhichConditionIsIgnored() {
    proxy.on(
        S3Request.of(Kind.PUT),
        (request, server) ->
            request.header("If-Match") == null
                ? server.send(request)
                : HttpMessage.ok("").with("ETag", "\"0\""));
    try (Storage<String> storage = open()) {
      assertThatThrownBy(() -> storage.putIfAbsent("k", "v"))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("the server ignores If-Match of PUT");
    }
  }

  @Test
  void manyAreDeletedByAnMd5WhereItIsWanted() {
    List<String> sums = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    proxy.on(
        S3Request.of(Kind.DELETE_MANY),
        (request, server) -> {
          String md5 = request.header("Content-MD5");
          if (md5 == null) {
            return HttpMessage.error(400, "InvalidRequest");
          }
          sums.add(md5);
          expected.add(md5Of(request.body()));
          return server.send(request);
        });
    try (Storage<String> storage = open()) {
      storage.putAll(Map.of("a", "1", "b", "2", "c", "3"));
      storage.removeAll(List.of("a", "b"));
      assertThat(storage.size()).isEqualTo(1);
      proxy.forget();
      storage.removeAll(List.of("c"));
      assertThat(proxy.count()).isEqualTo(1);
      assertThat(storage.size()).isZero();
    }
    assertThat(sums).hasSize(2).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 405, 501})
  void manyAreDeletedOneByOneWhereTheirDeletionIsRefused(int status) {
    proxy.on(S3Request.of(Kind.DELETE_MANY), Fault.error(status, "NotImplemented"));
    try (Storage<String> storage = open()) {
      storage.putAll(Map.of("a", "1", "b", "2", "c", "3"));
      storage.removeAll(List.of("a", "b", "absent"));
      assertThat(storage.size()).isEqualTo(1);
      proxy.forget();
      storage.clear();
      assertThat(storage.size()).isZero();
      assertThat(proxy.count(Kind.DELETE_MANY)).as("requests that are refused").isZero();
    }
  }

  private static String md5Of(byte[] body) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(body));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void metadataAreKnownInAnyCase() {
    proxy.on(
        S3Request.of(Kind.GET, Kind.HEAD),
        Fault.edit(
            reply ->
                reply.rename(
                    name ->
                        name.equalsIgnoreCase("x-amz-meta-jstorage-expires")
                            ? "X-Amz-Meta-Jstorage-Expires"
                            : name.equalsIgnoreCase("x-amz-meta-jstorage-write")
                                ? "X-Amz-Meta-Jstorage-Write"
                                : name)));
    SettableClock clock = new SettableClock();
    try (Storage<String> storage =
        bucket.store().expiration(Duration.ofHours(1)).clock(clock).storage(Codecs.text())) {
      storage.put("k", "v");
      assertThat(storage.entry("k").flatMap(Entry::expiresAt)).isPresent();
      proxy.once(Kind.PUT, Fault.dropReply());
      storage.put("l", "found by its write id");
      clock.advance(Duration.ofHours(1));
      assertThat(storage.get("k")).isEmpty();
      assertThat(storage.contains("k")).isFalse();
      assertThat(storage.purgeExpired()).isEqualTo(2);
    }
  }

  /** A server that knows no {@code aws-chunked} stores what is in the frame together with it. */
  @Test
  void noBodyIsFramed() {
    List<String> framed = new ArrayList<>();
    proxy.on(
        request -> {
          String encoding = Objects.requireNonNullElse(request.header("Content-Encoding"), "");
          String hash = Objects.requireNonNullElse(request.header("x-amz-content-sha256"), "");
          if (encoding.contains("aws-chunked") || hash.startsWith("STREAMING")) {
            framed.add(request + " " + encoding + " " + hash);
          }
          return false;
        },
        Fault.reset());
    byte[] large = "0123456789".repeat(1 << 20).getBytes(UTF_8);
    try (S3Client client =
            S3Clients.of(
                bucket.endpoint(), bucket.region(), bucket.accessKey(), bucket.secretKey());
        S3Store own = bucket.store().open();
        S3Store borrowing =
            S3Store.in(bucket.bucket()).folder(bucket.folder()).client(client).open()) {
      for (S3Store store : List.of(own, borrowing)) {
        Storage<byte[]> storage = io.jstorage.spi.Storages.of(store, Codecs.bytes());
        storage.put("k", "hi".getBytes(UTF_8));
        storage.streams().orElseThrow().write("l", new ByteArrayInputStream(large));
        storage.removeAll(List.of("k"));
        storage.put("k", "hi".getBytes(UTF_8));
        assertThat(storage.require("l")).isEqualTo(large);
      }
    }
    assertThat(framed).isEmpty();
  }

  private void weaken() {
    proxy.on(
        S3Request.of(Kind.GET, Kind.HEAD, Kind.PUT),
        Fault.edit(
            reply -> {
              String tag = reply.header("ETag");
              return tag == null
                  ? reply
                  : reply.without("ETag"::equalsIgnoreCase).with("ETag", "W/" + tag);
            }));
  }

  @Test
  void byWeakEntityTagsNothingIsConditional() {
    weaken();
    try (Storage<String> storage = open()) {
      storage.put("k", "v");
      assertThat(storage.entry("k").orElseThrow().version()).isEmpty();
      assertThat(storage.capabilities()).isEmpty();
      assertThatThrownBy(() -> storage.asMap().merge("k", "w", String::concat))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("strong entity tag");
      assertThat(storage.remove("k")).isTrue();
      assertThat(storage.remove("k")).isFalse();
    }
  }

  /** It would read, compare and be refused for ever. */
  @Test
  void weakEntityTagsOfAServerThatIsSaidToDecideAreAFailure() {
    try (Storage<String> storage =
        bucket.store().conditional(Conditional.ASSERT).storage(Codecs.text())) {
      storage.put("k", "v");
      weaken();
      for (Runnable operation :
          List.<Runnable>of(
              () -> storage.entry("k"),
              () -> storage.asMap().merge("k", "w", String::concat),
              () -> storage.remove("k"))) {
        assertThatThrownBy(operation::run)
            .isInstanceOf(StorageException.class)
            .hasMessageContainingAll("weak entity tag", "'conditional'");
      }
      assertThat(storage.get("k")).hasValue("v");
    }
  }

  @Test
  void aTagThatIsAnotherOneAtEachLookEndsARemovalInTime() {
    proxy.on(
        S3Request.of(Kind.HEAD),
        Fault.edit(
            reply -> reply.without("ETag"::equalsIgnoreCase).with("ETag", "\"neverTheSame\"")));
    // The storage's own client would give up a request after this time-out.
    try (S3Client patient =
            S3Clients.of(
                bucket.endpoint(), bucket.region(), bucket.accessKey(), bucket.secretKey());
        Storage<String> hasty =
            S3Store.in(bucket.bucket())
                .folder(bucket.folder())
                .client(patient)
                .timeout(Duration.ofSeconds(1))
                .storage(Codecs.text())) {
      hasty.put("k", "v");
      assertThatThrownBy(() -> hasty.remove("k"))
          .isInstanceOf(StorageUnavailableException.class)
          .matches(e -> !((StorageException) e).outcomeUnknown());
    }
  }
}
