package io.jstorage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jstorage.jvm.Together;
import io.jstorage.s3.server.Fault;
import io.jstorage.s3.server.FaultProxy;
import io.jstorage.s3.server.S3Clients;
import io.jstorage.s3.server.S3ProxyServer;
import io.jstorage.s3.server.S3Request;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The assumptions of the other tests about the servers. */
class FaultProxyTest {
  @RegisterExtension final TestBucket bucket = TestBucket.behindProxy();

  private S3Client client;
  private FaultProxy proxy;

  @BeforeEach
  void connect() {
    proxy = bucket.proxy();
    client = client(bucket.accessKey(), bucket.secretKey());
  }

  private S3Client client(@Nullable String accessKey, @Nullable String secretKey) {
    return S3Clients.of(bucket.endpoint(), bucket.region(), accessKey, secretKey);
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void signaturesSurviveTheProxy() {
    put("a b/ü+&?", "value");
    assertThat(get("a b/ü+&?")).isEqualTo("value");
    try (S3Client stranger = client(bucket.accessKey(), "wrong")) {
      assertThatThrownBy(() -> stranger.headObject(r -> r.bucket(bucket.bucket()).key("k")))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  @Test
  void aConditionalDeletionOfWhatIsNotThereIsRefused() {
    put("k", "value");
    String etag = client.headObject(r -> r.bucket(bucket.bucket()).key("k")).eTag();
    assertThat(statusOf(() -> delete("k", "\"wrong\""))).isEqualTo(412);
    delete("k", etag);
    assertThat(statusOf(() -> delete("k", etag))).isEqualTo(404);
    assertThat(statusOf(() -> putIf("k", etag, "again"))).isEqualTo(404);
  }

  @Test
  void conditionalWritesHaveOneWinner() throws Exception {
    for (int round = 0; round < 20; round++) {
      String value = "round " + round;
      put("k", value);
      String etag = client.headObject(r -> r.bucket(bucket.bucket()).key("k")).eTag();
      List<Boolean> wins =
          Together.call(
              8,
              number -> {
                try {
                  putIf("k", etag, value + " by " + number);
                  return true;
                } catch (S3Exception e) {
                  assertThat(e.statusCode()).isEqualTo(412);
                  return false;
                }
              });
      assertThat(wins).containsOnlyOnce(true);
    }
  }

  @Test
  void faultsHappenAsOftenAsPlanned() {
    put("k", "value");
    proxy.forget();
    proxy.once(S3Request.Kind.GET, Fault.slowDown());
    proxy.once(S3Request.Kind.GET, Fault.reset());
    assertThat(get("k")).isEqualTo("value");
    assertThat(proxy.count(S3Request.Kind.GET)).isEqualTo(3);
    proxy.on(request -> true, Fault.internalError());
    assertThat(statusOf(() -> get("k"))).isEqualTo(500);
    proxy.heal();
    assertThat(get("k")).isEqualTo("value");
  }

  @Test
  void aDroppedReplyComesAfterTheWork() {
    proxy.on(S3Request.of(S3Request.Kind.PUT), Fault.dropReply());
    assertThatThrownBy(() -> put("k", "value")).isInstanceOf(SdkClientException.class);
    assertThat(get("k")).isEqualTo("value");
  }

  @Test
  void bodiesAreCutAndCorrupted() {
    put("k", "x".repeat(100_000));
    proxy.on(S3Request.of(S3Request.Kind.GET), Fault.cutBody());
    assertThatThrownBy(() -> get("k")).isInstanceOf(SdkClientException.class);
    proxy.heal();
    proxy.on(S3Request.of(S3Request.Kind.GET), Fault.corruptBody());
    assertThatThrownBy(() -> get("k"))
        .isInstanceOf(SdkClientException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void anEndpointThatIgnoresConditionsTakesEveryWrite() throws Exception {
    try (S3ProxyServer open = S3ProxyServer.startOpen();
        FaultProxy ignoring = open.proxy();
        S3Client anybody = S3Clients.of(ignoring.endpoint(), "eu-west-1", "any", "any")) {
      ignoring.on(request -> true, Fault.ignoreConditions());
      anybody.createBucket(r -> r.bucket("bucket"));
      for (int i = 0; i < 2; i++) {
        anybody.putObject(
            r -> r.bucket("bucket").key("k").ifNoneMatch("*"), RequestBody.fromString("v"));
      }
      anybody.deleteObject(r -> r.bucket("bucket").key("k").ifMatch("\"wrong\""));
      assertThat(anybody.listObjectsV2(r -> r.bucket("bucket")).contents()).isEmpty();
    }
  }

  private void put(String key, String value) {
    client.putObject(r -> r.bucket(bucket.bucket()).key(key), RequestBody.fromString(value));
  }

  private void putIf(String key, String etag, String value) {
    client.putObject(
        r -> r.bucket(bucket.bucket()).key(key).ifMatch(etag), RequestBody.fromString(value));
  }

  private void delete(String key, String etag) {
    client.deleteObject(r -> r.bucket(bucket.bucket()).key(key).ifMatch(etag));
  }

  private String get(String key) {
    return new String(
        client
            .getObject(
                r -> r.bucket(bucket.bucket()).key(key).checksumMode(ChecksumMode.ENABLED),
                ResponseTransformer.toBytes())
            .asByteArray(),
        UTF_8);
  }

  private static int statusOf(Runnable request) {
    S3Exception failure = catchThrowableOfType(S3Exception.class, request::run);
    return failure.statusCode();
  }
}
