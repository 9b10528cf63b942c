package io.jstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.s3.server.S3ProxyServer;
import io.jstorage.s3.server.TestBucket;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import junit.framework.TestCase;
import junit.framework.TestFailure;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Guava's tests of {@link java.util.concurrent.ConcurrentMap}, on the map view of a storage; none
 * is left out. With {@code -Djstorage.s3.full=true} also on maps of no and of one entry.
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

  @AfterAll
  static void close() {
    storage.close();
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> theMapIsAConcurrentMap() {
    TestSuite suite =
        ConcurrentMapTestSuiteBuilder.using(
                new TestStringMapGenerator() {
                  @Override
                  protected Map<String, String> create(Map.Entry<String, String>[] entries) {
                    Map<String, String> values = new LinkedHashMap<>();
                    Arrays.asList(entries)
                        .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
                    storage.clear();
                    storage.putAll(values);
                    return storage.asMap();
                  }
                })
            .named("the map view of S3")
            .withFeatures(
                MapFeature.GENERAL_PURPOSE,
                CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                Boolean.getBoolean("jstorage.s3.full")
                    ? CollectionSize.ANY
                    : CollectionSize.SEVERAL)
            .createTestSuite();
    return tests(suite).map(test -> DynamicTest.dynamicTest(test.toString(), () -> run(test)));
  }

  private static Stream<TestCase> tests(TestSuite suite) {
    return Collections.list(suite.tests()).stream()
        .flatMap(
            test -> test instanceof TestSuite inner ? tests(inner) : Stream.of((TestCase) test));
  }

  private static void run(TestCase test) throws Throwable {
    TestResult result = new TestResult();
    test.run(result);
    assertThat(result.runCount()).isEqualTo(1);
    for (TestFailure failure :
        Stream.of(result.errors(), result.failures())
            .flatMap(failures -> Collections.list(failures).stream())
            .toList()) {
      throw failure.thrownException();
    }
  }
}
