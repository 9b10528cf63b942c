package io.jstorage.s3;

import io.jstorage.s3.server.FaultProxy;
import io.jstorage.s3.server.S3Clients;
import io.jstorage.s3.server.S3ProxyServer;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A fresh bucket for each test, on an S3Proxy that all tests of the JVM share, behind a {@link
 * FaultProxy} of its own.
 *
 * <p>With {@code -Djstorage.s3.bucket=NAME} it is a fresh folder in a real bucket instead, deleted
 * after the test, and tests that need a proxy are skipped. {@code jstorage.s3.region}, {@code
 * jstorage.s3.endpoint}, {@code jstorage.s3.accessKey} and {@code jstorage.s3.secretKey} may be
 * given too; by default they are what the SDK finds.
 */
final class TestBucket implements BeforeEachCallback, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(TestBucket.class);

  private static final String NO_PROXY = "no faults on the way to a real bucket";

  private final boolean proxied;
  private @Nullable Place place;

  /** A bucket for tests of which some at most need a proxy. */
  public TestBucket() {
    this(false);
  }

  private TestBucket(boolean proxied) {
    this.proxied = proxied;
  }

  /** A bucket for tests that all need a proxy, and are all skipped where there is none. */
  public static TestBucket behindProxy() {
    return new TestBucket(true);
  }

  private record Place(
      String bucket,
      String folder,
      @Nullable URI endpoint,
      @Nullable URI server,
      @Nullable String region,
      @Nullable String accessKey,
      @Nullable String secretKey,
      @Nullable S3ProxyServer local,
      @Nullable FaultProxy proxy,
      S3Client client) {}

  @Override
  public void beforeEach(ExtensionContext context) {
    String real = System.getProperty("jstorage.s3.bucket");
    Assumptions.assumeTrue(real == null || !proxied, NO_PROXY);
    place = real == null ? local(context) : real(real);
  }

  private static Place local(ExtensionContext context) {
    S3ProxyServer server =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent("server", key -> S3ProxyServer.start(), S3ProxyServer.class);
    S3Client client =
        S3Clients.of(
            server.endpoint(),
            S3ProxyServer.REGION,
            S3ProxyServer.ACCESS_KEY,
            S3ProxyServer.SECRET_KEY);
    String bucket = "test-" + UUID.randomUUID();
    client.createBucket(request -> request.bucket(bucket));
    FaultProxy proxy = server.proxy();
    return new Place(
        bucket,
        "folder",
        proxy.endpoint(),
        server.endpoint(),
        S3ProxyServer.REGION,
        S3ProxyServer.ACCESS_KEY,
        S3ProxyServer.SECRET_KEY,
        server,
        proxy,
        client);
  }

  private static Place real(String bucket) {
    String endpoint = System.getProperty("jstorage.s3.endpoint");
    URI uri = endpoint == null ? null : URI.create(endpoint);
    String region = System.getProperty("jstorage.s3.region");
    String accessKey = System.getProperty("jstorage.s3.accessKey");
    String secretKey = System.getProperty("jstorage.s3.secretKey");
    return new Place(
        bucket,
        "jstorage-test/" + UUID.randomUUID(),
        uri,
        uri,
        region,
        accessKey,
        secretKey,
        null,
        null,
        S3Clients.of(uri, region, accessKey, secretKey));
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    Place used = place;
    if (used == null) {
      return;
    }
    if (used.local() == null || used.proxy() == null) {
      delete(used);
    } else {
      used.proxy().close();
      used.local().deleteBucket(used.bucket());
    }
    used.client().close();
  }

  private static void delete(Place used) {
    try (Stream<S3Object> objects =
        used
            .client()
            .listObjectsV2Paginator(request -> request.bucket(used.bucket()).prefix(used.folder()))
            .contents()
            .stream()) {
      objects.forEach(
          object ->
              used.client()
                  .deleteObject(request -> request.bucket(used.bucket()).key(object.key())));
    }
  }

  private Place place() {
    return Objects.requireNonNull(place, "only during a test");
  }

  /** A store of the folder, reached by way of the proxy. */
  public S3StoreBuilder store() {
    return store(place().endpoint());
  }

  /** A store of the folder, reached at a given endpoint of the same server. */
  public S3StoreBuilder store(@Nullable URI endpoint) {
    Place used = place();
    S3StoreBuilder builder = S3Store.in(used.bucket()).folder(used.folder());
    if (endpoint != null) {
      builder.endpoint(endpoint);
    }
    if (used.region() != null) {
      builder.region(used.region());
    }
    if (used.accessKey() != null && used.secretKey() != null) {
      builder.credentials(used.accessKey(), used.secretKey());
    }
    return builder;
  }

  public String bucket() {
    return place().bucket();
  }

  /** The folder to stay in, without a slash at its end. */
  public String folder() {
    return place().folder();
  }

  /** The address of the bucket by way of the proxy; null for AWS. */
  public @Nullable URI endpoint() {
    return place().endpoint();
  }

  /** The address of the bucket past the proxy; null for AWS. */
  public @Nullable URI server() {
    return place().server();
  }

  public @Nullable String region() {
    return place().region();
  }

  public @Nullable String accessKey() {
    return place().accessKey();
  }

  public @Nullable String secretKey() {
    return place().secretKey();
  }

  /** Another client, which goes straight to the server. */
  public S3Client client() {
    return place().client();
  }

  /** The proxy that makes faults; a test that asks for it is skipped if there is none. */
  public FaultProxy proxy() {
    FaultProxy proxy = place().proxy();
    Assumptions.assumeTrue(proxy != null, NO_PROXY);
    return Objects.requireNonNull(proxy);
  }
}
