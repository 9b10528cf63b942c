package io.jstorage.memory;

import io.jstorage.Storage;
import io.jstorage.testkit.MapSuite;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class MapSuiteTest {
  @TestFactory
  Stream<DynamicNode> theLruIsAConcurrentMap() {
    return MapSuite.of(() -> LruStorage.ofLimit(10)).tests();
  }

  @TestFactory
  Stream<DynamicNode> theVolatileStorageIsAConcurrentMap() {
    return MapSuite.of(MapSuiteTest::openVolatile).tests();
  }

  private static Storage<String> openVolatile() {
    return VolatileStorage.<String>builder().expiration(Duration.ofHours(1)).build();
  }
}
