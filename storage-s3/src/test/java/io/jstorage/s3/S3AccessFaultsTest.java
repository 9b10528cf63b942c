package io.jstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.BatchException;
import io.jstorage.Entry;
import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.provider.StorageProvider;
import io.jstorage.s3.server.Fault;
import io.jstorage.s3.server.S3Request;
import io.jstorage.s3.server.S3Request.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Buckets that are not there, and servers that do not let everybody in. */
@Timeout(300)
class S3AccessFaultsTest {
  @RegisterExtension final TestBucket bucket = new TestBucket();

  /** Everything that a storage does; of each it is said below how it fails. */
  private static Map<String, Consumer<Storage<String>>> operations() {
    Map<String, Consumer<Storage<String>>> operations = new LinkedHashMap<>();
    operations.put("get", s -> s.get("k"));
    operations.put("require", s -> s.require("k"));
    operations.put("load", s -> s.get("k", key -> "loaded"));
    operations.put("entry", s -> s.entry("k"));
    operations.put("contains", s -> s.contains("k"));
    operations.put("put", s -> s.put("k", "v"));
    operations.put("remove", s -> s.remove("k"));
    operations.put("size", Storage::size);
    operations.put("clear", Storage::clear);
    operations.put("getAll", s -> s.getAll(List.of("k", "l")));
    operations.put("putAll", s -> s.putAll(Map.of("k", "v", "l", "w")));
    operations.put("removeAll", s -> s.removeAll(List.of("k", "l")));
    operations.put("map", s -> s.asMap().get("k"));
    operations.put(
        "keys",
        s -> {
          try (Stream<String> keys = s.keys()) {
            keys.forEach(key -> {});
          }
        });
    return operations;
  }

  private static Map<String, Consumer<Storage<String>>> conditionalOperations() {
    return Map.of(
        "putIfAbsent", s -> s.putIfAbsent("k", "v"),
        "replace", s -> s.replace("k", Version.parse("0123456789abcdef"), "v"),
        "remove by version", s -> s.remove("k", Version.parse("0123456789abcdef")));
  }

  private static void assertAllDenied(Storage<String> storage, String... exceptions) {
    Map<String, Consumer<Storage<String>>> operations = operations();
    operations.keySet().removeAll(Set.of(exceptions));
    operations.forEach((name, operation) -> assertDenied(storage, name, operation));
    conditionalOperations().forEach((name, operation) -> assertDenied(storage, name, operation));
  }

  private static void assertDenied(
      Storage<String> storage, String name, Consumer<Storage<String>> operation) {
    Throwable thrown = thrownBy(storage, operation);
    assertThat(thrown).as(name).isInstanceOf(StorageException.class);
    if (thrown instanceof BatchException batch) {
      assertThat(batch.failures().values())
          .as(name)
          .hasOnlyElementsOfType(StorageAccessDeniedException.class);
    } else {
      assertThat(thrown).as(name).isInstanceOf(StorageAccessDeniedException.class);
    }
    assertThat(((StorageException) thrown).outcomeUnknown()).as(name).isFalse();
  }

  private static Throwable thrownBy(Storage<String> storage, Consumer<Storage<String>> operation) {
    return catchThrowable(() -> operation.accept(storage));
  }

  @Test
  void aMissingBucketIsNeverAnEmptyOne() {
    try (Storage<String> storage =
        S3Store.in("no-such-bucket-" + bucket.bucket().hashCode())
            .endpoint(endpoint())
            .region("us-east-1")
            .credentials(accessKey(), secretKey())
            .conditional(Conditional.ASSERT)
            .storage(Codecs.text())) {
      operations()
          .forEach(
              (name, operation) ->
                  assertThat(thrownBy(storage, operation))
                      .as(name)
                      .isInstanceOf(StorageException.class)
                      .hasMessageContaining("bucket"));
      conditionalOperations()
          .forEach(
              (name, operation) ->
                  assertThat(thrownBy(storage, operation))
                      .as(name)
                      .isInstanceOf(StorageException.class));
    }
  }

