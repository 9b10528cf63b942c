package io.jstorage.s3;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.s3.server.S3ProxyServer;
import io.jstorage.s3.server.TestBucket;
import io.jstorage.spi.ForwardingStorage;
import io.jstorage.testkit.MapSuite;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Guava's tests of {@link java.util.concurrent.ConcurrentMap}, on the map view of a storage. With
 * {@code -Djstorage.s3.full=true} also on maps of no and of one entry.
 */
class AsMapStoreTest {
  private static S3ProxyServer server = S3ProxyServer.startOpen();
  private static Storage<String> storage = open();

  private static Storage<String> open() {
    try (S3Client client =
        TestBucket.clientOf(
            server.endpoint(),
            S3ProxyServer.REGION,
            S3ProxyServer.ACCESS_KEY,
            S3ProxyServer.SECRET_KEY)) {
      client.createBucket(bucket -> bucket.bucket("maps"));
    }
    return S3Store.in("maps")
        .endpoint(server.endpoint())
        .credentials(S3ProxyServer.ACCESS_KEY, S3ProxyServer.SECRET_KEY)
        .conditional(Conditional.ASSERT)
        .storage(Codecs.text());
  }

  /** The same storage for each test, emptied: a client takes long to make. */
  private static Storage<String> emptied() {
    storage.clear();
    return new ForwardingStorage<>(storage, false) {};
  }

  @AfterAll
  static void close() {
    storage.close();
    server.close();
  }

  @TestFactory
  Stream<DynamicNode> theMapIsAConcurrentMap() {
    MapSuite suite = MapSuite.of(AsMapStoreTest::emptied);
    return (Boolean.getBoolean("jstorage.s3.full") ? suite : suite.ofSeveralOnly()).tests();
  }
}
