package io.jstorage.s3;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.s3.server.S3ProxyServer;
import io.jstorage.spi.ForwardingByteStore;
import io.jstorage.spi.Storages;
import io.jstorage.testkit.MapSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Guava's tests of {@link java.util.concurrent.ConcurrentMap}, on the map view of a storage. The
 * short form asks what the kit's contract does of the view; the same tests run on memory, files and
 * Redis.
 */
@EnabledIfSystemProperty(named = "jstorage.s3.full", matches = "true")
class AsMapStoreTest {
  private static S3ProxyServer server = S3ProxyServer.startOpen();
  private static S3Store store = open();

  private static S3Store open() {
    server.createBucket("maps");
    return S3Store.in("maps")
        .endpoint(server.endpoint())
        .credentials(S3ProxyServer.ACCESS_KEY, S3ProxyServer.SECRET_KEY)
        .conditional(Conditional.ASSERT)
        .open();
  }

  /** The same store for each test, emptied: a client takes long to make. */
  private static Storage<String> emptied() {
    try {
      store.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Storages.of(
        new ForwardingByteStore(store) {
          @Override
          public void close() {}
        },
        Codecs.text());
  }

  @AfterAll
  static void close() {
    store.close();
    server.close();
  }

  @TestFactory
  Stream<DynamicNode> theMapIsAConcurrentMap() {
    return MapSuite.of(AsMapStoreTest::emptied).tests();
  }
}