  @Test
  void aBucketThatIsDeletedIsNotTakenForAnEmptyOneForLong() {
    bucket.proxy();
    try (Storage<String> storage = bucket.store().storage(Codecs.text())) {
      storage.put("k", "v");
      assertThat(storage.remove("k")).isTrue();
      bucket.client().deleteBucket(request -> request.bucket(bucket.bucket()));
      assertThatThrownBy(() -> storage.get("k")).isInstanceOf(StorageException.class);
      assertThatThrownBy(storage::size).isInstanceOf(StorageException.class);
    }
  }

  @Test
  void forbiddenObjectsAreNeverAbsent() {
    bucket.proxy().on(request -> true, Fault.error(403, "AccessDenied"));
    try (Storage<String> storage = asserted().storage(Codecs.text())) {
      assertAllDenied(storage);
    }
  }

  private S3StoreBuilder asserted() {
    return bucket.store().conditional(Conditional.ASSERT);
  }

  private URI endpoint() {
    return bucket.proxy().endpoint();
  }

  private String accessKey() {
    return String.valueOf(bucket.accessKey());
  }

  private String secretKey() {
    return String.valueOf(bucket.secretKey());
  }

  @Test
  void aWrongSecretIsDenied() {
    try (Storage<String> storage =
        asserted().endpoint(endpoint()).credentials(accessKey(), "wrong").storage(Codecs.text())) {
      assertAllDenied(storage);
    }
    try (Storage<String> storage =
        asserted().endpoint(endpoint()).credentials("nobody", secretKey()).storage(Codecs.text())) {
      assertAllDenied(storage);
    }
  }

  @Test
  void anybodyWithoutCredentialsIsDenied() {
    try (Storage<String> owner = asserted().storage(Codecs.text())) {
      owner.putAll(Map.of("k", "v", "l", "w"));
    }
    try (S3Client anonymous =
            S3Client.builder()
                .endpointOverride(endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
        Storage<String> storage =
            S3Store.in(bucket.bucket())
                .folder(bucket.folder())
                .client(anonymous)
                .conditional(Conditional.ASSERT)
                .storage(Codecs.text())) {
      // S3Proxy calls a nameless POST a bad request.
      assertAllDenied(storage, "removeAll");
    }
  }

  @Test
  void expiredCredentialsAreDenied() {
    bucket
        .proxy()
        .on(
            request -> request.header("x-amz-security-token") != null,
            Fault.error(400, "ExpiredToken"));
    try (S3Client expired =
            S3Client.builder()
                .endpointOverride(endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsSessionCredentials.create(accessKey(), secretKey(), "old")))
                .build();
        Storage<String> storage =
            S3Store.in(bucket.bucket())
                .client(expired)
                .conditional(Conditional.ASSERT)
                .storage(Codecs.text())) {
      operations()
          .forEach(
              (name, operation) ->
                  assertThat(thrownBy(storage, operation))
                      .as(name)
                      .isInstanceOf(StorageException.class));
      assertDenied(storage, "get", s -> s.get("k"));
      assertDenied(storage, "put", s -> s.put("k", "v"));
    }
  }

  /** The SDK learns the difference from the answer; what was refused for it was not done. */
  @Test
  void clocksThatDifferAreForgivenOnce() {
    try (Storage<String> storage = bucket.store().storage(Codecs.text())) {
      bucket.proxy().once(Kind.PUT, Fault.error(403, "RequestTimeTooSkewed"));
      storage.put("k", "v");
      bucket.proxy().once(Kind.GET, Fault.error(403, "RequestTimeTooSkewed"));
      assertThat(storage.get("k")).hasValue("v");
      bucket.proxy().on(request -> true, Fault.error(403, "RequestTimeTooSkewed"));
      for (Consumer<Storage<String>> operation :
          List.<Consumer<Storage<String>>>of(
              s -> s.get("k"), s -> s.put("k", "w"), Storage::size)) {
        assertThat(thrownBy(storage, operation))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("RequestTimeTooSkewed")
            .matches(e -> !((StorageException) e).outcomeUnknown());
      }
    }
  }

