package io.jstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Together;
import io.jstorage.s3.server.Fault;
import io.jstorage.s3.server.FaultProxy;
import io.jstorage.s3.server.S3Clients;
import io.jstorage.s3.server.S3ProxyServer;
import io.jstorage.s3.server.S3Request;
import io.jstorage.s3.server.S3Request.Kind;
import io.jstorage.testkit.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.S3Client;

/** Purges of servers that do not do as they are told, and beside writes. */
@Timeout(300)
class S3PurgeFaultsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @RegisterExtension final TestBucket bucket = TestBucket.behindProxy();

  private final SettableClock clock = new SettableClock();
  private FaultProxy proxy;

  @BeforeEach
  void proxy() {
    proxy = bucket.proxy();
  }

  private S3StoreBuilder expiring() {
    return bucket.store().expiration(HOUR).clock(clock);
  }

  private static Predicate<S3Request> of(Kind kind, String key) {
    return request -> request.kind() == kind && request.key().endsWith("/" + key);
  }

  /** Another process writes the key afresh, and the server deletes whatever there is. */
  @Test
  void aServerThatIgnoresTheConditionIsNotPurged() throws IOException {
    try (S3ProxyServer open = S3ProxyServer.startOpen();
        FaultProxy ignoring = open.proxy();
        S3Client client = S3Clients.of(open.endpoint(), "us-east-1", "any", "any")) {
      client.createBucket(request -> request.bucket("bucket"));
      ignoring.on(S3Request.of(Kind.DELETE), Fault.ignoreConditions());
      try (Storage<String> storage =
          S3Store.in("bucket")
              .endpoint(ignoring.endpoint())
              .region("us-east-1")
              .credentials("any", "any")
              .expiration(HOUR)
              .clock(clock)
              .storage(Codecs.text())) {
        storage.put("k", "v");
        clock.advance(HOUR);
        for (int i = 0; i < 2; i++) {
          assertThatThrownBy(storage::purgeExpired)
              .isInstanceOf(StorageException.class)
              .hasMessageContainingAll("ignores If-Match of DELETE", "lifecycle");
        }
        assertThat(storage.size()).isEqualTo(1);
      }
    }
  }

  @Test
  void anObjectWithoutAnEntityTagIsNotPurged() {
    try (Storage<String> storage = expiring().storage(Codecs.text())) {
      storage.putAll(Map.of("k", "v", "l", "v"));
      clock.advance(HOUR);
      proxy.on(of(Kind.HEAD, "k"), Fault.edit(reply -> reply.without("ETag"::equalsIgnoreCase)));
      assertThatThrownBy(storage::purgeExpired)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("no entity tag");
      proxy.heal();
      assertThat(storage.size()).as("only the other one was purged").isEqualTo(1);
      assertThat(storage.purgeExpired()).isEqualTo(1);
    }
  }

  @Test
  void aWriteDoesNotWaitForAPurgeThatLooksAtItsObject() throws Exception {
    try (Storage<String> storage = expiring().storage(Codecs.text())) {
      storage.put("k", "v");
      assertThat(storage.purgeExpired()).as("the probe is over").isZero();
      clock.advance(HOUR);
      CountDownLatch looking = new CountDownLatch(1);
      CountDownLatch written = new CountDownLatch(1);
      proxy.on(of(Kind.HEAD, "k"), 1, Fault.hold(looking, written));
      List<Long> purged =
          Together.call(
              2,
              number -> {
                if (number == 0) {
                  return storage.purgeExpired();
                }
                looking.await();
                storage.put("k", "v");
                written.countDown();
                return 0L;
              });
      assertThat(purged).containsOnly(0L);
      assertThat(storage.get("k")).hasValue("v");
    }
  }

  @Test
  void aDeletionThatHangsHoldsUpOnlyWritesOfItsObjectAndThoseOnlyForTheirTimeout()
      throws Exception {
    try (Storage<String> storage =
            expiring().timeout(Duration.ofMinutes(5)).storage(Codecs.text());
        Storage<String> other = expiring().storage(Codecs.text());
        Storage<String> hasty = expiring().timeout(Duration.ofSeconds(1)).storage(Codecs.text())) {
      storage.put("slow", "v");
      assertThat(storage.purgeExpired()).as("the probe is over").isZero();
      clock.advance(HOUR);
      CountDownLatch deleting = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      proxy.on(of(Kind.DELETE, "slow"), 1, Fault.hold(deleting, release));
      List<Long> purged =
          Together.call(
              2,
              number -> {
                if (number == 0) {
                  return storage.purgeExpired();
                }
                deleting.await();
                try {
                  for (int i = 0; i < 200; i++) {
                    other.put("other" + i, "v");
                  }
                  Thread.currentThread().interrupt();
                  assertThatThrownBy(() -> hasty.put("slow", "v"))
                      .isInstanceOf(StorageUnavailableException.class)
                      .hasMessageContaining("purge")
                      .matches(e -> !((StorageException) e).outcomeUnknown());
                  assertThat(Thread.interrupted()).as("the flag").isTrue();
                } finally {
                  release.countDown();
                }
                return 0L;
              });
      assertThat(purged.get(0)).isEqualTo(1);
      other.put("slow", "fresh");
      assertThat(storage.get("slow")).hasValue("fresh");
    }
  }

  @Test
  void leftoversOfKilledProcessesAreDeletedAfterAWeek() {
    String folder = bucket.folder() + "/";
    for (String name : List.of("%~jstorage-upload-old", "%~jstorage-upload-new", "%~mine")) {
      bucket
          .client()
          .putObject(
              put -> put.bucket(bucket.bucket()).key(folder + name),
              software.amazon.awssdk.core.sync.RequestBody.fromString("v"));
    }
    proxy.on(
        S3Request.of(Kind.LIST),
        Fault.edit(
            reply ->
                reply.withText(
                    xml ->
                        xml.replaceAll(
                            "(?s)(upload-old</Key>.*?<LastModified>)[^<]*",
                            "$12020-01-01T00:00:00Z"))));
    try (Storage<String> storage = expiring().storage(Codecs.text())) {
      assertThat(storage.purgeExpired()).isZero();
    }
    assertThat(bucket.client().listObjectsV2(list -> list.bucket(bucket.bucket())).contents())
        .extracting(object -> object.key().substring(folder.length()))
        .containsExactlyInAnyOrder("%~jstorage-upload-new", "%~mine");
  }
}
