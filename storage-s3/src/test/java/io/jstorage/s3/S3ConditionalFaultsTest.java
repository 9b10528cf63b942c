package io.jstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Capability;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.s3.server.Fault;
import io.jstorage.s3.server.FaultProxy;
import io.jstorage.s3.server.S3Clients;
import io.jstorage.s3.server.S3ProxyServer;
import io.jstorage.s3.server.S3Request;
import io.jstorage.s3.server.S3Request.Kind;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Servers that decide conditional writes, and servers that only seem to. */
@Timeout(300)
class S3ConditionalFaultsTest {
  @RegisterExtension final TestBucket bucket = new TestBucket();

  @Test
  void aServerThatDecidesThemIsFoundOutWithoutATrace() {
    bucket.proxy();
    try (Storage<String> storage = bucket.store().storage(Codecs.text())) {
      assertThat(storage.capabilities())
          .contains(Capability.ATOMIC)
          .doesNotContain(Capability.EXPIRY);
      assertThat(storage.putIfAbsent("k", "v")).isTrue();
      assertThat(storage.putIfAbsent("k", "w")).isFalse();
      assertThat(storage.size()).isEqualTo(1);
    }
    assertThat(names()).containsExactly(bucket.folder() + "/k");
  }

  private List<String> names() {
    return bucket
        .client()
        .listObjectsV2(request -> request.bucket(bucket.bucket()))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  @Test
  void itIsTriedOutOnceAndOnlyWhenItMatters() {
    FaultProxy proxy = bucket.proxy();
    try (Storage<String> storage = bucket.store().storage(Codecs.text())) {
      storage.put("k", "v");
      assertThat(storage.get("k")).hasValue("v");
      assertThat(proxy.count()).as("requests of a put and a get").isEqualTo(2);
      assertThat(storage.putIfAbsent("k", "w")).isFalse();
      proxy.forget();
      assertThat(storage.putIfAbsent("l", "w")).isTrue();
      assertThat(storage.capabilities()).contains(Capability.ATOMIC);
      assertThat(proxy.count()).as("requests of the second putIfAbsent").isEqualTo(1);
    }
  }

  @Test
  void aServerThatFailsFourTimesAtAConditionIsAskedAgain() {
    FaultProxy proxy = bucket.proxy();
    try (Storage<String> storage = bucket.store().retries(0).storage(Codecs.text())) {
      proxy.on(request -> request.header("If-Match") != null, 4, Fault.internalError());
      assertThatThrownBy(storage::capabilities).isInstanceOf(StorageUnavailableException.class);
      assertThat(storage.capabilities()).contains(Capability.ATOMIC);
    }
  }

  /** If no reply decides the question, the next call asks again. */
  @Test
  void aTrialThatFailsDecidesNothing() {
    FaultProxy proxy = bucket.proxy();
    try (Storage<String> storage = bucket.store().retries(0).storage(Codecs.text())) {
      for (Fault fault : List.of(Fault.slowDown(), Fault.internalError(), Fault.reset())) {
        proxy.on(S3Request.of(Kind.PUT, Kind.DELETE), fault);
        assertThatThrownBy(storage::capabilities).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> storage.putIfAbsent("k", "v"))
            .isInstanceOf(StorageException.class);
        proxy.heal();
      }
      assertThat(storage.capabilities()).contains(Capability.ATOMIC);
      assertThat(storage.putIfAbsent("k", "v")).isTrue();
    }
  }

  @Test
  void aServerThatIgnoresAnyOfThemIsNotAtomic() throws IOException {
    for (Predicate<S3Request> ignored :
        List.<Predicate<S3Request>>of(
            request -> true,
            request -> request.header("If-None-Match") != null,
            request -> request.kind() == Kind.PUT && request.header("If-Match") != null,
            request -> request.kind() == Kind.DELETE)) {
      try (S3ProxyServer open = S3ProxyServer.startOpen();
          FaultProxy ignoring = open.proxy();
          S3Client client = S3Clients.of(open.endpoint(), "us-east-1", "any", "any")) {
        client.createBucket(request -> request.bucket("bucket"));
        ignoring.on(ignored, Fault.ignoreConditions());
        try (Storage<String> storage = at(ignoring.endpoint()).storage(Codecs.text())) {
          assertNotAtomic(storage);
        }
        assertThat(client.listObjectsV2(request -> request.bucket("bucket")).contents())
            .extracting(S3Object::key)
            .containsExactly("k");
      }
    }
  }

  private static S3StoreBuilder at(URI endpoint) {
    return S3Store.in("bucket").endpoint(endpoint).region("us-east-1").credentials("any", "any");
  }

  private static void assertNotAtomic(Storage<String> storage) {
    assertThat(storage.capabilities()).doesNotContain(Capability.ATOMIC);
    assertThatThrownBy(() -> storage.putIfAbsent("k", "v"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> storage.replace("k", Version.parse("any"), "v"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> storage.remove("k", Version.parse("any")))
        .isInstanceOf(UnsupportedOperationException.class);
    storage.put("k", "v");
    assertThat(storage.get("k")).hasValue("v");
    assertThat(storage.remove("k")).isTrue();
    assertThat(storage.remove("k")).isFalse();
    storage.put("k", "v");
  }

  /** It answers a conditional deletion of what is not there as if it had been. */
  @Test
  void bareS3ProxyIsNotAtomic() {
    bucket.proxy();
    try (Storage<String> storage = bucket.store(bucket.server()).storage(Codecs.text())) {
      assertNotAtomic(storage);
    }
  }

  @Test
  void declaredSupportOfConditionsIsNotProbed() {
    FaultProxy proxy = bucket.proxy();
    try (Storage<String> storage =
        bucket.store().conditional(Conditional.ASSERT).storage(Codecs.text())) {
      assertThat(storage.capabilities()).contains(Capability.ATOMIC);
      assertThat(proxy.count()).isZero();
      assertThat(storage.putIfAbsent("k", "v")).isTrue();
      assertThat(proxy.count()).isEqualTo(1);
    }
    proxy.forget();
    try (Storage<String> storage =
        bucket.store().conditional(Conditional.DENY).storage(Codecs.text())) {
      assertThat(storage.capabilities()).doesNotContain(Capability.ATOMIC);
      assertThat(proxy.count()).isZero();
      assertNotAtomic(storage);
    }
  }

  @Test
  void aStoreWithExpirationIsNotAtomicAndTriesNothingOut() {
    FaultProxy proxy = bucket.proxy();
    try (Storage<String> storage =
        bucket.store().expiration(Duration.ofHours(1)).storage(Codecs.text())) {
      assertThat(storage.capabilities())
          .contains(Capability.EXPIRY)
          .doesNotContain(Capability.ATOMIC);
      assertThat(proxy.count()).isZero();
      assertNotAtomic(storage);
    }
  }
}