  @Test
  void anEndpointWhereNobodyListensIsUnavailable() {
    // Nobody listens at the port of tcpmux.
    for (String endpoint : List.of("http://127.0.0.1:1", "https://no-such-host.invalid")) {
      try (Storage<String> storage =
          S3Store.in("bucket")
              .endpoint(URI.create(endpoint))
              .region("us-east-1")
              .credentials("key", "secret")
              .retries(1)
              .timeout(Duration.ofSeconds(5))
              .conditional(Conditional.ASSERT)
              .storage(Codecs.text())) {
        for (Consumer<Storage<String>> operation :
            List.<Consumer<Storage<String>>>of(
                s -> s.get("k"),
                s -> s.contains("k"),
                s -> s.put("k", "v"),
                s -> s.putIfAbsent("k", "v"),
                s -> s.remove("k"),
                Storage::size,
                Storage::clear)) {
          assertThat(thrownBy(storage, operation))
              .isInstanceOf(StorageUnavailableException.class)
              .matches(e -> !((StorageException) e).outcomeUnknown());
        }
      }
    }
  }

  @Test
  void plaintextToAnotherMachineNeedsAnOptionAlsoWhereTheSdkFindsIt() {
    System.setProperty("aws.endpointUrlS3", "http://s3.example.org");
    try {
      assertThatThrownBy(() -> in("bucket").open())
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("plaintext");
      in("bucket").plaintext(true).storage(Codecs.text()).close();
    } finally {
      System.clearProperty("aws.endpointUrlS3");
    }
  }

  @Test
  void plaintextToAnotherMachineNeedsAnOption() {
    StorageProvider provider = StorageProvider.load();
    for (String endpoint :
        List.of(
            "http://s3.example.org",
            "http://10.0.0.1:9000",
            "HTTP://s3.example.org",
            "http://127.0.0.1.example.org",
            "http://localhost.example.org",
            "http://[2001:db8::1]:9000")) {
      assertThatThrownBy(() -> in("bucket").endpoint(URI.create(endpoint)).open())
          .as(endpoint)
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("plaintext");
      assertThatThrownBy(
              () ->
                  provider.open(
                      "s3://bucket/folder?region=us-east-1&accessKey=a&secretKey=b&endpoint="
                          + endpoint,
                      String.class))
          .as(endpoint)
          .isInstanceOf(InvalidOptionException.class);
      in("bucket").endpoint(URI.create(endpoint)).plaintext(true).storage(Codecs.text()).close();
    }
    for (String endpoint :
        List.of(
            "https://s3.example.org",
            "http://localhost:9000",
            "http://127.0.0.1:9000",
            "http://127.1.2.3",
            "http://[::1]:9000")) {
      in("bucket").endpoint(URI.create(endpoint)).storage(Codecs.text()).close();
    }
    for (String endpoint :
        List.of(
            "ftp://localhost",
            "s3.example.org",
            "https://user:secret@s3.example.org",
            "https://user:secret@",
            "https://user:secret@s3.example.org/path?query",
            "https://s3.example.org/?secret@",
            "")) {
      assertThatThrownBy(() -> in("bucket").endpoint(URI.create(endpoint)).open())
          .as(endpoint)
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageNotContaining("secret@");
    }
  }

  private static S3StoreBuilder in(String bucket) {
    return S3Store.in(bucket).region("us-east-1").credentials("key", "secret");
  }

  @Test
  void aReaderMayReadButNotWrite() {
    bucket.proxy();
    try (Storage<String> writer = bucket.store().storage(Codecs.text());
        Storage<String> reader = asserted().storage(Codecs.text())) {
      writer.put("k", "v");
      bucket.proxy().on(S3Request::isWrite, Fault.error(403, "AccessDenied"));
      assertThat(reader.get("k")).hasValue("v");
      assertThat(reader.entry("k").flatMap(Entry::version)).isPresent();
      assertThat(reader.size()).isEqualTo(1);
      assertDenied(reader, "put", s -> s.put("k", "w"));
      assertDenied(reader, "putIfAbsent", s -> s.putIfAbsent("l", "w"));
      assertDenied(reader, "remove", s -> s.remove("k"));
      assertDenied(reader, "clear", Storage::clear);
      bucket.proxy().heal();
      assertThat(reader.get("k")).hasValue("v");
    }
  }
}
